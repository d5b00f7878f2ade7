package org.cladedb.types;

import org.cladedb.common.ByteWriter;

/// Types without values of their own: void prints as nothing, the others not at all.
final class PseudoCodec implements TypeCodec {
    private final TypeKind kind;

    PseudoCodec(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        throw InputText.cannotAccept(kind);
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        // Nothing to show.
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        throw InputText.cannotAccept(kind);
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        // Nothing to show.
    }
}
