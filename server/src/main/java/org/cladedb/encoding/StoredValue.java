package org.cladedb.encoding;

import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The bytes of one non-NULL value inside a row.
final class StoredValue {
    private StoredValue() {}

    static void append(ByteWriter out, StoredKind kind, SqlType type, Datum value) {
        switch (kind) {
            case BOOLEAN -> out.writeByte((int) value.longValue());
            case INT16 -> out.writeShort((int) value.longValue());
            case INT32, UNSIGNED32 -> out.writeInt((int) value.longValue());
            case INT64 -> out.writeLong(value.longValue());
            case FLOAT32 -> out.writeInt(Float.floatToRawIntBits((float) value.doubleValue()));
            case FLOAT64 -> out.writeLong(Double.doubleToRawLongBits(value.doubleValue()));
            case INTERVAL -> {
                out.writeLong(value.intervalMicros());
                out.writeInt(value.intervalDays());
                out.writeInt(value.intervalMonths());
            }
            case BYTES16 -> out.writeBytes(value.bytes(), value.offset(), 16);
            case BYTES -> out.writeBytes(value.bytes(), value.offset(), value.length());
            case NUMERIC -> StoredNumeric.append(out, value);
            case ARRAY -> StoredComposite.appendArray(out, value.arrayValue());
            case ROW -> StoredComposite.appendRow(out, (SqlType.Row) type, value.rowValue());
        }
    }

    /// At least the number of bytes that [#append] writes for a kind of variable width.
    static long variableSize(StoredKind kind, SqlType type, Datum value) {
        return switch (kind) {
            case BYTES -> value.length();
            case NUMERIC, ARRAY, ROW -> {
                if (kind == StoredKind.NUMERIC && value.isSmallNumeric()) {
                    yield StoredNumeric.SMALL_BYTES_MAX;
                }
                ByteWriter scratch = new ByteWriter();
                append(scratch, kind, type, value);
                yield scratch.size();
            }
            case BOOLEAN, INT16, INT32, UNSIGNED32, INT64, FLOAT32, FLOAT64, INTERVAL, BYTES16 -> 0;
        };
    }

    static void read(
            byte[] source, int position, int length, StoredKind kind, SqlType type, Datum out) {
        switch (kind) {
            case BOOLEAN -> out.setBoolean(source[position] != 0);
            case INT16 -> out.setLong(BigEndian.getShort(source, position));
            case INT32 -> out.setLong(BigEndian.getInt(source, position));
            case UNSIGNED32 -> out.setLong(BigEndian.getInt(source, position) & 0xFFFFFFFFL);
            case INT64 -> out.setLong(BigEndian.getLong(source, position));
            case FLOAT32 -> out.setDouble(Float.intBitsToFloat(BigEndian.getInt(source, position)));
            case FLOAT64 ->
                    out.setDouble(Double.longBitsToDouble(BigEndian.getLong(source, position)));
            case INTERVAL ->
                    out.setInterval(
                            BigEndian.getInt(source, position + 12),
                            BigEndian.getInt(source, position + 8),
                            BigEndian.getLong(source, position));
            case BYTES16 -> out.setBytes(source, position, 16);
            case BYTES -> out.setBytes(source, position, length);
            case NUMERIC -> StoredNumeric.read(source, position, length, out);
            case ARRAY -> StoredComposite.readArray(source, position, type, out);
            case ROW -> StoredComposite.readRow(source, position, (SqlType.Row) type, out);
        }
    }
}
