package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.cladedb.common.Cancellation;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.decimal.LargeIntegers;
import org.cladedb.decimal.Transcendental;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;
import org.jspecify.annotations.Nullable;

/// Functions of numeric, with PostgreSQL's result scales.
final class NumericFunctions {
    private static final int FACTORIAL_ARGUMENT_MAX = 32_177;
    private static final int RESULT_SCALE_MAX = 2000;

    /// As many digits as a numeric can have before and after the point.
    private static final int INTEGER_DIGITS_MAX = 131_072;

    private static final int SCALE_MAX = 16_383;
    private static final BigDecimal NEAR_ONE = new BigDecimal("0.1");
    private static final double LOG10_E = 0.434294481903252;

    /// Digits computed beyond those that are shown.
    private static final int GUARD_DIGITS = 12;

    /// A power of so many bits is computed whole.
    private static final int EXACT_BITS_MAX = 20_000;

    /// Enough for a double.
    private static final int LEADING_DIGITS = 20;

    private NumericFunctions() {}

    static void define(Definitions define) {
        defineRounding(define);
        defineTranscendental(define);
        define.function("sign(numeric) numeric", (in, out, _) -> sign(in[0], out));
        define.function(
                "scale(numeric) int4",
                (in, out, _) -> {
                    if (Numeric.isSpecial(in[0])) {
                        out.setNull();
                    } else {
                        out.setLong(Numeric.scale(in[0]));
                    }
                });
        define.function(
                "min_scale(numeric) int4",
                (in, out, _) -> {
                    if (Numeric.isSpecial(in[0])) {
                        out.setNull();
                    } else {
                        out.setLong(Math.max(0, stripped(in[0]).scale()));
                    }
                });
        define.function(
                "trim_scale(numeric) numeric",
                (in, out, _) -> {
                    if (Numeric.isSpecial(in[0])) {
                        out.copyFrom(in[0]);
                    } else {
                        out.setNumeric(stripped(in[0]));
                    }
                });
        define.function("factorial(int8) numeric", (in, out, _) -> factorial(in[0], out));
        define.function("gcd(numeric, numeric) numeric", (in, out, _) -> divisor(in, out));
        define.function("lcm(numeric, numeric) numeric", (in, out, _) -> multiple(in, out));
        define.function(
                "width_bucket(numeric, numeric, numeric, int4) int4",
                (in, out, _) -> widthBucket(in, out));
    }

    private static BigDecimal stripped(Datum value) {
        return LargeDecimals.stripped(value.numericValue());
    }

    private static void defineRounding(Definitions define) {
        for (String name : new String[] {"ceil", "ceiling"}) {
            define.function(
                    name + "(numeric) numeric",
                    (in, out, _) -> Numeric.round(in[0], 0, RoundingMode.CEILING, out));
        }
        define.function(
                "floor(numeric) numeric",
                (in, out, _) -> Numeric.round(in[0], 0, RoundingMode.FLOOR, out));
        define.function(
                "round(numeric) numeric",
                (in, out, _) -> Numeric.round(in[0], 0, RoundingMode.HALF_UP, out));
        define.function(
                "trunc(numeric) numeric",
                (in, out, _) -> Numeric.round(in[0], 0, RoundingMode.DOWN, out));
        define.function(
                "round(numeric, int4) numeric",
                (in, out, _) -> Numeric.round(in[0], scale(in[1]), RoundingMode.HALF_UP, out));
        define.function(
                "trunc(numeric, int4) numeric",
                (in, out, _) -> Numeric.round(in[0], scale(in[1]), RoundingMode.DOWN, out));
    }

    private static int scale(Datum digits) {
        return Math.clamp(digits.longValue(), -INTEGER_DIGITS_MAX, SCALE_MAX);
    }

    private static void defineTranscendental(Definitions define) {
        define.function("sqrt(numeric) numeric", (in, out, _) -> squareRoot(in[0], out));
        define.function("exp(numeric) numeric", (in, out, _) -> exponential(in[0], out));
        define.function("ln(numeric) numeric", (in, out, _) -> naturalLogarithm(in[0], out));
        Datum ten = new Datum();
        ten.setNumeric(10, 0);
        for (String name : new String[] {"log", "log10"}) {
            define.function(name + "(numeric) numeric", (in, out, _) -> logarithm(ten, in[0], out));
        }
        define.function(
                "log(numeric, numeric) numeric", (in, out, _) -> logarithm(in[0], in[1], out));
        for (String name : new String[] {"power", "pow"}) {
            define.function(
                    name + "(numeric, numeric) numeric", (in, out, _) -> power(in[0], in[1], out));
        }
        define.operator("^(numeric, numeric) numeric", (in, out, _) -> power(in[0], in[1], out));
    }

