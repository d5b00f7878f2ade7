package org.cladedb.types;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

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
            int oid = context.names().oid(kind, text);
            if (oid == -1) {
                throw unknown(text);
            }
            if (oid == ObjectNames.AMBIGUOUS) {
                throw ambiguous(text);
            }
            out.setLong(Integer.toUnsignedLong(oid));
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private DatabaseException ambiguous(String text) {
        return new DatabaseException(
                SqlState.AMBIGUOUS_FUNCTION,
                kind == TypeKind.REGOPER
                        ? "more than one operator named " + text
                        : "more than one function named \"" + text + "\"");
    }

    private DatabaseException unknown(String text) {
        return switch (kind) {
            case REGCLASS ->
                    new DatabaseException(
                            SqlState.UNDEFINED_TABLE, "relation \"" + text + "\" does not exist");
            case REGNAMESPACE ->
                    new DatabaseException(
                            SqlState.INVALID_SCHEMA_NAME, "schema \"" + text + "\" does not exist");
            case REGROLE ->
                    new DatabaseException(
                            SqlState.UNDEFINED_OBJECT, "role \"" + text + "\" does not exist");
            case REGPROC, REGPROCEDURE ->
                    new DatabaseException(
                            SqlState.UNDEFINED_FUNCTION,
                            "function \"" + text + "\" does not exist");
            case REGOPER ->
                    new DatabaseException(
                            SqlState.UNDEFINED_FUNCTION, "operator does not exist: " + text);
            default ->
                    new DatabaseException(
                            SqlState.UNDEFINED_OBJECT, "type \"" + text + "\" does not exist");
        };
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
