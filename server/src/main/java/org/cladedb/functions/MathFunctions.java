package org.cladedb.functions;

import java.util.function.DoubleUnaryOperator;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Mathematics of integers and double precision.
final class MathFunctions {
    /// Beyond that a square is not told from the square less one, and then is infinite.
    private static final double SQUARE_MAX = 1e150;

    private MathFunctions() {}

    static void define(Definitions define) {
        defineRounding(define);
        defineRoots(define);
        defineTrigonometry(define);
        defineIntegers(define);
        define.function("pi() float8", (_, out, _) -> out.setDouble(Math.PI));
        define.function(
                "width_bucket(float8, float8, float8, int4) int4",
                (in, out, _) ->
                        out.setLong(
                                widthBucket(
                                        in[0].doubleValue(),
                                        in[1].doubleValue(),
                                        in[2].doubleValue(),
                                        in[3].longValue())));
    }

    private static void unary(Definitions define, String name, DoubleUnaryOperator operator) {
        define.function(
                name + "(float8) float8",
                (in, out, _) -> out.setDouble(operator.applyAsDouble(in[0].doubleValue())));
    }

    private static void defineRounding(Definitions define) {
        unary(define, "ceil", Math::ceil);
        unary(define, "ceiling", Math::ceil);
        unary(define, "floor", Math::floor);
        unary(define, "round", Math::rint);
        unary(define, "trunc", value -> value < 0 ? Math.ceil(value) : Math.floor(value));
        unary(define, "sign", value -> value > 0 ? 1 : value < 0 ? -1 : 0);
        unary(define, "degrees", value -> inRange(value, value / (Math.PI / 180)));
        unary(define, "radians", value -> inRange(value, value * (Math.PI / 180)));
    }

    /// `result` unless it became infinite, or zero, on the way.
    private static double inRange(double value, double result) {
        if (Double.isInfinite(result) && !Double.isInfinite(value)) {
            throw Failures.overflow();
        }
        if (result == 0 && value != 0) {
            throw Failures.underflow();
        }
        return result;
    }

    private static void defineRoots(Definitions define) {
        unary(define, "sqrt", MathFunctions::squareRoot);
        unary(define, "cbrt", Math::cbrt);
        define.operator(
                "|/(float8) float8",
                (in, out, _) -> out.setDouble(squareRoot(in[0].doubleValue())));
        define.operator(
                "||/(float8) float8",
                (in, out, _) -> out.setDouble(Math.cbrt(in[0].doubleValue())));
        unary(define, "exp", MathFunctions::exponential);
        unary(define, "ln", value -> Math.log(positive(value)));
        unary(define, "log", value -> Math.log10(positive(value)));
        unary(define, "log10", value -> Math.log10(positive(value)));
        ScalarFunction power =
                (in, out, _) -> out.setDouble(power(in[0].doubleValue(), in[1].doubleValue()));
        define.function("power(float8, float8) float8", power);
        define.function("pow(float8, float8) float8", power);
        define.operator("^(float8, float8) float8", power);
    }

    private static double squareRoot(double value) {
        if (value < 0) {
            throw new DatabaseException(
                    SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION,
                    "cannot take square root of a negative number");
        }
        return Math.sqrt(value);
    }

    private static double exponential(double value) {
        double result = Math.exp(value);
        if (Double.isInfinite(result) && !Double.isInfinite(value)) {
            throw Failures.overflow();
        }
        if (result == 0 && !Double.isInfinite(value)) {
            throw Failures.underflow();
        }
        return result;
    }

    static double positive(double value) {
        if (value == 0) {
            throw logarithmOf("zero");
        }
        if (value < 0) {
            throw logarithmOf("a negative number");
        }
        return value;
    }