    private static void sign(Datum value, Datum out) {
        if (Numeric.isNaN(value)) {
            out.setNumeric(NumericSpecial.NAN);
        } else {
            out.setNumeric(Numeric.signum(value), 0);
        }
    }

    private static int limitScale(int wanted, int atLeast) {
        return Math.clamp(Math.max(wanted, atLeast), 0, Numeric.DISPLAY_SCALE_MAX);
    }

    private static void squareRoot(Datum value, Datum out) {
        if (Numeric.isNaN(value)) {
            out.setNumeric(NumericSpecial.NAN);
            return;
        }
        if (Numeric.signum(value) < 0) {
            throw MathFunctions.powerError("cannot take square root of a negative number");
        }
        if (Numeric.isSpecial(value)) {
            out.copyFrom(value);
            return;
        }
        int digits = Numeric.weight(value) * 2 + 1;
        int scale = limitScale(Numeric.SIGNIFICANT_DIGITS_MIN - digits, Numeric.scale(value));
        Numeric.set(out, squareRoot(value.numericValue(), scale));
    }

    /// The root of a number that is not negative, with so many places.
    static BigDecimal squareRoot(BigDecimal value, int scale) {
        // Digits that the root does not show can at most make it longer than the root of a square.
        BigInteger units =
                LargeDecimals.withScale(value, 2 * scale, RoundingMode.DOWN).unscaledValue();
        BigInteger[] root = LargeIntegers.squareRoot(units);
        // (root + 1/2) squared is root squared + root + 1/4: between two whole numbers.
        boolean up = root[1].compareTo(root[0]) > 0;
        return new BigDecimal(up ? root[0].add(BigInteger.ONE) : root[0], scale);
    }

    private static void exponential(Datum value, Datum out) {
        if (Numeric.isSpecial(value)) {
            if (value.numericSpecial() == NumericSpecial.NEGATIVE_INFINITY) {
                out.setNumeric(0, 0);
            } else {
                out.copyFrom(value);
            }
            return;
        }
        BigDecimal exponent = value.numericValue();
        double digits = LargeDecimals.toDouble(exponent) * LOG10_E;
        digits = Math.clamp(digits, -RESULT_SCALE_MAX, RESULT_SCALE_MAX);
        int scale = limitScale(Numeric.SIGNIFICANT_DIGITS_MIN - (int) digits, Numeric.scale(value));
        setExponential(exponent, scale, out);
    }

    private static void setExponential(BigDecimal exponent, int scale, Datum out) {
        double estimate = LargeDecimals.toDouble(exponent);
        // Beyond e^6000 PostgreSQL gives up; far below zero nothing is left of the result.
        if (estimate >= RESULT_SCALE_MAX * 3) {
            throw Failures.numericOverflow();
        }
        if (estimate < -RESULT_SCALE_MAX * 3) {
            out.setNumeric(BigDecimal.ZERO.setScale(scale));
            return;
        }
        int digits = Math.max(1, (int) (estimate * LOG10_E) + 1 + scale) + GUARD_DIGITS;
        BigDecimal result = Transcendental.exp(exponent, digits);
        Numeric.set(out, LargeDecimals.withScale(result, scale, RoundingMode.HALF_UP));
    }

    private static void requirePositive(Datum value) {
        if (Numeric.signum(value) < 0) {
            throw MathFunctions.logarithmOf("a negative number");
        }
        if (Numeric.signum(value) == 0) {
            throw MathFunctions.logarithmOf("zero");
        }
    }

    private static void naturalLogarithm(Datum value, Datum out) {
        if (Numeric.isNaN(value)) {
            out.copyFrom(value);
            return;
        }
        requirePositive(value);
        if (Numeric.isSpecial(value)) {
            out.copyFrom(value);
            return;
        }
        int scale =
                limitScale(
                        Numeric.SIGNIFICANT_DIGITS_MIN - logarithmWeight(value),
                        Numeric.scale(value));
        BigDecimal result = Transcendental.ln(value.numericValue(), scale + GUARD_DIGITS);
        Numeric.set(out, result.setScale(scale, RoundingMode.HALF_UP));
    }

