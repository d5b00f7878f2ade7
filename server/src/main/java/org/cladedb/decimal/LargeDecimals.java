package org.cladedb.decimal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.cladedb.common.Cancellation;

/// Decimal numbers of any size: their digits, scales and text. Short ones go to the JDK at once.
public final class LargeDecimals {
    /// Up to here the JDK is quick at everything, in bits.
    private static final int SHORT_BITS = 2_048;

    private static final double LOG10_2 = Math.log10(2);
    private static final double LN_2 = Math.log(2);
    private static final double LN_10 = Math.log(10);

    /// How close to a power of ten the leading bits leave open on which side a number is.
    private static final double UNSURE = 1e-6;

    private LargeDecimals() {}

    private static boolean isShort(BigDecimal value) {
        return value.unscaledValue().bitLength() <= SHORT_BITS && Math.abs(value.scale()) < 600;
    }

    /// The number of digits before the point; 0 or less when the first are zeros behind it.
    public static int integerDigits(BigDecimal value) {
        return precision(value) - value.scale();
    }

    /// The number of digits.
    public static int precision(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        if (unscaled.bitLength() <= SHORT_BITS) {
            return value.precision();
        }
        double digits = log10(unscaled);
        long nearest = Math.round(digits);
        if (Math.abs(digits - nearest) > UNSURE) {
            return (int) Math.floor(digits) + 1;
        }
        boolean reached = unscaled.abs().compareTo(LargeIntegers.powerOfTen((int) nearest)) >= 0;
        return (int) nearest + (reached ? 1 : 0);
    }

    /// From the leading bits.
    private static double log10(BigInteger value) {
        int shift = Math.max(0, value.bitLength() - Long.SIZE + 2);
        return Math.log10(value.abs().shiftRight(shift).doubleValue()) + shift * LOG10_2;
    }

    /// The natural logarithm of a positive number as a double.
    public static double approximateLn(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        int shift = Math.max(0, unscaled.bitLength() - Long.SIZE + 2);
        return Math.log(unscaled.shiftRight(shift).doubleValue())
                + shift * LN_2
                - value.scale() * LN_10;
    }

    /// The nearest double.
    public static double toDouble(BigDecimal value) {
        if (isShort(value) || value.signum() == 0) {
            return value.doubleValue();
        }
        int places = DOUBLE_DIGITS - integerDigits(value);
        if (places >= value.scale()) {
            return value.doubleValue();
        }
        // One more digit tells that others follow.
        BigInteger leading = withScale(value, places, RoundingMode.DOWN).unscaledValue();
        BigInteger sticky = BigInteger.valueOf(value.signum());
        return new BigDecimal(leading.multiply(BigInteger.TEN).add(sticky), places + 1)
                .doubleValue();
    }

    /// The point half-way between two doubles may have this many digits.
    private static final int DOUBLE_DIGITS = 800;

    /// As `compareTo`.
    public static int compare(BigDecimal left, BigDecimal right) {
        if (left.scale() == right.scale()
                || (isShort(left) && isShort(right))
                || left.signum() != right.signum()) {
            return left.compareTo(right);
        }
        int difference = Integer.compare(integerDigits(left), integerDigits(right));
        if (difference != 0 || left.signum() == 0) {
            return difference * left.signum();
        }
        int scale = Math.max(left.scale(), right.scale());
        return withScale(left, scale, RoundingMode.UNNECESSARY)
                .unscaledValue()
                .compareTo(withScale(right, scale, RoundingMode.UNNECESSARY).unscaledValue());
    }

    /// Without zeros at the end; the scale may become negative.
    public static BigDecimal stripped(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        if (unscaled.bitLength() <= SHORT_BITS) {
            return value.stripTrailingZeros();
        }
        int scale = value.scale();
        // There are no more zeros than factors of two.
        for (int zeros = Integer.highestOneBit(unscaled.getLowestSetBit()); zeros > 0; zeros /= 2) {
            if (zeros > unscaled.getLowestSetBit()) {
                continue;
            }
            BigInteger[] parts = LargeIntegers.divide(unscaled, LargeIntegers.powerOfTen(zeros));
            if (parts[1].signum() == 0) {
                unscaled = parts[0];
                scale -= zeros;
            }
        }
        return new BigDecimal(unscaled, scale);
    }

    /// `value` with so many places, which may be negative.
    public static BigDecimal withScale(BigDecimal value, int scale, RoundingMode mode) {
        int missing = scale - value.scale();
        if (missing == 0 || (isShort(value) && Math.abs(missing) < SHORT_BITS)) {
            return value.setScale(scale, mode);
        }
        BigInteger unscaled = value.unscaledValue();
        if (missing > 0) {
            return new BigDecimal(
                    LargeIntegers.multiply(unscaled, LargeIntegers.powerOfTen(missing)), scale);
        }
        if (-missing > precision(value) + 1) {
            // Nothing is left but, perhaps, a unit.
            return BigDecimal.valueOf(unscaled.signum(), 2)
                    .setScale(0, mode)
                    .scaleByPowerOfTen(-scale)
                    .setScale(scale, RoundingMode.UNNECESSARY);
        }
        BigInteger divisor = LargeIntegers.powerOfTen(-missing);
        return rounded(unscaled, divisor, scale, mode);
    }

