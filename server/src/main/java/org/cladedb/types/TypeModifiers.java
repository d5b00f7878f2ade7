package org.cladedb.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// What a type's modifier does to its values: lengths, precision and scale, fractional seconds.
public final class TypeModifiers {
    /// PostgreSQL counts the length word of its values in.
    static final int HEADER = 4;

    private static final int FRACTION_DIGITS = 6;
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

    private TypeModifiers() {}

    /// Applies the modifier of `type` to a value of its kind, in place. An explicit cast to
    /// varchar(n) or char(n) cuts what is too long; otherwise only blanks are cut, and the rest is
    /// 22001.
    public static void apply(Datum value, SqlType type, boolean explicit) {
        int modifier = type.modifier();
        if (modifier < 0 || value.isNull()) {
            return;
        }
        switch (type.kind()) {
            case VARCHAR -> applyLength(value, modifier - HEADER, false, explicit);
            case BPCHAR -> applyLength(value, modifier - HEADER, true, explicit);
            case NUMERIC -> applyNumeric(value, modifier);
            case TIME -> value.setLong(roundMicros(value.longValue(), modifier));
            case TIMESTAMP, TIMESTAMPTZ ->
                    value.setLong(roundTimestamp(value.longValue(), modifier));
            case INTERVAL -> IntervalModifier.apply(value, modifier);
            case ARRAY -> applyToElements(value, (SqlType.Array) type, explicit);
            default -> {
                // Other types have no modifiers.
            }
        }
    }

    private static void applyToElements(Datum value, SqlType.Array type, boolean explicit) {
        ArrayValue array = value.arrayValue();
        value.setObject(
                new ArrayValue(
                        type.element(),
                        array.dimensions(),
                        array.lowerBounds(),
                        array.elements().stream()
                                .map(element -> {
                                    Datum copy = new Datum();
                                    copy.copyFrom(element);
                                    apply(copy, type.element(), explicit);
                                    return copy;
                                })
                                .toList()));
    }

    static void applyLength(Datum value, int length, boolean padded, boolean explicit) {
        byte[] bytes = value.bytes();
        // Characters are never more than bytes, which spares most values the counting.
        if (!padded && value.length() <= length) {
            return;
        }
        int characters = Utf8.characters(bytes, value.offset(), value.length());
        if (characters > length) {
            int kept = Utf8.prefixLength(bytes, value.offset(), value.length(), length);
            for (int i = value.offset() + kept;
                    !explicit && i < value.offset() + value.length();
                    i++) {
                if (bytes[i] != ' ') {
                    throw new DatabaseException(
                            SqlState.STRING_DATA_RIGHT_TRUNCATION,
                            "value too long for type character"
                                    + (padded ? "" : " varying")
                                    + "("
                                    + length
                                    + ")");
                }
            }
            value.setBytes(bytes, value.offset(), kept);
        } else if (padded && characters < length) {
            byte[] blanks =
                    Arrays.copyOfRange(
                            bytes,
                            value.offset(),
                            value.offset() + value.length() + length - characters);
            Arrays.fill(blanks, value.length(), blanks.length, (byte) ' ');
            value.setBytes(blanks);
        }
    }

    /// The precision that numeric(p, s) declares.
    public static int precision(int modifier) {
        return ((modifier - HEADER) >> 16) & 0xFFFF;
    }

    /// The scale that numeric(p, s) declares; may be negative.
    public static int scale(int modifier) {
        return (((modifier - HEADER) & 0x7FF) ^ 1024) - 1024;
    }

    static void applyNumeric(Datum value, int modifier) {
        int precision = precision(modifier);
        int scale = scale(modifier);
        NumericSpecial special = value.numericSpecial();
        if (special == NumericSpecial.NAN) {
            return;
        }
        if (special != null) {
            throw fieldOverflow()
                    .withDetail(
                            "A field with precision "
                                    + precision
                                    + ", scale "
                                    + scale
                                    + " cannot hold an infinite value.");
        }
        if (value.isSmallNumeric()
                && value.numericScale() == scale
                && Math.abs(value.longValue()) >= 0
                && Digits.count(Math.abs(value.longValue())) <= precision) {
            return;
        }
        BigDecimal rounded =
                LargeDecimals.withScale(value.numericValue(), scale, RoundingMode.HALF_UP);
        if (rounded.signum() != 0 && LargeDecimals.precision(rounded) > precision) {
            throw fieldOverflow()
                    .withDetail(
                            "A field with precision "
                                    + precision
                                    + ", scale "
                                    + scale
                                    + " must round to an absolute value less than "
                                    + (precision == scale ? "1" : "10^" + (precision - scale))
                                    + ".");
        }
        value.setNumeric(rounded);
    }

    private static DatabaseException fieldOverflow() {
        return new DatabaseException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
    }

    /// Rounds to `digits` fractional digits of a second, halves away from zero.
    static long roundMicros(long micros, int digits) {
        if (digits >= FRACTION_DIGITS) {
            return micros;
        }
        long unit = POWERS_OF_TEN[FRACTION_DIGITS - digits];
        long half = unit / 2;
        return (micros >= 0 ? micros + half : micros - half) / unit * unit;
    }

    static long roundTimestamp(long micros, int digits) {
        return micros == DateTimeText.INFINITY || micros == DateTimeText.NEGATIVE_INFINITY
                ? micros
                : roundMicros(micros, digits);
    }
}