    /// An estimate of the decimal weight of the value's natural logarithm, as PostgreSQL makes it.
    private static int logarithmWeight(Datum value) {
        BigDecimal exact = value.numericValue();
        if (exact.signum() <= 0) {
            return 0;
        }
        if (LargeDecimals.compare(exact, new BigDecimal("0.9")) >= 0
                && LargeDecimals.compare(exact, new BigDecimal("1.1")) <= 0) {
            Datum distance = new Datum();
            distance.setNumeric(exact.subtract(BigDecimal.ONE));
            if (Numeric.signum(distance) == 0) {
                return 0;
            }
            int weight = Numeric.weight(distance);
            return weight * 4 + (int) Math.log10(Numeric.firstGroup(distance, weight));
        }
        double logarithm = LargeDecimals.approximateLn(exact);
        return (int) Math.log10(Math.abs(logarithm));
    }

    private static void logarithm(Datum base, Datum value, Datum out) {
        if (Numeric.isNaN(base) || Numeric.isNaN(value)) {
            out.setNumeric(NumericSpecial.NAN);
            return;
        }
        requirePositive(base);
        requirePositive(value);
        if (Numeric.isSpecial(base) || Numeric.isSpecial(value)) {
            if (!Numeric.isSpecial(base)) {
                out.setNumeric(NumericSpecial.POSITIVE_INFINITY);
            } else if (Numeric.isSpecial(value)) {
                out.setNumeric(NumericSpecial.NAN);
            } else {
                out.setNumeric(0, 0);
            }
            return;
        }
        int weight = logarithmWeight(value) - logarithmWeight(base);
        int scale =
                limitScale(
                        Numeric.SIGNIFICANT_DIGITS_MIN - weight,
                        Math.max(Numeric.scale(base), Numeric.scale(value)));
        int precision = scale + Math.abs(weight) + GUARD_DIGITS;
        BigDecimal divisor = Transcendental.ln(base.numericValue(), precision);
        if (divisor.signum() == 0) {
            throw Failures.divisionByZero();
        }
        BigDecimal result =
                Transcendental.ln(value.numericValue(), precision)
                        .divide(divisor, scale, RoundingMode.HALF_UP);
        Numeric.set(out, result);
    }

    private static void power(Datum base, Datum exponent, Datum out) {
        if (Numeric.isSpecial(base) || Numeric.isSpecial(exponent)) {
            powerOfSpecial(base, exponent, out);
            return;
        }
        BigDecimal b = base.numericValue();
        BigDecimal e = exponent.numericValue();
        if (b.signum() == 0 && e.signum() < 0) {
            throw MathFunctions.powerError("zero raised to a negative power is undefined");
        }
        BigInteger whole = wholeNumber(e);
        if (whole != null && whole.bitLength() < Integer.SIZE) {
            int digits =
                    b.signum() == 0 ? 0 : (int) (approximateLog10(b.abs()) * whole.doubleValue());
            int scale =
                    limitScale(
                            Numeric.SIGNIFICANT_DIGITS_MIN - digits,
                            Math.max(b.scale(), e.scale()));
            integerPower(b, whole.intValue(), scale, out);
            return;
        }
        if (b.signum() < 0 && whole == null) {
            throw MathFunctions.powerError(
                    "a negative number raised to a non-integer power yields a complex result");
        }
        if (b.signum() == 0) {
            out.setNumeric(0, Numeric.SIGNIFICANT_DIGITS_MIN);
            return;
        }
        double estimate = estimatedLn(b.abs(), e);
        if (Math.abs(estimate) > RESULT_SCALE_MAX * 3.01) {
            if (estimate > 0) {
                throw Failures.numericOverflow();
            }
            out.setNumeric(BigDecimal.ZERO.setScale(Numeric.DISPLAY_SCALE_MAX));
            return;
        }
        int scale =
                limitScale(
                        Numeric.SIGNIFICANT_DIGITS_MIN - (int) (estimate * LOG10_E),
                        Math.max(b.scale(), e.scale()));
        // Only as many digits of the logarithm as the result shows, those before the point
        // included.
        int digits = Math.max(0, scale + (int) (estimate * LOG10_E));
        int logarithmScale =
                Math.max(0, digits + LargeDecimals.integerDigits(e) + 2 * GUARD_DIGITS);
        BigDecimal logarithm =
                LargeDecimals.multiply(Transcendental.ln(b.abs(), logarithmScale), e);
        setExponential(logarithm, scale, out);
        if (b.signum() < 0 && whole != null && whole.testBit(0)) {
            out.setNumeric(out.numericValue().negate());
        }
    }

