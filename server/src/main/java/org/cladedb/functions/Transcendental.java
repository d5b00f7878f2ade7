package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.cladedb.common.Cancellation;

/// Exponentials and logarithms of any precision.
final class Transcendental {
    private static final double LN_10 = Math.log(10);

    private Transcendental() {}

    /// e to the power of `exponent`, to about `precision` significant digits.
    static BigDecimal exp(BigDecimal exponent, int precision) {
        if (exponent.signum() == 0) {
            return BigDecimal.ONE;
        }
        if (exponent.signum() < 0) {
            return BigDecimal.ONE.divide(
                    exp(exponent.negate(), precision), new MathContext(precision + 2));
        }
        // Halving the exponent until it is small makes the series short; squaring undoes it.
        int halvings =
                Math.max(0, (int) Math.ceil(Math.log(exponent.doubleValue() * 256) / Math.log(2)));
        MathContext context = new MathContext(precision + halvings / 3 + 10);
        BigDecimal small =
                exponent.divide(new BigDecimal(BigInteger.ONE.shiftLeft(halvings)), context);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        BigDecimal enough = BigDecimal.ONE.movePointLeft(context.getPrecision() + 2);
        for (int i = 1; term.compareTo(enough) > 0; i++) {
            Cancellation.check();
            term = term.multiply(small, context).divide(BigDecimal.valueOf(i), context);
            sum = sum.add(term, context);
        }
        for (int i = 0; i < halvings; i++) {
            Cancellation.check();
            sum = sum.multiply(sum, context);
        }
        return sum.round(new MathContext(precision + 2));
    }

    /// The natural logarithm of a positive number with an error below 10^-`scale`.
    static BigDecimal ln(BigDecimal value, int scale) {
        int exponent = value.precision() - value.scale() - 1;
        BigDecimal mantissa = value.movePointLeft(exponent);
        BigDecimal result = lnOfMantissa(mantissa, scale + 5);
        if (exponent != 0) {
            BigDecimal ofTen = lnOfMantissa(BigDecimal.TEN, scale + 10);
            result = result.add(ofTen.multiply(BigDecimal.valueOf(exponent)));
        }
        return result.setScale(scale + 3, RoundingMode.HALF_EVEN);
    }

    /// Halley's iteration on exp from a double's logarithm: every step triples the digits.
    private static BigDecimal lnOfMantissa(BigDecimal value, int scale) {
        if (value.compareTo(BigDecimal.ONE) == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal result = new BigDecimal(Math.log(value.doubleValue()));
        int correct = 14;
        while (correct < scale + 5) {
            Cancellation.check();
            correct = correct * 3 - 2;
            int precision = Math.min(correct, scale + 5) + 5;
            MathContext context = new MathContext(precision);
            BigDecimal power = exp(result, precision);
            BigDecimal step =
                    value.subtract(power)
                            .multiply(BigDecimal.TWO)
                            .divide(value.add(power), context);
            result = result.add(step, context);
        }
        return result;
    }

    /// The natural logarithm of a positive number of any size as a double.
    static double approximateLn(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        double mantissa = value.movePointLeft(exponent).doubleValue();
        return Math.log(mantissa) + exponent * LN_10;
    }
}
