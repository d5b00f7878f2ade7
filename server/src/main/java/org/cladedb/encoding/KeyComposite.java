package org.cladedb.encoding;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;

/// Key payloads of intervals, arrays and rows.
final class KeyComposite {
    static final int INTERVAL_BYTES = 16;

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int DAYS_PER_MONTH = 30;

    /// Ends the elements of an array; below every marker that starts an element.
    private static final byte END_OF_ELEMENTS = 0x00;

    private KeyComposite() {}

    /// Writes what comparison sees: days (a month is 30) and the rest of a day.
    static void appendInterval(ByteWriter out, Datum value) {
        long micros = value.intervalMicros();
        long days =
                (long) value.intervalMonths() * DAYS_PER_MONTH
                        + value.intervalDays()
                        + Math.floorDiv(micros, MICROS_PER_DAY);
        out.writeLong(days ^ Long.MIN_VALUE);
        out.writeLong(Math.floorMod(micros, MICROS_PER_DAY));
    }

    static void decodeInterval(byte[] key, int position, Datum out) {
        long days = BigEndian.getLong(key, position) ^ Long.MIN_VALUE;
        long micros = BigEndian.getLong(key, position + Long.BYTES);
        long months = Math.clamp(days / DAYS_PER_MONTH, Integer.MIN_VALUE, Integer.MAX_VALUE);
        out.setInterval((int) months, (int) (days - months * DAYS_PER_MONTH), micros);
    }

    static void appendArray(ByteWriter out, SqlType.Array type, ArrayValue array) {
        KeyPart element = KeyPart.ascending(type.element());
        for (Datum value : array.elements()) {
            KeyCodec.append(out, element, value);
        }
        out.writeByte(END_OF_ELEMENTS);
        out.writeByte(array.dimensions().size());
        for (int length : array.dimensions()) {
            out.writeInt(length);
        }
        for (int lower : array.lowerBounds()) {
            out.writeInt(lower ^ Integer.MIN_VALUE);
        }
    }

    static int skipArray(byte[] key, int position, SqlType.Array type, byte mask) {
        int end = position;
        while (key[end] != (byte) (END_OF_ELEMENTS ^ mask)) {
            end = skipNested(key, end, type.element(), mask);
        }
        int dimensions = (key[end + 1] ^ mask) & 0xFF;
        return end + 2 + 2 * dimensions * Integer.BYTES;
    }

    static int decodeArray(byte[] key, int position, SqlType.Array type, Datum out) {
        KeyPart part = KeyPart.ascending(type.element());
        List<Datum> elements = new ArrayList<>();
        int at = position;
        while (key[at] != END_OF_ELEMENTS) {
            Datum element = new Datum();
            at = KeyCodec.decode(key, at, part, element);
            elements.add(element.freeze(type.element().form()));
        }
        int count = key[at + 1];
        at += 2;
        List<Integer> dimensions = new ArrayList<>(count);
        List<Integer> lowerBounds = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dimensions.add(BigEndian.getInt(key, at + i * Integer.BYTES));
            lowerBounds.add(
                    BigEndian.getInt(key, at + (count + i) * Integer.BYTES) ^ Integer.MIN_VALUE);
        }
        out.setObject(new ArrayValue(type.element(), dimensions, lowerBounds, elements));
        return at + 2 * count * Integer.BYTES;
    }

    static void appendRow(ByteWriter out, SqlType.Row type, RowValue row) {
        for (int i = 0; i < type.fields().size(); i++) {
            KeyPart field = KeyPart.ascending(type.fields().get(i).type());
            KeyCodec.append(out, field, row.values().get(i));
        }
    }

    static int skipRow(byte[] key, int position, SqlType.Row type, byte mask) {
        int end = position;
        for (SqlType.Field field : type.fields()) {
            end = skipNested(key, end, field.type(), mask);
        }
        return end;
    }

    static int decodeRow(byte[] key, int position, SqlType.Row type, Datum out) {
        List<Datum> values = new ArrayList<>(type.fields().size());
        int at = position;
        for (SqlType.Field field : type.fields()) {
            Datum value = new Datum();
            at = KeyCodec.decode(key, at, KeyPart.ascending(field.type()), value);
            values.add(value.freeze(field.type().form()));
        }
        out.setObject(new RowValue(type, values));
        return at;
    }

    /// Skips an element, whose marker is complemented like everything else in a descending column.
    private static int skipNested(byte[] key, int position, SqlType type, byte mask) {
        return (byte) (key[position] ^ mask) == KeyCodec.VALUE
                ? KeyPayload.skip(key, position + 1, type, mask)
                : position + 1;
    }
}
