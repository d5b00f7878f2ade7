package org.cladedb.functions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.cladedb.decimal.LargeDecimals;

/// A number in decimal, as a [NumberPattern] wants it: what [NumberFormat] then puts in its places.
///
/// @param text digits and at most one point, without a sign; or a word for NaN and infinity
/// @param fractionDigits places behind the point, which may be fewer than the template has
record PrintedNumber(String text, boolean negative, int fractionDigits) {
    private static final int FLOAT_DIGITS = 15;
    private static final int REAL_DIGITS = 6;

    static PrintedNumber of(BigDecimal value, NumberPattern pattern) {
        BigDecimal rounded =
                LargeDecimals.withScale(
                        value.scaleByPowerOfTen(pattern.multiplierDigits),
                        pattern.fractionDigits,
                        RoundingMode.HALF_UP);
        return new PrintedNumber(
                LargeDecimals.toPlainString(rounded.abs()),
                rounded.signum() < 0,
                pattern.fractionDigits);
    }

    /// The multiplication of V is one of the type int4, and wraps.
    static PrintedNumber ofInteger(int value, NumberPattern pattern) {
        int power = Integer.MIN_VALUE;
        if (pattern.multiplierDigits < 10) {
            power = (int) Numeric.powerOfTen(pattern.multiplierDigits);
        }
        return ofWhole(pattern.multiplier ? value * power : value, pattern);
    }

    /// The multiplication of V is one of the type int8, and fails when it overflows.
    static PrintedNumber ofLong(long value, NumberPattern pattern) {
        if (!pattern.multiplier) {
            return ofWhole(value, pattern);
        }
        if (pattern.multiplierDigits > 18) {
            throw Failures.outOfRange("bigint");
        }
        long power = Numeric.powerOfTen(pattern.multiplierDigits);
        if (Math.multiplyHigh(value, power) != (value * power) >> 63) {
            throw Failures.outOfRange("bigint");
        }
        return ofWhole(value * power, pattern);
    }

    private static PrintedNumber ofWhole(long value, NumberPattern pattern) {
        String digits = Long.toString(value);
        String magnitude = value < 0 ? digits.substring(1) : digits;
        String text =
                pattern.fractionDigits == 0
                        ? magnitude
                        : magnitude + "." + "0".repeat(pattern.fractionDigits);
        return new PrintedNumber(text, value < 0, pattern.fractionDigits);
    }

    /// Floats have no more digits than they can be trusted for.
    static PrintedNumber ofFloat(double value, boolean real, NumberPattern pattern) {
        double scaled = pattern.multiplier ? multiplied(value, real, pattern) : value;
        boolean finite = Double.isFinite(scaled);
        String whole =
                finite
                        ? new BigDecimal(Math.abs(scaled))
                                .setScale(0, RoundingMode.HALF_EVEN)
                                .toPlainString()
                        : word(scaled);
        int room = Math.max(0, (real ? REAL_DIGITS : FLOAT_DIGITS) - whole.length());
        int fractionDigits = Math.min(pattern.fractionDigits, room);
        String text =
                finite
                        ? new BigDecimal(Math.abs(scaled))
                                .setScale(fractionDigits, RoundingMode.HALF_EVEN)
                                .toPlainString()
                        : whole;
        // Even a zero may be negative.
        boolean negative = !Double.isNaN(scaled) && Math.copySign(1, scaled) < 0;
        return new PrintedNumber(text, negative, fractionDigits);
    }

    private static double multiplied(double value, boolean real, NumberPattern pattern) {
        double power = Math.pow(10, pattern.multiplierDigits);
        return real ? (float) value * (float) power : value * power;
    }

    static PrintedNumber ofSpecial(double value, NumberPattern pattern) {
        return new PrintedNumber(word(value), value < 0, pattern.fractionDigits);
    }

    private static String word(double value) {
        return Double.isNaN(value) ? "NaN" : "Infinity";
    }

    /// With an exponent, from a decimal number. The exponent is that of the unrounded number.
    static String scientific(BigDecimal value, NumberPattern pattern) {
        int exponent = value.signum() == 0 ? 0 : LargeDecimals.integerDigits(value) - 1;
        BigDecimal rounded =
                LargeDecimals.withScale(
                        value.scaleByPowerOfTen(-exponent),
                        pattern.fractionDigits,
                        RoundingMode.HALF_UP);
        return scientific(rounded, exponent, value.signum() < 0);
    }

    /// With an exponent, from a binary number: ties go to the even digit.
    static String scientificBinary(double value, NumberPattern pattern) {
        if (!Double.isFinite(value)) {
            return " " + "#".repeat(pattern.integerDigits) + "." + hidden(pattern.fractionDigits);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded =
                exact.round(new MathContext(pattern.fractionDigits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        return scientific(
                rounded.movePointLeft(exponent).setScale(pattern.fractionDigits),
                exponent,
                Math.copySign(1, value) < 0);
    }

    /// The exponent's four characters are hidden as well.
    private static String hidden(int fractionDigits) {
        return "#".repeat(fractionDigits + 4);
    }

    private static String scientific(BigDecimal mantissa, int exponent, boolean negative) {
        int size = Math.abs(exponent);
        return (negative ? "-" : " ")
                + mantissa.abs().toPlainString()
                + (exponent < 0 ? "e-" : "e+")
                + (size < 10 ? "0" : "")
                + size;
    }
}
