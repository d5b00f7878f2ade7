package org.cladedb.types;

import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// json, kept as it was written once it is known to be JSON; and jsonb, brought into its one form.
final class JsonCodec implements TypeCodec {
    private static final byte JSONB_VERSION = 1;

    private final TypeKind kind;

    JsonCodec(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        Utf8.check(source, offset, length);
        JsonValidator.check(source, offset, length);
        if (kind == TypeKind.JSONB) {
            out.setBytes(JsonbText.canonical(source, offset, length));
        } else {
            out.setBytes(source, offset, length);
        }
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        out.writeBytes(value.bytes(), value.offset(), value.length());
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        if (kind != TypeKind.JSONB) {
            readText(source, offset, length, context, out);
            return;
        }
        if (length == 0) {
            throw InputText.insufficientData();
        }
        if (source[offset] != JSONB_VERSION) {
            throw new DatabaseException(
                    SqlState.INVALID_BINARY_REPRESENTATION,
                    "unsupported jsonb version number " + source[offset]);
        }
        readText(source, offset + 1, length - 1, context, out);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        if (kind == TypeKind.JSONB) {
            out.writeByte(JSONB_VERSION);
        }
        writeText(value, context, out);
    }
}
