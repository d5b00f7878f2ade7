package org.cladedb.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.cladedb.decimal.LargeDecimals;
import org.jspecify.annotations.Nullable;

/// One SQL value: a mutable cell, owned by one thread. [ValueForm] says which accessor a type uses.
///
/// Cells are allocated once per plan and refilled per row. See the package for lifetimes.
public final class Datum {
    private static final byte[] EMPTY = {};

    private boolean isNull = true;
    private long bits;
    private byte[] array = EMPTY;
    private int offset;
    private int length;
    private @Nullable Object object;

    /// A new cell that is NULL.
    public Datum() {}

    /// A row of `count` cells, all NULL.
    public static Datum[] row(int count) {
        Datum[] row = new Datum[count];
        for (int i = 0; i < count; i++) {
            row[i] = new Datum();
        }
        return row;
    }

    public static Datum ofLong(long value) {
        Datum datum = new Datum();
        datum.setLong(value);
        return datum;
    }

    public static Datum ofText(String text) {
        Datum datum = new Datum();
        datum.setText(text);
        return datum;
    }

    public boolean isNull() {
        return isNull;
    }

    public void setNull() {
        isNull = true;
        object = null;
    }

    /// Makes the cell NULL and lets go of everything that its last value had.
    public void clear() {
        setNull();
        array = EMPTY;
        offset = 0;
        length = 0;
    }

    public long longValue() {
        return bits;
    }

    public void setLong(long value) {
        bits = value;
        isNull = false;
    }

    public boolean booleanValue() {
        return bits != 0;
    }

    public void setBoolean(boolean value) {
        bits = value ? 1 : 0;
        isNull = false;
    }

    public double doubleValue() {
        return Double.longBitsToDouble(bits);
    }

    public void setDouble(double value) {
        bits = Double.doubleToRawLongBits(value);
        isNull = false;
    }

    /// The array that holds the value's bytes; read [#length()] bytes from [#offset()]; never
    /// write.
    public byte[] bytes() {
        return array;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public void setBytes(byte[] source, int sourceOffset, int sourceLength) {
        array = source;
        offset = sourceOffset;
        length = sourceLength;
        isNull = false;
    }

    public void setBytes(byte[] source) {
        setBytes(source, 0, source.length);
    }

    public void setText(String text) {
        setBytes(Utf8.encode(text));
    }

    /// The bytes decoded as UTF-8.
    public String text() {
        return Utf8.decode(array, offset, length);
    }

    /// A copy of the bytes.
    public byte[] copyBytes() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /// Sets a decimal small enough for `unscaled`: its value is `unscaled` × 10^-`scale`.
    public void setNumeric(long unscaled, int scale) {
        bits = unscaled;
        length = scale;
        object = null;
        isNull = false;
    }

    /// Sets a decimal of any size; kept in the small form when its digits fit and its scale is not
    /// negative.
    public void setNumeric(BigDecimal value) {
        BigDecimal plain =
                value.scale() < 0
                        ? LargeDecimals.withScale(value, 0, RoundingMode.UNNECESSARY)
                        : value;
        if (plain.unscaledValue().bitLength() < Long.SIZE) {
            setNumeric(plain.unscaledValue().longValue(), plain.scale());
        } else {
            object = plain;
            isNull = false;
        }
    }

    /// Sets NaN or an infinity of type numeric.
    public void setNumeric(NumericSpecial special) {
        object = special;
        isNull = false;
    }

    /// Whether a numeric is in the small form: [#longValue()] × 10^-[#numericScale()].
    public boolean isSmallNumeric() {
        return object == null;
    }

    /// The number of fractional digits of a small numeric.
    public int numericScale() {
        return length;
    }

    /// NaN or infinity, null for ordinary numerics.
    public @Nullable NumericSpecial numericSpecial() {
        return object instanceof NumericSpecial special ? special : null;
    }

    /// The decimal in any form; not for specials.
    public BigDecimal numericValue() {
        return object instanceof BigDecimal big ? big : BigDecimal.valueOf(bits, length);
    }

    /// Sets an interval; its three parts are independent, as in PostgreSQL.
    public void setInterval(int months, int days, long micros) {
        offset = months;
        length = days;
        bits = micros;
        isNull = false;
    }

    public int intervalMonths() {
        return offset;
    }

    public int intervalDays() {
        return length;
    }

    public long intervalMicros() {
        return bits;
    }

    /// The object of an array or row value (or of a large numeric); null otherwise.
    public @Nullable Object object() {
        return object;
    }

    public ArrayValue arrayValue() {
        if (object instanceof ArrayValue value) {
            return value;
        }
        throw new IllegalStateException("the value is not an array");
    }

    public RowValue rowValue() {
        if (object instanceof RowValue value) {
            return value;
        }
        throw new IllegalStateException("the value is not a row");
    }

    public void setObject(Object value) {
        object = value;
        isNull = false;
    }

    /// Makes this cell equal to `other`, sharing its bytes.
    public void copyFrom(Datum other) {
        isNull = other.isNull;
        bits = other.bits;
        array = other.array;
        offset = other.offset;
        length = other.length;
        object = other.object;
    }

    /// For a value of form [ValueForm#BYTES]: copies the bytes, so that the value lives as long as
    /// this cell.
    public void detach() {
        if (!isNull) {
            array = copyBytes();
            offset = 0;
        }
    }

    /// A new cell with the same value that shares no bytes; `form` is the form of the value's type.
    public Datum freeze(ValueForm form) {
        Datum copy = new Datum();
        copy.copyFrom(this);
        if (form == ValueForm.BYTES) {
            copy.detach();
        }
        return copy;
    }
}
