package org.cladedb.decimal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.cladedb.common.Cancellation;

/// Exponentials, logarithms and powers to as many digits as are asked for.
///
/// Inside, numbers are binary fractions: integers that count units of 2^-`bits`.
public final class Transcendental {
    private static final double BITS_PER_DIGIT = 3.3219281;
    private static final double LN_2 = Math.log(2);
    private static final int GUARD_BITS = 32;

    /// What a double's logarithm is good for.
    private static final int DOUBLE_BITS = 48;

    private Transcendental() {}

    private static int bits(int digits) {
        return (int) (Math.max(digits, 0) * BITS_PER_DIGIT) + GUARD_BITS;
    }

    /// e to the power of `exponent` (of a size below a million), to about `digits` significant
    /// digits.
    public static BigDecimal exp(BigDecimal exponent, int digits) {
        int bits = bits(digits) + Integer.SIZE;
        BigInteger fixed = toFixed(exponent, bits);
        long halves = Math.round(LargeDecimals.toDouble(exponent) / LN_2);
        BigInteger rest = fixed.subtract(lnOfTwo(bits).multiply(BigInteger.valueOf(halves)));
        return toDecimal(expOfSmall(rest, bits), (int) halves - bits, digits);
    }

    /// The natural logarithm of a positive number with an error below 10^-`scale`.
    public static BigDecimal ln(BigDecimal value, int scale) {
        double estimate = LargeDecimals.approximateLn(value);
        int exponent = (int) Math.round(estimate / LN_2);
        int bits = bits(scale) + Integer.SIZE;
        BigInteger mantissa = toFixed(value, bits - exponent);
        BigInteger result =
                lnOfMantissa(mantissa, bits)
                        .add(lnOfTwo(bits).multiply(BigInteger.valueOf(exponent)));
        BigInteger scaled = LargeIntegers.multiply(result, LargeIntegers.powerOfTen(scale + 3));
        return new BigDecimal(scaled.shiftRight(bits), scale + 3);
    }

    /// An integer power of a positive number, to about `digits` significant digits.
    ///
    /// @param exponent not 0
    public static BigDecimal power(BigDecimal base, int exponent, int digits) {
        // Each squaring doubles the error.
        int bits = bits(digits) + 2 * Integer.SIZE;
        long count = Math.abs((long) exponent);
        int baseExponent = (int) Math.floor(LargeDecimals.approximateLn(base) / LN_2);
        BigInteger mantissa = toFixed(base, bits - baseExponent);
        BigInteger result = BigInteger.ONE.shiftLeft(bits);
        long resultExponent = 0;
        for (int bit = Long.SIZE - 1 - Long.numberOfLeadingZeros(count); bit >= 0; bit--) {
            result = LargeIntegers.multiply(result, result).shiftRight(bits);
            resultExponent *= 2;
            if ((count >> bit & 1) != 0) {
                result = LargeIntegers.multiply(result, mantissa).shiftRight(bits);
                resultExponent += baseExponent;
            }
            // Back to a number between one and two.
            int excess = result.bitLength() - bits - 1;
            if (excess > 0) {
                result = result.shiftRight(excess);
                resultExponent += excess;
            }
        }
        if (exponent < 0) {
            result = LargeIntegers.divide(BigInteger.ONE.shiftLeft(2 * bits), result)[0];
            resultExponent = -resultExponent;
        }
        return toDecimal(result, Math.toIntExact(resultExponent) - bits, digits);
    }

    /// Units of 2^-`bits`, rounded down; `bits` may be negative.
    private static BigInteger toFixed(BigDecimal value, int bits) {
        BigInteger unscaled = value.unscaledValue();
        if (value.scale() <= 0) {
            BigInteger whole =
                    value.scale() == 0
                            ? unscaled
                            : LargeIntegers.multiply(
                                    unscaled, LargeIntegers.powerOfTen(-value.scale()));
            return whole.shiftLeft(bits);
        }
        BigInteger divisor = LargeIntegers.powerOfTen(value.scale());
        // No more leading bits of either than the quotient has.
        int quotientBits = Math.max(0, bits + unscaled.bitLength() - divisor.bitLength());
        int drop = Math.max(0, divisor.bitLength() - quotientBits - GUARD_BITS);
        BigInteger dividend = unscaled.shiftLeft(bits - drop);
        return LargeIntegers.divide(dividend, divisor.shiftRight(drop))[0];
    }

