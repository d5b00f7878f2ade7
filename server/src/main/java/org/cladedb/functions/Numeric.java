package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.decimal.LargeIntegers;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;
import org.jspecify.annotations.Nullable;

/// Arithmetic of type numeric with PostgreSQL's result scales.
///
/// Values whose digits fit a long are computed without allocation; whatever does not fit goes
/// through [BigDecimal].
final class Numeric {
    static final int SCALE_MAX = 16383;
    static final int DISPLAY_SCALE_MAX = 1000;
    static final int SIGNIFICANT_DIGITS_MIN = 16;
    private static final int INTEGER_DIGITS_MAX = 131072;
    private static final int DIGITS_PER_GROUP = 4;
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Numeric() {}

    /// 10 to the power of 0 to 18.
    static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }

    static boolean isNaN(Datum value) {
        return value.numericSpecial() == NumericSpecial.NAN;
    }

    static boolean isSpecial(Datum value) {
        return value.numericSpecial() != null;
    }

    static int scale(Datum value) {
        return value.isSmallNumeric() ? value.numericScale() : value.numericValue().scale();
    }

    /// -1, 0 or 1; NaN counts as positive.
    static int signum(Datum value) {
        NumericSpecial special = value.numericSpecial();
        if (special != null) {
            return special == NumericSpecial.NEGATIVE_INFINITY ? -1 : 1;
        }
        return value.isSmallNumeric()
                ? Long.signum(value.longValue())
                : value.numericValue().signum();
    }

    /// Stores a result, refusing what PostgreSQL's format cannot hold.
    static void set(Datum out, BigDecimal value) {
        BigDecimal result =
                value.scale() > SCALE_MAX
                        ? LargeDecimals.withScale(value, SCALE_MAX, RoundingMode.HALF_UP)
                        : value;
        if (LargeDecimals.integerDigits(result) > INTEGER_DIGITS_MAX && result.signum() != 0) {
            throw Failures.numericOverflow();
        }
        out.setNumeric(result);
    }

    static void add(Datum left, Datum right, Datum out) {
        if (left.isSmallNumeric() && right.isSmallNumeric()) {
            long a = left.longValue();
            long b = right.longValue();
            int scale = Math.max(left.numericScale(), right.numericScale());
            int shiftLeft = scale - left.numericScale();
            int shiftRight = scale - right.numericScale();
            if (fits(a, shiftLeft) && fits(b, shiftRight)) {
                a *= POWERS[shiftLeft];
                b *= POWERS[shiftRight];
                long sum = a + b;
                if (((a ^ sum) & (b ^ sum)) >= 0) {
                    out.setNumeric(sum, scale);
                    return;
                }
            }
        } else if (addSpecial(left.numericSpecial(), right.numericSpecial(), out)) {
            return;
        }
        set(out, left.numericValue().add(right.numericValue()));
    }

    static void subtract(Datum left, Datum right, Datum out) {
        if (left.isSmallNumeric() && right.isSmallNumeric()) {
            long a = left.longValue();
            long b = right.longValue();
            int scale = Math.max(left.numericScale(), right.numericScale());
            int shiftLeft = scale - left.numericScale();
            int shiftRight = scale - right.numericScale();
            if (fits(a, shiftLeft) && fits(b, shiftRight)) {
                a *= POWERS[shiftLeft];
                b *= POWERS[shiftRight];
                long difference = a - b;
                if (((a ^ b) & (a ^ difference)) >= 0) {
                    out.setNumeric(difference, scale);
                    return;
                }
            }
        } else if (addSpecial(left.numericSpecial(), opposite(right.numericSpecial()), out)) {
            return;
        }
        set(out, left.numericValue().subtract(right.numericValue()));
    }

    private static boolean fits(long value, int shift) {
        if (shift == 0) {
            return true;
        }
        if (shift >= POWERS.length) {
            return false;
        }
        long high = Math.multiplyHigh(value, POWERS[shift]);
        return high == (value * POWERS[shift]) >> 63;
    }

    private static @Nullable NumericSpecial opposite(@Nullable NumericSpecial special) {
        if (special == null) {
            return null;
        }
        return switch (special) {
            case NEGATIVE_INFINITY -> NumericSpecial.POSITIVE_INFINITY;
            case POSITIVE_INFINITY -> NumericSpecial.NEGATIVE_INFINITY;
            case NAN -> NumericSpecial.NAN;
        };
    }

    private static boolean addSpecial(
            @Nullable NumericSpecial left, @Nullable NumericSpecial right, Datum out) {
        if (left == null && right == null) {
            return false;
        }
        if (left == null || right == null) {
            out.setNumeric(left == null ? orNaN(right) : left);
        } else {
            out.setNumeric(left == right ? left : NumericSpecial.NAN);
        }
        return true;
    }

    private static NumericSpecial orNaN(@Nullable NumericSpecial special) {
        return special == null ? NumericSpecial.NAN : special;
    }

    static void multiply(Datum left, Datum right, Datum out) {
        if (left.isSmallNumeric() && right.isSmallNumeric()) {
            long a = left.longValue();
            long b = right.longValue();
            int scale = left.numericScale() + right.numericScale();
            long product = a * b;
            if (scale <= SCALE_MAX && Math.multiplyHigh(a, b) == product >> 63) {
                out.setNumeric(product, scale);
                return;
            }
        } else if (isSpecial(left) || isSpecial(right)) {
            setSigned(isNaN(left) || isNaN(right) ? 0 : signum(left) * signum(right), out);
            return;
        }
        set(out, LargeDecimals.multiply(left.numericValue(), right.numericValue()));
    }

    /// The infinity of this sign; NaN for 0.
    private static void setSigned(int sign, Datum out) {
        out.setNumeric(
                sign == 0
                        ? NumericSpecial.NAN
                        : sign > 0
                                ? NumericSpecial.POSITIVE_INFINITY
                                : NumericSpecial.NEGATIVE_INFINITY);
    }

    static void divide(Datum left, Datum right, Datum out) {
        if (isSpecial(left) || isSpecial(right)) {
            divideSpecial(left, right, out);
            return;
        }
        if (signum(right) == 0) {
            throw Failures.divisionByZero();
        }
        int scale = divisionScale(left, right);
        if (left.isSmallNumeric()
                && right.isSmallNumeric()
                && divideSmall(left, right, scale, out)) {
            return;
        }
        set(
                out,
                LargeDecimals.divide(
                        left.numericValue(), right.numericValue(), scale, RoundingMode.HALF_UP));
    }

    private static void divideSpecial(Datum left, Datum right, Datum out) {
        if (isNaN(left) || isNaN(right) || (isSpecial(left) && isSpecial(right))) {
            out.setNumeric(NumericSpecial.NAN);
        } else if (isSpecial(right)) {
            out.setNumeric(0, 0);
        } else if (signum(right) == 0) {
            throw Failures.divisionByZero();
        } else {
            setSigned(signum(left) * signum(right), out);
        }
    }

    /// Long division by as many decimal digits at a time as fit; false when the result does not.
    private static boolean divideSmall(Datum left, Datum right, int scale, Datum out) {
        long dividend = left.longValue();
        long divisor = right.longValue();
        if (dividend == Long.MIN_VALUE || divisor == Long.MIN_VALUE) {
            return false;
        }
        boolean negative = (dividend ^ divisor) < 0;
        dividend = Math.abs(dividend);
        divisor = Math.abs(divisor);
        int digits = 18;
        while (digits > 0 && divisor > Long.MAX_VALUE / POWERS[digits]) {
            digits--;
        }
        int shift = scale + right.numericScale() - left.numericScale();
        long quotient = dividend / divisor;
        long rest = dividend % divisor;
        while (shift > 0) {
            int step = Math.min(shift, digits);
            if (step == 0 || quotient > (Long.MAX_VALUE - POWERS[step]) / POWERS[step]) {
                return false;
            }
            long scaled = rest * POWERS[step];
            quotient = quotient * POWERS[step] + scaled / divisor;
            rest = scaled % divisor;
            shift -= step;
        }
        if (rest >= divisor - rest) {
            quotient++;
        }
        out.setNumeric(negative ? -quotient : quotient, scale);
        return true;
    }

    /// The scale of a quotient: at least 16 significant digits, and no fewer than either input.
    static int divisionScale(Datum left, Datum right) {
        int weightLeft = weight(left);
        int weightRight = weight(right);
        int weight = weightLeft - weightRight;
        if (firstGroup(left, weightLeft) <= firstGroup(right, weightRight)) {
            weight--;
        }
        int scale = SIGNIFICANT_DIGITS_MIN - weight * DIGITS_PER_GROUP;
        scale = Math.max(scale, Math.max(scale(left), scale(right)));
        return Math.min(Math.max(scale, 0), DISPLAY_SCALE_MAX);
    }

    /// The power of 10000 that the first digit group stands for, as in PostgreSQL's format; 0 for
    /// zero.
    static int weight(Datum value) {
        if (signum(value) == 0) {
            return 0;
        }
        int digits =
                value.isSmallNumeric()
                        ? digitCount(value.longValue())
                        : LargeDecimals.precision(value.numericValue());
        return Math.floorDiv(digits - scale(value) - 1, DIGITS_PER_GROUP);
    }

    /// The first group of four decimal digits (at places that are multiples of four).
    static int firstGroup(Datum value, int weight) {
        if (signum(value) == 0) {
            // A zero may have more places than there are powers.
            return 0;
        }
        if (value.isSmallNumeric()) {
            long magnitude = value.longValue();
            int places = value.numericScale() + weight * DIGITS_PER_GROUP;
            if (magnitude != Long.MIN_VALUE) {
                magnitude = Math.abs(magnitude);
                return (int)
                        (places >= 0 ? magnitude / POWERS[places] : magnitude * POWERS[-places]);
            }
        }
        return LargeDecimals.withScale(
                        value.numericValue().abs(), -weight * DIGITS_PER_GROUP, RoundingMode.DOWN)
                .unscaledValue()
                .intValue();
    }

    private static int digitCount(long value) {
        if (value == Long.MIN_VALUE) {
            return 19;
        }
        long magnitude = Math.abs(value);
        int digits = 1;
        while (digits < POWERS.length && magnitude >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    static void modulo(Datum left, Datum right, Datum out) {
        if (isSpecial(left) || isSpecial(right)) {
            if (!isNaN(left) && !isNaN(right) && !isSpecial(left)) {
                out.copyFrom(left);
            } else if (!isNaN(right) && !isNaN(left) && signum(right) == 0) {
                throw Failures.divisionByZero();
            } else {
                out.setNumeric(NumericSpecial.NAN);
            }
            return;
        }
        if (signum(right) == 0) {
            throw Failures.divisionByZero();
        }
        int scale = Math.max(scale(left), scale(right));
        if (left.isSmallNumeric() && right.isSmallNumeric()) {
            int shiftLeft = scale - left.numericScale();
            int shiftRight = scale - right.numericScale();
            if (fits(left.longValue(), shiftLeft) && fits(right.longValue(), shiftRight)) {
                out.setNumeric(
                        left.longValue()
                                * POWERS[shiftLeft]
                                % (right.longValue() * POWERS[shiftRight]),
                        scale);
                return;
            }
        }
        BigInteger dividend = unscaled(left, scale);
        set(out, new BigDecimal(LargeIntegers.divide(dividend, unscaled(right, scale))[1], scale));
    }

    /// The quotient without its fraction.
    static void quotient(Datum left, Datum right, Datum out) {
        if (isSpecial(left) || isSpecial(right)) {
            divideSpecial(left, right, out);
            return;
        }
        if (signum(right) == 0) {
            throw Failures.divisionByZero();
        }
        int scale = Math.max(scale(left), scale(right));
        BigInteger dividend = unscaled(left, scale);
        set(out, new BigDecimal(LargeIntegers.divide(dividend, unscaled(right, scale))[0]));
    }

    /// The digits with so many places, no fewer than it has.
    static BigInteger unscaled(Datum value, int scale) {
        return LargeDecimals.withScale(value.numericValue(), scale, RoundingMode.UNNECESSARY)
                .unscaledValue();
    }

    static void negate(Datum value, Datum out) {
        NumericSpecial special = opposite(value.numericSpecial());
        if (special != null) {
            out.setNumeric(special);
        } else if (value.isSmallNumeric() && value.longValue() != Long.MIN_VALUE) {
            out.setNumeric(-value.longValue(), value.numericScale());
        } else {
            out.setNumeric(value.numericValue().negate());
        }
    }

    static void absolute(Datum value, Datum out) {
        if (signum(value) < 0) {
            negate(value, out);
        } else {
            out.copyFrom(value);
        }
    }

    static int compare(Datum left, Datum right) {
        if (left.isSmallNumeric() && right.isSmallNumeric()) {
            int difference = left.numericScale() - right.numericScale();
            if (difference == 0) {
                return Long.compare(left.longValue(), right.longValue());
            }
            if (difference > 0 && fits(right.longValue(), difference)) {
                return Long.compare(left.longValue(), right.longValue() * POWERS[difference]);
            }
            if (difference < 0 && fits(left.longValue(), -difference)) {
                return Long.compare(left.longValue() * POWERS[-difference], right.longValue());
            }
        } else if (isSpecial(left) || isSpecial(right)) {
            return Integer.compare(rank(left), rank(right));
        }
        return LargeDecimals.compare(left.numericValue(), right.numericValue());
    }

    private static int rank(Datum value) {
        NumericSpecial special = value.numericSpecial();
        if (special == null) {
            return 0;
        }
        return switch (special) {
            case NEGATIVE_INFINITY -> -1;
            case POSITIVE_INFINITY -> 1;
            case NAN -> 2;
        };
    }

    /// Rounds to `scale` fractional digits, which may be negative.
    static void round(Datum value, int scale, RoundingMode mode, Datum out) {
        if (isSpecial(value)) {
            out.copyFrom(value);
            return;
        }
        if (value.isSmallNumeric() && value.longValue() == 0) {
            out.setNumeric(0, Math.max(0, scale));
            return;
        }
        BigDecimal rounded = LargeDecimals.withScale(value.numericValue(), scale, mode);
        set(
                out,
                scale < 0
                        ? LargeDecimals.withScale(rounded, 0, RoundingMode.UNNECESSARY)
                        : rounded);
    }

    /// The exact long nearest to the value (halves away from zero), or throws that `what` is out of
    /// range.
    static long toLong(Datum value, long least, long most, String what) {
        NumericSpecial special = value.numericSpecial();
        if (special != null) {
            String name = special == NumericSpecial.NAN ? "NaN" : "infinity";
            throw Failures.cannotConvert(name, what);
        }
        long result;
        if (value.isSmallNumeric() && value.numericScale() == 0) {
            result = value.longValue();
        } else {
            BigInteger whole =
                    value.numericValue().setScale(0, RoundingMode.HALF_UP).unscaledValue();
            if (whole.bitLength() >= Long.SIZE) {
                throw Failures.outOfRange(what);
            }
            result = whole.longValue();
        }
        if (result < least || result > most) {
            throw Failures.outOfRange(what);
        }
        return result;
    }
}