    /// The integer that a number is, null when it is none.
    private static @Nullable BigInteger wholeNumber(BigDecimal value) {
        if (value.scale() <= 0) {
            return LargeDecimals.withScale(value, 0, RoundingMode.UNNECESSARY).unscaledValue();
        }
        BigInteger[] parts =
                LargeIntegers.divide(
                        value.unscaledValue(), LargeIntegers.powerOfTen(value.scale()));
        return parts[1].signum() == 0 ? parts[0] : null;
    }

    /// The logarithm of a power as PostgreSQL estimates it, with eight digits: the scale of the
    /// result hangs on it.
    private static double estimatedLn(BigDecimal base, BigDecimal exponent) {
        BigDecimal beside = base.subtract(BigDecimal.ONE);
        boolean nearOne =
                LargeDecimals.compare(beside.abs(), NEAR_ONE) <= 0 && beside.signum() != 0;
        double logarithm =
                nearOne
                        ? Math.log1p(LargeDecimals.toDouble(beside))
                        : LargeDecimals.approximateLn(base);
        int weight =
                nearOne
                        ? LargeDecimals.integerDigits(beside) - 1
                        : logarithm == 0 ? 0 : (int) Math.log10(Math.abs(logarithm));
        int scale = Math.max(8 - weight, 0);
        return new BigDecimal(logarithm)
                .setScale(scale, RoundingMode.HALF_UP)
                .multiply(exponent)
                .setScale(scale, RoundingMode.HALF_UP)
                .doubleValue();
    }

    /// Exact for powers of ten.
    private static double approximateLog10(BigDecimal value) {
        int exponent = LargeDecimals.integerDigits(value) - 1;
        BigDecimal leading =
                LargeDecimals.withScale(value, LEADING_DIGITS - exponent, RoundingMode.DOWN);
        return Math.log10(leading.movePointLeft(exponent).doubleValue()) + exponent;
    }

    private static void powerOfSpecial(Datum base, Datum exponent, Datum out) {
        double b = Numeric.isSpecial(base) ? CastFunctions.toDouble(base) : clampedDouble(base);
        double e =
                Numeric.isSpecial(exponent)
                        ? CastFunctions.toDouble(exponent)
                        : clampedDouble(exponent);
        if (b == 0 && e < 0) {
            throw MathFunctions.powerError("zero raised to a negative power is undefined");
        }
        boolean fraction =
                !Numeric.isSpecial(exponent) && wholeNumber(exponent.numericValue()) == null;
        if (b < 0 && fraction) {
            throw MathFunctions.powerError(
                    "a negative number raised to a non-integer power yields a complex result");
        }
        boolean one = b == 1 || e == 0 || (b == -1 && Double.isInfinite(e));
        double result = one ? 1 : Math.pow(b, e);
        if (Double.isNaN(result)) {
            out.setNumeric(NumericSpecial.NAN);
        } else if (Double.isInfinite(result)) {
            out.setNumeric(
                    result > 0
                            ? NumericSpecial.POSITIVE_INFINITY
                            : NumericSpecial.NEGATIVE_INFINITY);
        } else {
            out.setNumeric((long) result, 0);
        }
    }

    private static double clampedDouble(Datum value) {
        return LargeDecimals.toDouble(value.numericValue());
    }

    private static void integerPower(BigDecimal base, int exponent, int scale, Datum out) {
        if (base.signum() == 0 || exponent == 0) {
            Numeric.set(out, (exponent == 0 ? BigDecimal.ONE : BigDecimal.ZERO).setScale(scale));
            return;
        }
        double digits = LargeDecimals.approximateLn(base.abs()) * LOG10_E * exponent;
        if (digits > 131_072) {
            throw Failures.numericOverflow();
        }
        if (digits < -scale - 2.0) {
            Numeric.set(out, BigDecimal.ZERO.setScale(scale));
            return;
        }
        Numeric.set(
                out,
                LargeDecimals.withScale(
                        power(base, exponent, (int) digits, scale), scale, RoundingMode.HALF_UP));
    }

