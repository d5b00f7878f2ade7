package org.cladedb.types;

import org.cladedb.common.ByteWriter;

/// text and its relatives, whose forms are their bytes.
final class TextCodec implements TypeCodec {
    private static final int NAME_BYTES_MAX = 63;

    private final SqlType type;

    TextCodec(SqlType type) {
        this.type = type;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        Utf8.check(source, offset, length);
        out.setBytes(source, offset, length);
        if (type.modifier() >= 0) {
            TypeModifiers.apply(out, type, false);
        } else if (type.kind() == TypeKind.NAME && length > NAME_BYTES_MAX) {
            int kept = NAME_BYTES_MAX;
            while ((source[offset + kept] & 0xC0) == 0x80) {
                kept--;
            }
            out.setBytes(source, offset, kept);
        }
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        out.writeBytes(value.bytes(), value.offset(), value.length());
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        readText(source, offset, length, context, out);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        writeText(value, context, out);
    }
}
