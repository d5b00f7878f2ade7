package org.cladedb.exec;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.cladedb.common.BigEndian;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;

/// How a row of given types lies in the memory of an operator.
///
/// ```
///   null bitmap (1 bit a column)  values of the columns that are not NULL, one after the other:
///     int4: 4   int8, double: 8   bytes: 4 length + bytes   interval: 16
///     numeric: 1 + 2 scale + 8, or 1 + 4 object   array, row: 4 object (or -1 and then bytes)
/// ```
///
/// Arrays, rows and large decimals are immutable objects: they are kept in a list at the side, and
/// the row has their number.
final class RowFormat {
    /// What keeping an object takes beside the object.
    static final int OBJECT_BYTES = 8;

    private static final int BYTES_MARK = -1;

    private enum Form {
        INT4,
        INT8,
        DOUBLE,
        BYTES,
        NUMERIC,
        INTERVAL,
        OBJECT
    }

    private final Form[] forms;
    private final int bitmapBytes;
    private final boolean mayHaveObjects;

    RowFormat(List<SqlType> types) {
        forms = types.stream().map(RowFormat::form).toArray(Form[]::new);
        bitmapBytes = (forms.length + 7) / 8;
        mayHaveObjects =
                Arrays.stream(forms).anyMatch(form -> form == Form.NUMERIC || form == Form.OBJECT);
    }

    private static Form form(SqlType type) {
        return switch (type.form()) {
            case LONG -> isFourBytes(type.kind()) ? Form.INT4 : Form.INT8;
            case DOUBLE -> Form.DOUBLE;
            case BYTES, NONE -> Form.BYTES;
            case NUMERIC -> Form.NUMERIC;
            case INTERVAL -> Form.INTERVAL;
            case ARRAY, ROW -> Form.OBJECT;
        };
    }

    private static boolean isFourBytes(TypeKind kind) {
        return kind == TypeKind.INTEGER
                || kind == TypeKind.DATE
                || kind == TypeKind.BOOLEAN
                || kind == TypeKind.SMALLINT;
    }

    /// Whether [#write] may put something to the side.
    boolean mayHaveObjects() {
        return mayHaveObjects;
    }

    int columnCount() {
        return forms.length;
    }

    /// How many bytes [#write] takes for this row.
    int size(Datum[] row) {
        long size = bitmapBytes;
        for (int i = 0; i < forms.length; i++) {
            Datum value = row[i];
            if (!value.isNull()) {
                size +=
                        switch (forms[i]) {
                            case INT4 -> 4;
                            case INT8, DOUBLE -> 8;
                            case BYTES -> 4 + value.length();
                            case NUMERIC -> isSmall(value) ? 11 : 5;
                            case INTERVAL -> 16;
                            case OBJECT -> isComposite(value) ? 4 : 8 + value.length();
                        };
            }
        }
        return Math.toIntExact(size);
    }

    private static boolean isSmall(Datum numeric) {
        return numeric.isSmallNumeric() && numeric.numericScale() <= Short.MAX_VALUE;
    }

    /// Nested results have an array type, but are text while a statement runs.
    private static boolean isComposite(Datum value) {
        return value.object() instanceof ArrayValue || value.object() instanceof RowValue;
    }

    /// Writes the row at `position`; what goes to the side is appended to `objects`.
    void write(Datum[] row, byte[] target, int position, List<Object> objects) {
        for (int i = 0; i < bitmapBytes; i++) {
            target[position + i] = 0;
        }
        int at = position + bitmapBytes;
        for (int i = 0; i < forms.length; i++) {
            Datum value = row[i];
            if (value.isNull()) {
                target[position + (i >> 3)] |= (byte) (1 << (i & 7));
            } else {
                at = writeValue(forms[i], value, target, at, objects);
            }
        }
    }

