package org.cladedb.exec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;

/// Values that are objects in memory (arrays, rows, large decimals) as bytes, for temporary files.
///
/// Types are not written: they stay here, and a value has the number of its type. Bytes can be read
/// by the instance that wrote them only.
final class ObjectBytes {
    private static final int NULL = 0;
    private static final int PLAIN = 1;
    private static final int OBJECT = 2;

    private static final int ARRAY = 0;
    private static final int ROW = 1;
    private static final int DECIMAL = 2;
    private static final int NEGATIVE_INFINITY = 3;
    private static final int POSITIVE_INFINITY = 4;
    private static final int NAN = 5;

    private final List<SqlType> types = new ArrayList<>();
    private byte[] source = {};
    private int position;

    void append(Object object, ByteWriter out) {
        switch (object) {
            case ArrayValue array -> {
                out.writeByte(ARRAY);
                out.writeVarint(number(array.elementType()));
                out.writeVarint(array.dimensions().size());
                for (int i = 0; i < array.dimensions().size(); i++) {
                    out.writeVarint(array.dimensions().get(i));
                    out.writeInt(array.lowerBounds().get(i));
                }
                appendValues(array.elements(), _ -> array.elementType(), out);
            }
            case RowValue row -> {
                out.writeByte(ROW);
                out.writeVarint(number(row.type()));
                appendValues(row.values(), i -> row.type().fields().get(i).type(), out);
            }
            case BigDecimal decimal -> {
                out.writeByte(DECIMAL);
                out.writeInt(decimal.scale());
                byte[] unscaled = decimal.unscaledValue().toByteArray();
                out.writeVarint(unscaled.length);
                out.writeBytes(unscaled);
            }
            case NumericSpecial special ->
                    out.writeByte(
                            switch (special) {
                                case NEGATIVE_INFINITY -> NEGATIVE_INFINITY;
                                case POSITIVE_INFINITY -> POSITIVE_INFINITY;
                                case NAN -> NAN;
                            });
            default ->
                    throw new IllegalStateException(
                            "no bytes for an object of " + object.getClass());
        }
    }

    private int number(SqlType type) {
        int known = types.indexOf(type);
        if (known >= 0) {
            return known;
        }
        types.add(type);
        return types.size() - 1;
    }

    /// Gives the type of a value by its place.
    private interface TypeOf {
        SqlType at(int index);
    }

    private void appendValues(List<Datum> values, TypeOf typeOf, ByteWriter out) {
        out.writeVarint(values.size());
        for (int i = 0; i < values.size(); i++) {
            Datum value = values.get(i);
            Object object = value.object();
            if (value.isNull()) {
                out.writeByte(NULL);
            } else if (object != null && isObject(typeOf.at(i))) {
                out.writeByte(OBJECT);
                append(object, out);
            } else {
                out.writeByte(PLAIN);
                appendPlain(typeOf.at(i), value, out);
            }
        }
    }

    private static boolean isObject(SqlType type) {
        return switch (type.form()) {
            case NUMERIC, ARRAY, ROW -> true;
            case LONG, DOUBLE, BYTES, INTERVAL, NONE -> false;
        };
    }

    private static void appendPlain(SqlType type, Datum value, ByteWriter out) {
        switch (type.form()) {
            case LONG -> out.writeLong(value.longValue());
            case DOUBLE -> out.writeLong(Double.doubleToRawLongBits(value.doubleValue()));
            case NUMERIC -> {
                out.writeLong(value.longValue());
                out.writeInt(value.numericScale());
            }
            case INTERVAL -> {
                out.writeInt(value.intervalMonths());
                out.writeInt(value.intervalDays());
                out.writeLong(value.intervalMicros());
            }
            // Nested results have an array type, but are text while a statement runs.
            case BYTES, NONE, ARRAY, ROW -> {
                out.writeVarint(value.length());
                out.writeBytes(value.bytes(), value.offset(), value.length());
            }
        }
    }

    /// Reads objects one after the other from `start` on.
    void startReading(byte[] bytes, int start) {
        source = bytes;
        position = start;
    }

    Object next() {
        return switch (source[position++]) {
            case ARRAY -> {
                SqlType elementType = types.get(varint());
                int count = varint();
                List<Integer> dimensions = new ArrayList<>(count);
                List<Integer> lowerBounds = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    dimensions.add(varint());
                    lowerBounds.add(fixedInt());
                }
                yield new ArrayValue(
                        elementType, dimensions, lowerBounds, values(_ -> elementType));
            }
            case ROW -> {
                SqlType.Row type = (SqlType.Row) types.get(varint());
                yield new RowValue(type, values(i -> type.fields().get(i).type()));
            }
            case DECIMAL -> {
                int scale = fixedInt();
                int length = varint();
                position += length;
                yield new BigDecimal(new BigInteger(source, position - length, length), scale);
            }
            case NEGATIVE_INFINITY -> NumericSpecial.NEGATIVE_INFINITY;
            case POSITIVE_INFINITY -> NumericSpecial.POSITIVE_INFINITY;
            case NAN -> NumericSpecial.NAN;
            default -> throw new IllegalStateException("these are no bytes of an object");
        };
    }

    private List<Datum> values(TypeOf typeOf) {
        int count = varint();
        List<Datum> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Datum value = new Datum();
            switch (source[position++]) {
                case NULL -> value.setNull();
                case OBJECT -> setObject(value, next());
                default -> readPlain(typeOf.at(i), value);
            }
            values.add(value);
        }
        return values;
    }

    private static void setObject(Datum value, Object object) {
        switch (object) {
            case BigDecimal decimal -> value.setNumeric(decimal);
            case NumericSpecial special -> value.setNumeric(special);
            default -> value.setObject(object);
        }
    }

    private void readPlain(SqlType type, Datum value) {
        switch (type.form()) {
            case LONG -> value.setLong(fixedLong());
            case DOUBLE -> value.setDouble(Double.longBitsToDouble(fixedLong()));
            case NUMERIC -> {
                long unscaled = fixedLong();
                value.setNumeric(unscaled, fixedInt());
            }
            case INTERVAL -> {
                int months = fixedInt();
                int days = fixedInt();
                value.setInterval(months, days, fixedLong());
            }
            case BYTES, NONE, ARRAY, ROW -> {
                int length = varint();
                byte[] copy = new byte[length];
                System.arraycopy(source, position, copy, 0, length);
                value.setBytes(copy);
                position += length;
            }
        }
    }

    private int fixedInt() {
        position += Integer.BYTES;
        return BigEndian.getInt(source, position - Integer.BYTES);
    }

    private long fixedLong() {
        position += Long.BYTES;
        return BigEndian.getLong(source, position - Long.BYTES);
    }

    private int varint() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = source[position++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
