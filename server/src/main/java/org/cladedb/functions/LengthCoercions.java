package org.cladedb.functions;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.Intervals;
import org.cladedb.types.NumericSpecial;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Fits values to a type's modifier: varchar(n), char(n), numeric(p, s), times of p digits.
final class LengthCoercions {
    private static final int MODIFIER_BASE = 4;
    private static final int INTERVAL_MONTH = 1 << 1;
    private static final int INTERVAL_YEAR = 1 << 2;
    private static final int INTERVAL_DAY = 1 << 3;
    private static final int INTERVAL_HOUR = 1 << 10;
    private static final int INTERVAL_MINUTE = 1 << 11;
    private static final int INTERVAL_SECOND = 1 << 12;
    private static final int INTERVAL_ALL = 0x7FFF;

    private LengthCoercions() {}

    /// Null when the type has no modifier that matters. Explicit casts cut strings that are too
    /// long; assignments refuse them.
    static @Nullable ScalarFunction of(SqlType type, boolean explicit) {
        int modifier = type.modifier();
        if (modifier < 0) {
            return null;
        }
        return switch (type.kind()) {
            case VARCHAR -> {
                int most = modifier - MODIFIER_BASE;
                yield (in, out, _) -> fitVarchar(in[0], most, explicit, out);
            }
            case BPCHAR -> {
                int size = modifier - MODIFIER_BASE;
                yield (in, out, _) -> fitChar(in[0], size, explicit, out);
            }
            case NUMERIC -> {
                int precision = (modifier - MODIFIER_BASE) >> 16 & 0xFFFF;
                int scale = ((modifier - MODIFIER_BASE & 0x7FF) ^ 1024) - 1024;
                yield (in, out, _) -> fitNumeric(in[0], precision, scale, out);
            }
            case TIME, TIMESTAMP, TIMESTAMPTZ -> {
                long unit = unit(modifier);
                yield (in, out, _) -> out.setLong(roundMicros(in[0].longValue(), unit));
            }
            case INTERVAL -> (in, out, _) -> fitInterval(in[0], modifier, out);
            default -> null;
        };
    }

    private static long unit(int fractionalDigits) {
        return Numeric.powerOfTen(6 - Math.min(fractionalDigits, 6));
    }

    private static long roundMicros(long micros, long unit) {
        if (unit == 1 || Timestamps.isInfinite(micros)) {
            return micros;
        }
        long half = unit / 2;
        return micros >= 0 ? (micros + half) / unit * unit : -((-micros + half) / unit * unit);
    }

    private static void fitVarchar(Datum value, int most, boolean explicit, Datum out) {
        int end = Utf8.endOfCharacters(value, most);
        if (end == value.length()) {
            out.copyFrom(value);
            return;
        }
        requireBlanks(value, end, explicit, "character varying", most);
        out.setBytes(value.bytes(), value.offset(), end);
    }

    private static void fitChar(Datum value, int size, boolean explicit, Datum out) {
        int end = Utf8.endOfCharacters(value, size);
        if (end < value.length()) {
            requireBlanks(value, end, explicit, "character", size);
            out.setBytes(value.bytes(), value.offset(), end);
            return;
        }
        int missing = size - Utf8.characterCount(value);
        if (missing == 0) {
            out.copyFrom(value);
            return;
        }
        byte[] padded = new byte[value.length() + missing];
        System.arraycopy(value.bytes(), value.offset(), padded, 0, value.length());
        java.util.Arrays.fill(padded, value.length(), padded.length, (byte) ' ');
        out.setBytes(padded);
    }

    private static void requireBlanks(
            Datum value, int end, boolean explicit, String type, int most) {
        for (int i = end; i < value.length() && !explicit; i++) {
            if (value.bytes()[value.offset() + i] != ' ') {
                throw new DatabaseException(
                        SqlState.STRING_DATA_RIGHT_TRUNCATION,
                        "value too long for type " + type + "(" + most + ")");
            }
        }
    }

    private static void fitNumeric(Datum value, int precision, int scale, Datum out) {
        if (Numeric.isNaN(value)) {
            out.setNumeric(NumericSpecial.NAN);
            return;
        }
        if (Numeric.isSpecial(value)) {
            throw fieldOverflow(precision, scale, "cannot hold an infinite value.");
        }
        int shift = scale - value.numericScale();
        if (value.isSmallNumeric() && shift >= 0 && precision <= 18 && shift <= 18) {
            long limit = Numeric.powerOfTen(precision);
            long bound = limit / Numeric.powerOfTen(Math.min(shift, precision));
            long unscaled = value.longValue();
            if (shift <= precision && unscaled > -bound && unscaled < bound) {
                out.setNumeric(unscaled * Numeric.powerOfTen(shift), scale);
                return;
            }
        }
        BigDecimal rounded = value.numericValue().setScale(scale, RoundingMode.HALF_UP);
        if (rounded.unscaledValue().abs().compareTo(BigInteger.TEN.pow(precision)) >= 0) {
            int digits = precision - scale;
            throw fieldOverflow(
                    precision,
                    scale,
                    "must round to an absolute value less than "
                            + (digits == 0 ? "1." : "10^" + digits + "."));
        }
        Numeric.set(out, rounded);
    }

    private static DatabaseException fieldOverflow(int precision, int scale, String what) {
        return new DatabaseException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow")
                .withDetail(
                        "A field with precision " + precision + ", scale " + scale + " " + what);
    }

    /// Drops the fields below the last one of `interval year to month` and its like, and rounds the
    /// seconds.
    private static void fitInterval(Datum value, int modifier, Datum out) {
        int range = modifier >> 16 & INTERVAL_ALL;
        int precision = modifier & 0xFFFF;
        int months = value.intervalMonths();
        int days = value.intervalDays();
        long micros = value.intervalMicros();
        if (range != INTERVAL_ALL) {
            if ((range & INTERVAL_SECOND) == 0) {
                long unit =
                        (range & INTERVAL_MINUTE) != 0
                                ? Intervals.MICROS_PER_MINUTE
                                : (range & INTERVAL_HOUR) != 0 ? Intervals.MICROS_PER_HOUR : 0;
                micros = unit == 0 ? 0 : micros / unit * unit;
            }
            if (range == INTERVAL_YEAR) {
                months = months / 12 * 12;
            }
            if ((range & ~(INTERVAL_YEAR | INTERVAL_MONTH)) == 0) {
                days = 0;
            } else if ((range & INTERVAL_DAY) == 0 && micros == 0 && range == 0) {
                days = 0;
            }
        }
        if (precision <= 6) {
            micros = roundMicros(micros, unit(precision));
        }
        out.setInterval(months, days, micros);
    }
}
