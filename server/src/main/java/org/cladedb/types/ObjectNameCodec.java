package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;

/// regclass and its like: an OID that is read and shown as a name.
final class ObjectNameCodec implements TypeCodec {
    private static final String NOTHING = "-";

    private final TypeKind kind;

    ObjectNameCodec(TypeKind kind) {
        this.kind = kind;
    }

    @Override
    public void readText(byte[] source, int offset, int length, TypeContext context, Datum out) {
        String text = InputText.decode(source, offset, length);
        if (text.equals(NOTHING) && kind != TypeKind.REGOPER) {
            out.setLong(0);
        } else if (isNumber(text)) {
            Codecs.of(SqlType.OID).readText(source, offset, length, context, out);
        } else {
            ObjectNameInput.read(kind, text, context, out);
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public void writeText(Datum value, TypeContext context, ByteWriter out) {
        int oid = (int) value.longValue();
        boolean isNothing = oid == 0 && kind != TypeKind.REGOPER;
        out.writeUtf8(isNothing ? NOTHING : context.names().name(kind, oid));
    }

    @Override
    public void readBinary(byte[] source, int offset, int length, TypeContext context, Datum out) {
        InputText.requireLength(Integer.BYTES, length);
        out.setLong(Integer.toUnsignedLong(BigEndian.getInt(source, offset)));
    }

    @Override
    public void writeBinary(Datum value, TypeContext context, ByteWriter out) {
        out.writeInt((int) value.longValue());
    }
}