    /// Exact where that is short: so that ties are rounded as such.
    private static BigDecimal power(BigDecimal base, int exponent, int digits, int scale) {
        long size = (long) base.unscaledValue().bitLength() * Math.abs((long) exponent);
        if (size <= EXACT_BITS_MAX) {
            int times = Math.abs(exponent);
            BigDecimal exact =
                    new BigDecimal(
                            LargeIntegers.power(base.unscaledValue(), times),
                            Math.multiplyExact(base.scale(), times));
            return exponent > 0
                    ? exact
                    : LargeDecimals.divide(BigDecimal.ONE, exact, scale, RoundingMode.HALF_UP);
        }
        int significant = Math.max(1, digits + 1 + scale) + GUARD_DIGITS;
        BigDecimal result = Transcendental.power(base.abs(), exponent, significant);
        return base.signum() < 0 && (exponent & 1) != 0 ? result.negate() : result;
    }

    private static void factorial(Datum value, Datum out) {
        long number = value.longValue();
        if (number < 0) {
            throw new DatabaseException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "factorial of a negative number is undefined");
        }
        if (number > FACTORIAL_ARGUMENT_MAX) {
            throw Failures.numericOverflow();
        }
        out.setNumeric(new BigDecimal(product(1, number)));
    }

    private static BigInteger product(long from, long to) {
        if (to - from < 8) {
            BigInteger result = BigInteger.ONE;
            for (long i = Math.max(1, from); i <= to; i++) {
                result = result.multiply(BigInteger.valueOf(i));
            }
            return result;
        }
        Cancellation.check();
        long middle = (from + to) >>> 1;
        return LargeIntegers.multiply(product(from, middle), product(middle + 1, to));
    }

    private static void divisor(Datum[] in, Datum out) {
        if (Numeric.isSpecial(in[0]) || Numeric.isSpecial(in[1])) {
            out.setNumeric(NumericSpecial.NAN);
            return;
        }
        int scale = Math.max(Numeric.scale(in[0]), Numeric.scale(in[1]));
        BigInteger result =
                LargeIntegers.greatestCommonDivisor(
                        Numeric.unscaled(in[0], scale), Numeric.unscaled(in[1], scale));
        Numeric.set(out, new BigDecimal(result, scale));
    }

    private static void multiple(Datum[] in, Datum out) {
        if (Numeric.isSpecial(in[0]) || Numeric.isSpecial(in[1])) {
            out.setNumeric(NumericSpecial.NAN);
            return;
        }
        int scale = Math.max(Numeric.scale(in[0]), Numeric.scale(in[1]));
        BigInteger left = Numeric.unscaled(in[0], scale);
        BigInteger right = Numeric.unscaled(in[1], scale);
        BigInteger result =
                left.signum() == 0 || right.signum() == 0
                        ? BigInteger.ZERO
                        : LargeIntegers.multiply(
                                        LargeIntegers.divide(
                                                left,
                                                LargeIntegers.greatestCommonDivisor(left, right))[
                                                0],
                                        right)
                                .abs();
        Numeric.set(out, new BigDecimal(result, scale));
    }

    private static void widthBucket(Datum[] in, Datum out) {
        long count = in[3].longValue();
        if (count <= 0) {
            throw MathFunctions.bucketError("count must be greater than zero");
        }
        if (Numeric.isNaN(in[0]) || Numeric.isNaN(in[1]) || Numeric.isNaN(in[2])) {
            throw MathFunctions.bucketError("operand, lower bound, and upper bound cannot be NaN");
        }
        if (Numeric.isSpecial(in[1]) || Numeric.isSpecial(in[2])) {
            throw MathFunctions.bucketError("lower and upper bounds must be finite");
        }
        int order = Numeric.compare(in[1], in[2]);
        if (order == 0) {
            throw MathFunctions.bucketError("lower bound cannot equal upper bound");
        }
        if (Numeric.compare(in[0], in[1]) * order > 0) {
            out.setLong(0);
        } else if (Numeric.compare(in[0], in[2]) * order <= 0) {
            out.setLong(IntegerOperators.integer(count + 1));
        } else {
            BigDecimal low = in[1].numericValue();
            BigDecimal share =
                    LargeDecimals.divide(
                            in[0].numericValue().subtract(low).multiply(BigDecimal.valueOf(count)),
                            in[2].numericValue().subtract(low),
                            0,
                            RoundingMode.DOWN);
            out.setLong(share.longValue() + 1);
        }
    }
}