    /// `mantissa` × 2^`exponent` with about so many significant digits.
    private static BigDecimal toDecimal(BigInteger mantissa, int exponent, int digits) {
        int integerDigits = (int) Math.ceil((mantissa.bitLength() + exponent) / BITS_PER_DIGIT);
        int scale = digits + 2 - integerDigits;
        if (scale >= 0) {
            BigInteger scaled = LargeIntegers.multiply(mantissa, LargeIntegers.powerOfTen(scale));
            return new BigDecimal(scaled.shiftLeft(exponent), scale);
        }
        return LargeDecimals.withScale(
                new BigDecimal(mantissa.shiftLeft(exponent)), scale, RoundingMode.HALF_EVEN);
    }

    /// e to a power between -1 and 1: its series, after halving it until a few terms suffice.
    private static BigInteger expOfSmall(BigInteger exponent, int bits) {
        int halvings = (int) (Math.sqrt(bits) * 0.7) + 2;
        int wide = bits + 2 * halvings + GUARD_BITS;
        BigInteger small = exponent.shiftLeft(wide - bits - halvings);
        BigInteger one = BigInteger.ONE.shiftLeft(wide);
        BigInteger sum = one;
        BigInteger term = one;
        for (long i = 1; term.signum() != 0 && term.bitLength() > 1; i++) {
            Cancellation.check();
            term =
                    LargeIntegers.multiply(term, small)
                            .shiftRight(wide)
                            .divide(BigInteger.valueOf(i));
            sum = sum.add(term);
        }
        for (int i = 0; i < halvings; i++) {
            Cancellation.check();
            sum = LargeIntegers.multiply(sum, sum).shiftRight(wide);
        }
        return sum.shiftRight(wide - bits);
    }

    /// The logarithm of a number near one: every step makes five times as many digits.
    private static BigInteger lnOfMantissa(BigInteger mantissa, int bits) {
        if (bits <= DOUBLE_BITS) {
            double value = mantissa.doubleValue() / Math.scalb(1.0, bits);
            return BigInteger.valueOf((long) (Math.log(value) * Math.scalb(1.0, bits)));
        }
        Cancellation.check();
        int fewer = Math.max(DOUBLE_BITS, bits / 5 + GUARD_BITS / 2);
        BigInteger estimate =
                lnOfMantissa(mantissa.shiftRight(bits - fewer), fewer).shiftLeft(bits - fewer);
        int wide = bits + GUARD_BITS;
        BigInteger power = expOfSmall(estimate.shiftLeft(GUARD_BITS), wide);
        BigInteger exact = mantissa.shiftLeft(GUARD_BITS);
        // ln(m) = r + 2 artanh((m - e^r) / (m + e^r))
        BigInteger z =
                LargeIntegers.divide(exact.subtract(power).shiftLeft(wide), exact.add(power))[0];
        BigInteger cube =
                LargeIntegers.multiply(LargeIntegers.multiply(z, z).shiftRight(wide), z)
                        .shiftRight(wide)
                        .divide(BigInteger.valueOf(3));
        return estimate.add(z.add(cube).shiftRight(GUARD_BITS - 1));
    }

    /// By Machin's kind of formula.
    private static BigInteger lnOfTwo(int bits) {
        int wide = bits + GUARD_BITS;
        return inverseArtanh(26, wide)
                .multiply(BigInteger.valueOf(18))
                .subtract(inverseArtanh(4801, wide).shiftLeft(1))
                .add(inverseArtanh(8749, wide).shiftLeft(3))
                .shiftRight(GUARD_BITS);
    }

    /// artanh(1 / n).
    private static BigInteger inverseArtanh(long n, int bits) {
        BigInteger square = BigInteger.valueOf(n * n);
        BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(n));
        BigInteger sum = power;
        for (long i = 3; power.signum() != 0; i += 2) {
            Cancellation.check();
            power = power.divide(square);
            sum = sum.add(power.divide(BigInteger.valueOf(i)));
        }
        return sum;
    }
}
