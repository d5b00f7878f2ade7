package org.cladedb.types;

import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Types whose values only the catalog makes, as text, and that cannot be read.
final class OpaqueCodec implements TypeCodec {
    private final TypeKind kind;

    OpaqueCodec(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        throw unsupported();
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        if (kind.form() != ValueForm.BYTES) {
            throw unsupported();
        }
        out.writeBytes(value.bytes(), value.offset(), value.length());
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        throw unsupported();
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        throw unsupported();
    }

    private DatabaseException unsupported() {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED, "type " + kind.sqlName() + " is not supported yet");
    }
}
