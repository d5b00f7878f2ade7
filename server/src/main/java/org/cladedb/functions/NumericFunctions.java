package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;

/// Functions of numeric, with PostgreSQL's result scales.
final class NumericFunctions {
    private static final int FACTORIAL_ARGUMENT_MAX = 32_177;
    private static final int RESULT_SCALE_MAX = 2000;

    /// As many digits as a numeric can have before and after the point.
    private static final int INTEGER_DIGITS_MAX = 131_072;

    private static final int SCALE_MAX = 16_383;
    private static final BigDecimal NEAR_ONE = new BigDecimal("0.1");
    private static final double LOG10_E = 0.434294481903252;

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
        return value.numericValue().stripTrailingZeros();
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
        BigDecimal exact = value.numericValue();
        int precision = Math.max(1, (exact.precision() - exact.scale()) / 2 + 2) + scale + 2;
        // Truncation first keeps a result just below a half from being rounded twice.
        BigDecimal root = exact.sqrt(new MathContext(precision, RoundingMode.DOWN));
        Numeric.set(out, root.setScale(scale, RoundingMode.HALF_UP));
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
        double digits = exponent.doubleValue() * LOG10_E;
        digits = Math.clamp(digits, -RESULT_SCALE_MAX, RESULT_SCALE_MAX);
        int scale = limitScale(Numeric.SIGNIFICANT_DIGITS_MIN - (int) digits, Numeric.scale(value));
        setExponential(exponent, scale, out);
    }

    private static void setExponential(BigDecimal exponent, int scale, Datum out) {
        double estimate = exponent.doubleValue();
        // Beyond e^6000 PostgreSQL gives up; far below zero nothing is left of the result.
        if (estimate >= RESULT_SCALE_MAX * 3) {
            throw Failures.numericOverflow();
        }
        if (estimate < -RESULT_SCALE_MAX * 3) {
            out.setNumeric(BigDecimal.ZERO.setScale(scale));
            return;
        }
        int precision = Math.max(1, (int) (estimate * LOG10_E) + 1) + scale + 3;
        BigDecimal result = Transcendental.exp(exponent, precision);
        Numeric.set(out, result.setScale(scale, RoundingMode.HALF_UP));
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
        BigDecimal result = Transcendental.ln(value.numericValue(), scale + 10);
        Numeric.set(out, result.setScale(scale, RoundingMode.HALF_UP));
    }

    /// An estimate of the decimal weight of the value's natural logarithm, as PostgreSQL makes it.
    private static int logarithmWeight(Datum value) {
        BigDecimal exact = value.numericValue();
        if (exact.signum() <= 0) {
            return 0;
        }
        if (exact.compareTo(new BigDecimal("0.9")) >= 0
                && exact.compareTo(new BigDecimal("1.1")) <= 0) {
            Datum distance = new Datum();
            distance.setNumeric(exact.subtract(BigDecimal.ONE));
            if (Numeric.signum(distance) == 0) {
                return 0;
            }
            int weight = Numeric.weight(distance);
            return weight * 4 + (int) Math.log10(Numeric.firstGroup(distance, weight));
        }
        double logarithm = Transcendental.approximateLn(exact);
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
        int precision = scale + Math.abs(weight) + 12;
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
        BigDecimal whole = e.stripTrailingZeros();
        boolean integer = whole.scale() <= 0;
        if (integer && whole.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            int digits =
                    b.signum() == 0 ? 0 : (int) (approximateLog10(b.abs()) * whole.doubleValue());
            int scale =
                    limitScale(
                            Numeric.SIGNIFICANT_DIGITS_MIN - digits,
                            Math.max(b.scale(), e.scale()));
            integerPower(b, whole.intValueExact(), scale, out);
            return;
        }
        if (b.signum() < 0 && !integer) {
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
        int precision = scale + Math.abs((int) (estimate * LOG10_E)) + 20;
        BigDecimal logarithm = Transcendental.ln(b.abs(), precision + e.precision()).multiply(e);
        setExponential(logarithm, scale, out);
        if (b.signum() < 0 && whole.toBigInteger().testBit(0)) {
            out.setNumeric(out.numericValue().negate());
        }
    }

    /// The logarithm of a power as PostgreSQL estimates it, with eight digits: the scale of the
    /// result hangs on it.
    private static double estimatedLn(BigDecimal base, BigDecimal exponent) {
        BigDecimal beside = base.subtract(BigDecimal.ONE);
        boolean nearOne = beside.abs().compareTo(NEAR_ONE) <= 0 && beside.signum() != 0;
        double logarithm =
                nearOne ? Math.log1p(beside.doubleValue()) : Transcendental.approximateLn(base);
        int weight =
                nearOne
                        ? beside.precision() - beside.scale() - 1
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
        int exponent = value.precision() - value.scale() - 1;
        return Math.log10(value.movePointLeft(exponent).doubleValue()) + exponent;
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
                !Numeric.isSpecial(exponent)
                        && exponent.numericValue().stripTrailingZeros().scale() > 0;
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
        return value.numericValue().doubleValue();
    }

    private static void integerPower(BigDecimal base, int exponent, int scale, Datum out) {
        if (base.signum() == 0 || exponent == 0) {
            Numeric.set(out, (exponent == 0 ? BigDecimal.ONE : BigDecimal.ZERO).setScale(scale));
            return;
        }
        double digits = Transcendental.approximateLn(base.abs()) * LOG10_E * exponent;
        if (digits > 131_072) {
            throw Failures.numericOverflow();
        }
        if (digits < -scale - 2.0) {
            Numeric.set(out, BigDecimal.ZERO.setScale(scale));
            return;
        }
        int precision = Math.max(1, (int) digits + 1) + scale + 12;
        BigDecimal result = base.pow(Math.abs(exponent), new MathContext(precision + 10));
        if (exponent < 0) {
            result = BigDecimal.ONE.divide(result, new MathContext(precision));
        }
        Numeric.set(out, result.setScale(scale, RoundingMode.HALF_UP));
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
        return product(from, middle).multiply(product(middle + 1, to));
    }

    private static void divisor(Datum[] in, Datum out) {
        if (Numeric.isSpecial(in[0]) || Numeric.isSpecial(in[1])) {
            out.setNumeric(NumericSpecial.NAN);
            return;
        }
        int scale = Math.max(Numeric.scale(in[0]), Numeric.scale(in[1]));
        BigInteger left = in[0].numericValue().setScale(scale).unscaledValue();
        BigInteger right = in[1].numericValue().setScale(scale).unscaledValue();
        Numeric.set(out, new BigDecimal(left.gcd(right), scale));
    }

    private static void multiple(Datum[] in, Datum out) {
        if (Numeric.isSpecial(in[0]) || Numeric.isSpecial(in[1])) {
            out.setNumeric(NumericSpecial.NAN);
            return;
        }
        int scale = Math.max(Numeric.scale(in[0]), Numeric.scale(in[1]));
        BigInteger left = in[0].numericValue().setScale(scale).unscaledValue();
        BigInteger right = in[1].numericValue().setScale(scale).unscaledValue();
        BigInteger result =
                left.signum() == 0 || right.signum() == 0
                        ? BigInteger.ZERO
                        : left.divide(left.gcd(right)).multiply(right).abs();
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
                    in[0].numericValue()
                            .subtract(low)
                            .multiply(BigDecimal.valueOf(count))
                            .divideToIntegralValue(in[2].numericValue().subtract(low));
            out.setLong(share.longValue() + 1);
        }
    }
}
