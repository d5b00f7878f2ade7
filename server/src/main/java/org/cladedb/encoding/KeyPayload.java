package org.cladedb.encoding;

import static org.cladedb.common.BigEndian.getInt;
import static org.cladedb.common.BigEndian.getLong;
import static org.cladedb.common.BigEndian.getShort;

import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// The ascending payload of one non-NULL key value, by type.
///
/// Skipping takes a mask: 0xFF when the bytes in the key are complemented.
final class KeyPayload {
    private static final int UUID_BYTES = 16;

    private KeyPayload() {}

    static boolean isIndexable(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN, BYTEA, CHAR, NAME, BIGINT, SMALLINT, INTEGER, TEXT, OID -> true;
            case REAL, DOUBLE, MONEY, BPCHAR, VARCHAR, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
            case INTERVAL, NUMERIC, UUID -> true;
            case REGPROC, REGCLASS, REGTYPE, REGNAMESPACE, REGROLE, REGPROCEDURE, REGOPER -> true;
            case INT2VECTOR, OIDVECTOR, TID, XID, CID, JSON, JSONB, XML, PG_NODE_TREE -> false;
            case UNKNOWN, ACLITEM, RECORD, CSTRING, ANY, ANYARRAY, VOID, ANYELEMENT -> false;
            case ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY, ARRAY -> false;
        };
    }

    static void append(ByteWriter out, SqlType type, Datum value) {
        switch (type.kind()) {
            case BOOLEAN -> out.writeByte((int) value.longValue());
            case SMALLINT -> out.writeShort((int) value.longValue() ^ Short.MIN_VALUE);
            case INTEGER, DATE -> out.writeInt((int) value.longValue() ^ Integer.MIN_VALUE);
            case BIGINT, MONEY, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    out.writeLong(value.longValue() ^ Long.MIN_VALUE);
            case OID, REGPROC, REGCLASS, REGTYPE, REGNAMESPACE, REGROLE, REGPROCEDURE, REGOPER ->
                    out.writeInt((int) value.longValue());
            case REAL -> out.writeInt(sortable((float) value.doubleValue()));
            case DOUBLE -> out.writeLong(sortable(value.doubleValue()));
            case TEXT, VARCHAR, NAME, CHAR ->
                    KeyBytes.appendText(out, value.bytes(), value.offset(), value.length());
            case BPCHAR ->
                    KeyBytes.appendText(
                            out,
                            value.bytes(),
                            value.offset(),
                            KeyBytes.lengthWithoutBlanks(value));
            case BYTEA -> KeyBytes.append(out, value.bytes(), value.offset(), value.length());
            case UUID -> out.writeBytes(value.bytes(), value.offset(), UUID_BYTES);
            case NUMERIC -> KeyNumeric.append(out, value);
            case INTERVAL -> KeyComposite.appendInterval(out, value);
            case ARRAY -> KeyComposite.appendArray(out, (SqlType.Array) type, value.arrayValue());
            case RECORD -> KeyComposite.appendRow(out, rowType(type), value.rowValue());
            case INT2VECTOR, OIDVECTOR, TID, XID, CID, JSON, JSONB, XML, PG_NODE_TREE ->
                    throw notIndexable(type);
            case UNKNOWN, ACLITEM, CSTRING, ANY, ANYARRAY, VOID, ANYELEMENT ->
                    throw notIndexable(type);
            case ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY -> throw notIndexable(type);
        }
    }

    static int decode(byte[] key, int position, SqlType type, Datum out) {
        switch (type.kind()) {
            case BOOLEAN -> out.setBoolean(key[position] != 0);
            case SMALLINT -> out.setLong((short) (getShort(key, position) ^ Short.MIN_VALUE));
            case INTEGER, DATE -> out.setLong(getInt(key, position) ^ Integer.MIN_VALUE);
            case BIGINT, MONEY, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    out.setLong(getLong(key, position) ^ Long.MIN_VALUE);
            case OID, REGPROC, REGCLASS, REGTYPE, REGNAMESPACE, REGROLE, REGPROCEDURE, REGOPER ->
                    out.setLong(Integer.toUnsignedLong(getInt(key, position)));
            case REAL -> out.setDouble(floatOf(getInt(key, position)));
            case DOUBLE -> out.setDouble(doubleOf(getLong(key, position)));
            case UUID -> out.setBytes(key, position, UUID_BYTES);
            case TEXT, VARCHAR, NAME, CHAR -> {
                int end = KeyBytes.terminator(key, position, (byte) 0);
                out.setBytes(key, position, end - position);
                return end + 1;
            }
            case BPCHAR -> {
                int end = KeyBytes.terminator(key, position, (byte) 0);
                KeyBytes.setPadded(key, position, end - position, type.modifier(), out);
                return end + 1;
            }
            case BYTEA -> {
                return KeyBytes.decode(key, position, out);
            }
            case NUMERIC -> {
                return KeyNumeric.decode(key, position, type.modifier(), out);
            }
            case INTERVAL -> KeyComposite.decodeInterval(key, position, out);
            case ARRAY -> {
                return KeyComposite.decodeArray(key, position, (SqlType.Array) type, out);
            }
            case RECORD -> {
                return KeyComposite.decodeRow(key, position, rowType(type), out);
            }
            case INT2VECTOR, OIDVECTOR, TID, XID, CID, JSON, JSONB, XML, PG_NODE_TREE ->
                    throw notIndexable(type);
            case UNKNOWN, ACLITEM, CSTRING, ANY, ANYARRAY, VOID, ANYELEMENT ->
                    throw notIndexable(type);
            case ANYNONARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY -> throw notIndexable(type);
        }
        return position + fixedWidth(type.kind());
    }

    static int skip(byte[] key, int position, SqlType type, byte mask) {
        TypeKind kind = type.kind();
        int width = fixedWidth(kind);
        if (width > 0) {
            return position + width;
        }
        return switch (kind) {
            case TEXT, VARCHAR, NAME, CHAR, BPCHAR -> KeyBytes.terminator(key, position, mask) + 1;
            case BYTEA -> KeyBytes.skip(key, position, mask);
            case NUMERIC -> KeyNumeric.skip(key, position, mask);
            case ARRAY -> KeyComposite.skipArray(key, position, (SqlType.Array) type, mask);
            case RECORD -> KeyComposite.skipRow(key, position, rowType(type), mask);
            default -> throw notIndexable(type);
        };
    }

    /// The payload's width; 0 for types of variable width.
    private static int fixedWidth(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> 1;
            case SMALLINT -> Short.BYTES;
            case INTEGER, DATE, REAL -> Integer.BYTES;
            case OID, REGPROC, REGCLASS, REGTYPE, REGNAMESPACE, REGROLE, REGPROCEDURE, REGOPER ->
                    Integer.BYTES;
            case BIGINT, MONEY, TIME, TIMESTAMP, TIMESTAMPTZ, DOUBLE -> Long.BYTES;
            case UUID -> UUID_BYTES;
            case INTERVAL -> KeyComposite.INTERVAL_BYTES;
            default -> 0;
        };
    }

    /// Bits that compare unsigned as PostgreSQL compares floats: zeros equal, NaN largest.
    private static int sortable(float value) {
        int bits = Float.floatToIntBits(value == 0 ? 0f : value);
        return bits ^ ((bits >> 31) | Integer.MIN_VALUE);
    }

    private static long sortable(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0d : value);
        return bits ^ ((bits >> 63) | Long.MIN_VALUE);
    }

    private static float floatOf(int sortable) {
        return Float.intBitsToFloat(sortable ^ ((~sortable >> 31) | Integer.MIN_VALUE));
    }

    private static double doubleOf(long sortable) {
        return Double.longBitsToDouble(sortable ^ ((~sortable >> 63) | Long.MIN_VALUE));
    }

    private static SqlType.Row rowType(SqlType type) {
        if (type instanceof SqlType.Row row) {
            return row;
        }
        throw notIndexable(type);
    }

    private static DatabaseException notIndexable(SqlType type) {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "values of type " + type.kind().sqlName() + " cannot be keys");
    }
}
