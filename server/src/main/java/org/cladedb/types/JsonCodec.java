package org.cladedb.types;

import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// json: kept as it was written, once it is known to be JSON.
final class JsonCodec implements TypeCodec {
    private static final byte JSONB_VERSION = 1;

    private final TypeKind kind;

    JsonCodec(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        if (kind == TypeKind.JSONB) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED, "type jsonb is not supported yet");
        }
        Utf8.check(source, offset, length);
        JsonValidator.check(source, offset, length);
        out.setBytes(source, offset, length);
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
        if (kind == TypeKind.JSONB) {
            out.writeByte(JSONB_VERSION);
        }
        writeText(value, context, out);
    }
}
