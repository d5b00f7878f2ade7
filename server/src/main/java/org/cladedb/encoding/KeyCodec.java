package org.cladedb.encoding;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Invariant;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// Order-preserving key bytes, one column at a time: a marker byte, then the value's payload.
///
/// The payload of a descending column is the complement of the ascending one. A payload is never a
/// proper prefix of another one of its type, so columns and whatever else follows may be appended
/// without separators.
public final class KeyCodec {
    /// Markers: 0x00 and everything above 0x03 stay free for the caller's own separators.
    static final byte NULL_FIRST = 0x01;

    static final byte VALUE = 0x02;
    static final byte NULL_LAST = 0x03;

    private KeyCodec() {}

    /// Appends one column's value, or NULL.
    public static void append(ByteWriter out, KeyPart part, Datum value) {
        if (value.isNull()) {
            appendNull(out, part);
            return;
        }
        out.writeByte(VALUE);
        int start = out.size();
        KeyPayload.append(out, part.type(), value);
        if (part.descending()) {
            complement(out.array(), start, out.size());
        }
    }

    /// Appends a NULL.
    public static void appendNull(ByteWriter out, KeyPart part) {
        out.writeByte(part.nullsFirst() ? NULL_FIRST : NULL_LAST);
    }

    /// Reads the column at `position` and returns the position after it. Text may point into `key`.
    public static int decode(byte[] key, int position, KeyPart part, Datum out) {
        if (isNull(key, position)) {
            out.setNull();
            return position + 1;
        }
        int start = position + 1;
        if (!part.descending()) {
            return KeyPayload.decode(key, start, part.type(), out);
        }
        int end = KeyPayload.skip(key, start, part.type(), (byte) 0xFF);
        byte[] payload = new byte[end - start];
        System.arraycopy(key, start, payload, 0, payload.length);
        complement(payload, 0, payload.length);
        KeyPayload.decode(payload, 0, part.type(), out);
        return end;
    }

    /// The position after the column at `position`.
    public static int skip(byte[] key, int position, KeyPart part) {
        if (isNull(key, position)) {
            return position + 1;
        }
        byte mask = part.descending() ? (byte) 0xFF : 0;
        return KeyPayload.skip(key, position + 1, part.type(), mask);
    }

    /// Whether the column at `position` is NULL.
    public static boolean isNull(byte[] key, int position) {
        byte marker = key[position];
        Invariant.check(
                marker >= NULL_FIRST && marker <= NULL_LAST, "a key column starts with a marker");
        return marker != VALUE;
    }

    /// Whether decoding a key gives back exactly the value that was encoded, given that values obey
    /// the type's modifier. Where not, the row must hold the value too.
    public static boolean isLossless(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> isLossless(array.element());
            case SqlType.Row row ->
                    row.fields().stream().allMatch(field -> isLossless(field.type()));
            case SqlType.Scalar scalar ->
                    switch (scalar.kind()) {
                        case NUMERIC, BPCHAR -> scalar.modifier() >= 0;
                        case REAL, DOUBLE, INTERVAL -> false;
                        default -> true;
                    };
        };
    }

    /// Whether values of the type can be key columns.
    public static boolean isIndexable(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> isIndexable(array.element());
            case SqlType.Row row ->
                    row.fields().stream().allMatch(field -> isIndexable(field.type()));
            case SqlType.Scalar scalar -> KeyPayload.isIndexable(scalar.kind());
        };
    }

    /// Throws 42704, as PostgreSQL's CREATE INDEX does, unless the type is indexable.
    public static void requireIndexable(SqlType type) {
        if (isIndexable(type)) {
            return;
        }
        if (type.kind() == TypeKind.JSONB) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED, "indexes on type jsonb are not supported yet");
        }
        String name = type.kind().sqlName();
        if (type instanceof SqlType.Array array) {
            name = array.element().kind().sqlName() + "[]";
        }
        throw new DatabaseException(
                SqlState.UNDEFINED_OBJECT,
                "data type " + name + " has no default operator class for access method \"btree\"");
    }

    private static void complement(byte[] array, int start, int end) {
        int i = start;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            BigEndian.putLong(array, i, ~BigEndian.getLong(array, i));
        }
        for (; i < end; i++) {
            array[i] = (byte) ~array[i];
        }
    }
}