    /// Returns the position after the value.
    private static int writeValue(
            Form form, Datum value, byte[] target, int at, List<Object> objects) {
        return switch (form) {
            case INT4 -> {
                BigEndian.putInt(target, at, (int) value.longValue());
                yield at + 4;
            }
            case INT8 -> {
                BigEndian.putLong(target, at, value.longValue());
                yield at + 8;
            }
            case DOUBLE -> {
                BigEndian.putLong(target, at, Double.doubleToRawLongBits(value.doubleValue()));
                yield at + 8;
            }
            case BYTES -> writeBytes(value, target, at);
            case NUMERIC -> writeNumeric(value, target, at, objects);
            case INTERVAL -> {
                BigEndian.putInt(target, at, value.intervalMonths());
                BigEndian.putInt(target, at + 4, value.intervalDays());
                BigEndian.putLong(target, at + 8, value.intervalMicros());
                yield at + 16;
            }
            case OBJECT -> {
                Object object = value.object();
                if (object != null && isComposite(value)) {
                    keep(object, target, at, objects);
                    yield at + 4;
                }
                BigEndian.putInt(target, at, BYTES_MARK);
                yield writeBytes(value, target, at + 4);
            }
        };
    }

    private static int writeNumeric(Datum value, byte[] target, int at, List<Object> objects) {
        if (isSmall(value)) {
            target[at] = 0;
            BigEndian.putShort(target, at + 1, value.numericScale());
            BigEndian.putLong(target, at + 3, value.longValue());
            return at + 11;
        }
        NumericSpecial special = value.numericSpecial();
        target[at] = 1;
        keep(special == null ? value.numericValue() : special, target, at + 1, objects);
        return at + 5;
    }

    private static int writeBytes(Datum value, byte[] target, int at) {
        BigEndian.putInt(target, at, value.length());
        System.arraycopy(value.bytes(), value.offset(), target, at + 4, value.length());
        return at + 4 + value.length();
    }

    private static void keep(Object object, byte[] target, int at, List<Object> objects) {
        BigEndian.putInt(target, at, objects.size());
        objects.add(object);
    }

    /// Fills `out` with the row at `position`; text shares the bytes of `source`.
    void read(byte[] source, int position, List<Object> objects, Datum[] out) {
        int at = position + bitmapBytes;
        for (int i = 0; i < forms.length; i++) {
            if ((source[position + (i >> 3)] & 1 << (i & 7)) != 0) {
                out[i].setNull();
            } else {
                at = readValue(forms[i], source, at, objects, out[i]);
            }
        }
    }

    /// Returns the position after the value.
    private static int readValue(
            Form form, byte[] source, int at, List<Object> objects, Datum out) {
        return switch (form) {
            case INT4 -> {
                out.setLong(BigEndian.getInt(source, at));
                yield at + 4;
            }
            case INT8 -> {
                out.setLong(BigEndian.getLong(source, at));
                yield at + 8;
            }
            case DOUBLE -> {
                out.setDouble(Double.longBitsToDouble(BigEndian.getLong(source, at)));
                yield at + 8;
            }
            case BYTES -> readBytes(source, at, out);
            case NUMERIC -> readNumeric(source, at, objects, out);
            case INTERVAL -> {
                out.setInterval(
                        BigEndian.getInt(source, at),
                        BigEndian.getInt(source, at + 4),
                        BigEndian.getLong(source, at + 8));
                yield at + 16;
            }
            case OBJECT -> {
                int index = BigEndian.getInt(source, at);
                if (index == BYTES_MARK) {
                    yield readBytes(source, at + 4, out);
                }
                out.setObject(objects.get(index));
                yield at + 4;
            }
        };
    }

    private static int readNumeric(byte[] source, int at, List<Object> objects, Datum out) {
        if (source[at] == 0) {
            out.setNumeric(
                    BigEndian.getLong(source, at + 3), BigEndian.getUnsignedShort(source, at + 1));
            return at + 11;
        }
        Object object = objects.get(BigEndian.getInt(source, at + 1));
        if (object instanceof NumericSpecial special) {
            out.setNumeric(special);
        } else {
            out.setNumeric((BigDecimal) object);
        }
        return at + 5;
    }

    private static int readBytes(byte[] source, int at, Datum out) {
        int length = BigEndian.getInt(source, at);
        out.setBytes(source, at + 4, length);
        return at + 4 + length;
    }
}