    /// A quotient with so many places.
    public static BigDecimal divide(
            BigDecimal dividend, BigDecimal divisor, int scale, RoundingMode mode) {
        if (isShort(dividend) && isShort(divisor) && Math.abs(scale) < SHORT_BITS) {
            return dividend.divide(divisor, scale, mode);
        }
        int missing = scale + divisor.scale() - dividend.scale();
        BigInteger upper = dividend.unscaledValue();
        BigInteger lower = divisor.unscaledValue();
        if (missing > 0) {
            upper = LargeIntegers.multiply(upper, LargeIntegers.powerOfTen(missing));
        } else if (missing < 0) {
            lower = LargeIntegers.multiply(lower, LargeIntegers.powerOfTen(-missing));
        }
        return rounded(upper, lower, scale, mode);
    }

    private static BigDecimal rounded(
            BigInteger dividend, BigInteger divisor, int scale, RoundingMode mode) {
        BigInteger[] result = LargeIntegers.divide(dividend, divisor);
        int sign = dividend.signum() * divisor.signum();
        // Less, equal or more than a half, as the rounding sees it: tenths of 0, 3, 5 or 7.
        int tenths = 0;
        if (result[1].signum() != 0) {
            int half = result[1].abs().shiftLeft(1).compareTo(divisor.abs());
            tenths = 5 + 2 * Integer.signum(half);
        }
        boolean odd = result[0].testBit(0);
        BigDecimal model =
                BigDecimal.valueOf((odd ? 10L : 0) + tenths, 1)
                        .multiply(BigDecimal.valueOf(sign))
                        .setScale(0, mode);
        boolean away = model.abs().intValue() > (odd ? 1 : 0);
        return new BigDecimal(away ? result[0].add(BigInteger.valueOf(sign)) : result[0], scale);
    }

    public static BigDecimal multiply(BigDecimal left, BigDecimal right) {
        return new BigDecimal(
                LargeIntegers.multiply(left.unscaledValue(), right.unscaledValue()),
                Math.addExact(left.scale(), right.scale()));
    }

    /// Reads decimal digits with a sign before, and perhaps a point among them.
    public static BigDecimal parse(String text) {
        if (text.length() <= TenPowers.PIECE_DIGITS) {
            return new BigDecimal(text);
        }
        char first = text.charAt(0);
        int start = first == '-' || first == '+' ? 1 : 0;
        int point = text.indexOf('.');
        String digits =
                point < 0
                        ? text.substring(start)
                        : text.substring(start, point) + text.substring(point + 1);
        BigInteger unscaled = parse(digits, 0, digits.length());
        return new BigDecimal(
                first == '-' ? unscaled.negate() : unscaled,
                point < 0 ? 0 : text.length() - point - 1);
    }

    private static BigInteger parse(String digits, int start, int end) {
        int length = end - start;
        if (length <= TenPowers.PIECE_DIGITS) {
            return new BigInteger(digits.substring(start, end));
        }
        Cancellation.check();
        int level = TenPowers.levelFor(length);
        int middle = end - (TenPowers.PIECE_DIGITS << level);
        BigInteger high = parse(digits, start, middle);
        BigInteger low = parse(digits, middle, end);
        return LargeIntegers.multiply(high, TenPowers.power(level)).add(low);
    }

    /// The number without an exponent.
    public static String toPlainString(BigDecimal value) {
        if (isShort(value)) {
            return value.toPlainString();
        }
        BigDecimal plain = value.scale() < 0 ? withScale(value, 0, RoundingMode.DOWN) : value;
        StringBuilder digits = new StringBuilder();
        BigInteger unscaled = plain.unscaledValue().abs();
        int pieces = precision(plain) / TenPowers.PIECE_DIGITS + 1;
        print(unscaled, pieces * TenPowers.PIECE_DIGITS, digits);
        int missing = plain.scale() + 1 - digits.length();
        if (missing > 0) {
            digits.insert(0, "0".repeat(missing));
        }
        if (plain.scale() > 0) {
            digits.insert(digits.length() - plain.scale(), '.');
        }
        if (plain.signum() < 0) {
            digits.insert(0, '-');
        }
        return digits.toString();
    }

    /// Appends a number, with zeros in front to so many digits when there is something before.
    ///
    /// @param digits a whole number of pieces, and no fewer than the number has
    private static void print(BigInteger value, int digits, StringBuilder out) {
        if (digits <= TenPowers.PIECE_DIGITS) {
            String text = value.toString();
            if (!out.isEmpty()) {
                out.repeat('0', digits - text.length());
            }
            if (!out.isEmpty() || value.signum() != 0) {
                out.append(text);
            }
            return;
        }
        Cancellation.check();
        int level = TenPowers.levelFor(digits);
        int low = TenPowers.PIECE_DIGITS << level;
        BigInteger[] parts = TenPowers.divide(value, level);
        print(parts[0], digits - low, out);
        print(parts[1], low, out);
    }
}