    static DatabaseException logarithmOf(String what) {
        return new DatabaseException(
                SqlState.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of " + what);
    }

    static DatabaseException powerError(String message) {
        return new DatabaseException(SqlState.INVALID_ARGUMENT_FOR_POWER_FUNCTION, message);
    }

    private static double power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw powerError("zero raised to a negative power is undefined");
        }
        if (base < 0 && exponent != Math.floor(exponent) && !Double.isNaN(exponent)) {
            throw powerError(
                    "a negative number raised to a non-integer power yields a complex result");
        }
        if (base == 1 || exponent == 0) {
            return 1;
        }
        if (base == -1 && Double.isInfinite(exponent)) {
            return 1;
        }
        double result = Math.pow(base, exponent);
        if (Double.isFinite(base) && Double.isFinite(exponent)) {
            if (Double.isInfinite(result)) {
                throw Failures.overflow();
            }
            if (result == 0 && base != 0) {
                throw Failures.underflow();
            }
        }
        return result;
    }

    private static void defineTrigonometry(Definitions define) {
        unary(define, "sin", value -> finiteInput(value, Math.sin(value)));
        unary(define, "cos", value -> finiteInput(value, Math.cos(value)));
        unary(define, "tan", value -> finiteInput(value, Math.tan(value)));
        unary(define, "cot", value -> finiteInput(value, 1 / Math.tan(value)));
        unary(define, "asin", value -> Math.asin(withinOne(value)));
        unary(define, "acos", value -> Math.acos(withinOne(value)));
        unary(define, "atan", Math::atan);
        unary(define, "sinh", Math::sinh);
        unary(define, "cosh", Math::cosh);
        unary(define, "tanh", Math::tanh);
        unary(define, "asinh", MathFunctions::inverseSinh);
        unary(
                define,
                "acosh",
                value -> {
                    if (value < 1) {
                        throw Failures.inputOutOfRange();
                    }
                    return value < SQUARE_MAX
                            ? Math.log(value + Math.sqrt(value * value - 1))
                            : Math.log(value) + Math.log(2);
                });
        unary(
                define,
                "atanh",
                value -> {
                    if (value < -1 || value > 1) {
                        throw Failures.inputOutOfRange();
                    }
                    double size = Math.abs(value);
                    return Math.copySign(0.5 * Math.log1p(2 * size / (1 - size)), value);
                });
        define.function(
                "atan2(float8, float8) float8",
                (in, out, _) ->
                        out.setDouble(Math.atan2(in[0].doubleValue(), in[1].doubleValue())));
    }

    private static double finiteInput(double input, double result) {
        if (Double.isInfinite(input)) {
            throw Failures.inputOutOfRange();
        }
        return result;
    }

    private static double inverseSinh(double value) {
        double size = Math.abs(value);
        double square = size * size;
        double result =
                Double.isInfinite(square)
                        ? Math.log(size) + Math.log(2)
                        : Math.log1p(size + square / (1 + Math.sqrt(square + 1)));
        return Math.copySign(result, value);
    }

    private static double withinOne(double value) {
        if (value < -1 || value > 1) {
            throw Failures.inputOutOfRange();
        }
        return value;
    }

    private static void defineIntegers(Definitions define) {
        define.function(
                "gcd(int4, int4) int4",
                (in, out, _) ->
                        out.setLong(
                                IntegerOperators.integer(
                                        greatestDivisor(in[0].longValue(), in[1].longValue()))));
        define.function(
                "gcd(int8, int8) int8",
                (in, out, _) -> out.setLong(greatestDivisor(in[0].longValue(), in[1].longValue())));
        define.function(
                "lcm(int4, int4) int4",
                (in, out, _) ->
                        out.setLong(
                                IntegerOperators.integer(
                                        leastMultiple(in[0].longValue(), in[1].longValue()))));
        define.function(
                "lcm(int8, int8) int8",
                (in, out, _) -> out.setLong(leastMultiple(in[0].longValue(), in[1].longValue())));
    }

    private static long greatestDivisor(long left, long right) {
        long a = left;
        long b = right;
        while (b != 0) {
            long rest = b == -1 ? 0 : a % b;
            a = b;
            b = rest;
        }
        return a < 0 ? IntegerOperators.subtract(0, a) : a;
    }

    private static long leastMultiple(long left, long right) {
        if (left == 0 || right == 0) {
            return 0;
        }
        long result = IntegerOperators.multiply(left / greatestDivisor(left, right), right);
        return result < 0 ? IntegerOperators.subtract(0, result) : result;
    }

    private static long widthBucket(double value, double low, double high, long count) {
        if (count <= 0) {
            throw bucketError("count must be greater than zero");
        }
        if (Double.isNaN(value) || Double.isNaN(low) || Double.isNaN(high)) {
            throw bucketError("operand, lower bound, and upper bound cannot be NaN");
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            throw bucketError("lower and upper bounds must be finite");
        }
        if (low == high) {
            throw bucketError("lower bound cannot equal upper bound");
        }
        boolean ascending = low < high;
        if (ascending ? value < low : value > low) {
            return 0;
        }
        if (ascending ? value >= high : value <= high) {
            return IntegerOperators.integer(count + 1);
        }
        // Halves do not overflow; and a quotient may be rounded to 1, which it is not.
        double part =
                Double.isInfinite(high - low)
                        ? (value / 2 - low / 2) / (high / 2 - low / 2)
                        : (value - low) / (high - low);
        return Math.min((long) (count * part), count - 1) + 1;
    }

    static DatabaseException bucketError(String message) {
        return new DatabaseException(SqlState.INVALID_ARGUMENT_FOR_WIDTH_BUCKET, message);
    }
}
