package org.cladedb.decimal;

import java.math.BigInteger;
import org.cladedb.common.Cancellation;

/// Integers of any size, worked on in pieces: between two of them the thread may be stopped.
public final class LargeIntegers {
    /// What the JDK computes in a millisecond or so, in bits.
    static final int PIECE_BITS = 1 << 17;

    private static final int SMALL_GCD_BITS = 1 << 11;

    /// Quotients of Euclid's algorithm are small, but for the first one and rare others.
    private static final int LEHMER_BITS = 62;

    private static final long COFACTOR_MAX = Integer.MAX_VALUE;

    private LargeIntegers() {}

    /// By Karatsuba's method down to pieces.
    public static BigInteger multiply(BigInteger left, BigInteger right) {
        int smaller = Math.min(left.bitLength(), right.bitLength());
        if (smaller <= PIECE_BITS) {
            return left.multiply(right);
        }
        Cancellation.check();
        int half = (Math.max(left.bitLength(), right.bitLength()) + 1) / 2;
        if (smaller <= half) {
            return multiplyUneven(left, right, half);
        }
        BigInteger sign = BigInteger.valueOf((long) left.signum() * right.signum());
        BigInteger a = left.abs();
        BigInteger b = right.abs();
        BigInteger aHigh = a.shiftRight(half);
        BigInteger bHigh = b.shiftRight(half);
        BigInteger aLow = a.subtract(aHigh.shiftLeft(half));
        BigInteger bLow = b.subtract(bHigh.shiftLeft(half));
        BigInteger high = multiply(aHigh, bHigh);
        BigInteger low = multiply(aLow, bLow);
        BigInteger middle = multiply(aHigh.add(aLow), bHigh.add(bLow)).subtract(high).subtract(low);
        BigInteger product = high.shiftLeft(half).add(middle).shiftLeft(half).add(low);
        return sign.signum() < 0 ? product.negate() : product;
    }

    private static BigInteger multiplyUneven(BigInteger left, BigInteger right, int half) {
        boolean leftLonger = left.bitLength() >= right.bitLength();
        BigInteger longer = leftLonger ? left : right;
        BigInteger shorter = leftLonger ? right : left;
        BigInteger high = longer.shiftRight(half);
        BigInteger low = longer.subtract(high.shiftLeft(half));
        return multiply(high, shorter).shiftLeft(half).add(multiply(low, shorter));
    }

    /// The quotient rounded towards zero, and the rest.
    ///
    /// @param divisor not 0
    public static BigInteger[] divide(BigInteger dividend, BigInteger divisor) {
        boolean small =
                divisor.bitLength() <= PIECE_BITS / 2
                        || dividend.bitLength() - divisor.bitLength() <= PIECE_BITS / 16;
        if (small && dividend.bitLength() <= PIECE_BITS * 4) {
            return dividend.divideAndRemainder(divisor);
        }
        BigInteger[] result = LargeDivision.divide(dividend.abs(), divisor.abs());
        if (dividend.signum() * divisor.signum() < 0) {
            result[0] = result[0].negate();
        }
        if (dividend.signum() < 0) {
            result[1] = result[1].negate();
        }
        return result;
    }

    /// @param exponent not negative
    public static BigInteger power(BigInteger base, int exponent) {
        BigInteger result = BigInteger.ONE;
        for (int bit = 31 - Integer.numberOfLeadingZeros(exponent); bit >= 0; bit--) {
            Cancellation.check();
            result = multiply(result, result);
            if ((exponent >> bit & 1) != 0) {
                result = multiply(result, base);
            }
        }
        return result;
    }

    /// @param exponent not negative
    public static BigInteger powerOfTen(int exponent) {
        return power(BigInteger.valueOf(5), exponent).shiftLeft(exponent);
    }

    /// The square root rounded down, and the rest. Zimmermann's method: the root of the upper half
    /// gives half of the digits, one division the others.
    ///
    /// @param value not negative
    public static BigInteger[] squareRoot(BigInteger value) {
        if (value.bitLength() <= SMALL_ROOT_BITS) {
            return value.sqrtAndRemainder();
        }
        Cancellation.check();
        int quarter = (value.bitLength() + 3) / 4;
        // The top quarter must have its first or second bit set; the root is shifted by half as
        // much.
        int shift = (4 * quarter - value.bitLength()) & ~1;
        BigInteger root = normalizedRoot(value.shiftLeft(shift), quarter);
        BigInteger result = root.shiftRight(shift / 2);
        return new BigInteger[] {result, value.subtract(multiply(result, result))};
    }

    private static final int SMALL_ROOT_BITS = 1 << 10;

    /// @param quarter in bits
    private static BigInteger normalizedRoot(BigInteger value, int quarter) {
        BigInteger top = value.shiftRight(2 * quarter);
        BigInteger[] upper = squareRoot(top);
        BigInteger rest = value.subtract(top.shiftLeft(2 * quarter));
        BigInteger second = rest.shiftRight(quarter);
        BigInteger lowest = rest.subtract(second.shiftLeft(quarter));
        BigInteger[] lower = divide(upper[1].shiftLeft(quarter).add(second), upper[0].shiftLeft(1));
        BigInteger root = upper[0].shiftLeft(quarter).add(lower[0]);
        BigInteger remainder =
                lower[1].shiftLeft(quarter).add(lowest).subtract(multiply(lower[0], lower[0]));
        // Too large by one at most.
        return remainder.signum() < 0 ? root.subtract(BigInteger.ONE) : root;
    }

    /// The greatest common divisor, not negative. Lehmer's method: many steps of Euclid's are made
    /// with the leading digits alone.
    public static BigInteger greatestCommonDivisor(BigInteger left, BigInteger right) {
        BigInteger a = left.abs().max(right.abs());
        BigInteger b = left.abs().min(right.abs());
        while (b.bitLength() > SMALL_GCD_BITS) {
            Cancellation.check();
            long[] cofactors = cofactors(a, b);
            if (cofactors[1] == 0) {
                BigInteger rest = divide(a, b)[1];
                a = b;
                b = rest;
            } else {
                BigInteger next = combined(a, cofactors[0], b, cofactors[1]);
                b = combined(a, cofactors[2], b, cofactors[3]);
                a = next;
            }
        }
        return b.signum() == 0 ? a : divide(a, b)[1].gcd(b);
    }

    private static BigInteger combined(BigInteger a, long x, BigInteger b, long y) {
        return a.multiply(BigInteger.valueOf(x)).add(b.multiply(BigInteger.valueOf(y)));
    }

    /// What several steps of Euclid's make of two numbers: `{w, x, y, z}` for `wa + xb` and `ya +
    /// zb`; `x` is 0 when not even one step is sure.
    private static long[] cofactors(BigInteger a, BigInteger b) {
        int shift = a.bitLength() - LEHMER_BITS;
        long high = a.shiftRight(shift).longValue();
        long low = b.shiftRight(shift).longValue();
        long w = 1;
        long x = 0;
        long y = 0;
        long z = 1;
        while (low + y != 0 && low + z != 0) {
            long quotient = (high + w) / (low + y);
            if (quotient != (high + x) / (low + z) || quotient > COFACTOR_MAX) {
                break;
            }
            long nextY = w - quotient * y;
            long nextZ = x - quotient * z;
            if (Math.abs(nextY) > COFACTOR_MAX || Math.abs(nextZ) > COFACTOR_MAX) {
                break;
            }
            w = y;
            y = nextY;
            x = z;
            z = nextZ;
            long rest = high - quotient * low;
            high = low;
            low = rest;
        }
        return new long[] {w, x, y, z};
    }
}
