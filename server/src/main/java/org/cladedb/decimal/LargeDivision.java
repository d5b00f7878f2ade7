package org.cladedb.decimal;

import java.math.BigInteger;
import org.cladedb.common.Cancellation;

/// Division of large integers after Burnikel and Ziegler: two digits by one are four divisions of
/// half the size, and as many multiplications, down to pieces.
final class LargeDivision {
    private static final int PIECE_BITS = LargeIntegers.PIECE_BITS / 2;

    private LargeDivision() {}

    /// Quotient and rest of numbers that are not negative.
    static BigInteger[] divide(BigInteger dividend, BigInteger divisor) {
        int halvings = 0;
        while (divisor.bitLength() >> halvings > PIECE_BITS) {
            halvings++;
        }
        // The divisor is filled up to a whole number of pieces.
        int piece = (divisor.bitLength() >> halvings) + 1;
        int size = piece << halvings;
        int padding = size - divisor.bitLength();
        BigInteger filled = divisor.shiftLeft(padding);
        BigInteger rest = dividend.shiftLeft(padding);
        int digits = Math.max(1, (rest.bitLength() + size - 1) / size);
        BigInteger remainder = BigInteger.ZERO;
        BigInteger quotient = BigInteger.ZERO;
        for (int i = digits - 1; i >= 0; i--) {
            Cancellation.check();
            BigInteger digit = rest.shiftRight(i * size);
            rest = rest.subtract(digit.shiftLeft(i * size));
            BigInteger[] step = divideTwo(remainder.shiftLeft(size).add(digit), filled, size);
            quotient = quotient.shiftLeft(size).add(step[0]);
            remainder = step[1];
        }
        return new BigInteger[] {quotient, remainder.shiftRight(padding)};
    }

    /// Two digits by one.
    ///
    /// @param divisor of exactly `size` bits
    private static BigInteger[] divideTwo(BigInteger dividend, BigInteger divisor, int size) {
        if (size <= PIECE_BITS || (size & 1) != 0) {
            Cancellation.check();
            return dividend.divideAndRemainder(divisor);
        }
        int half = size / 2;
        BigInteger upper = dividend.shiftRight(half);
        BigInteger lower = dividend.subtract(upper.shiftLeft(half));
        BigInteger[] first = divideThree(upper, divisor, half);
        BigInteger[] second = divideThree(first[1].shiftLeft(half).add(lower), divisor, half);
        return new BigInteger[] {first[0].shiftLeft(half).add(second[0]), second[1]};
    }

    /// Three half digits by two.
    private static BigInteger[] divideThree(BigInteger dividend, BigInteger divisor, int half) {
        BigInteger divisorHigh = divisor.shiftRight(half);
        BigInteger divisorLow = divisor.subtract(divisorHigh.shiftLeft(half));
        BigInteger upper = dividend.shiftRight(half);
        BigInteger lower = dividend.subtract(upper.shiftLeft(half));
        BigInteger quotient;
        BigInteger rest;
        if (upper.shiftRight(half).compareTo(divisorHigh) < 0) {
            BigInteger[] step = divideTwo(upper, divisorHigh, half);
            quotient = step[0];
            rest = step[1];
        } else {
            quotient = BigInteger.ONE.shiftLeft(half).subtract(BigInteger.ONE);
            rest = upper.subtract(divisorHigh.shiftLeft(half)).add(divisorHigh);
        }
        rest =
                rest.shiftLeft(half)
                        .add(lower)
                        .subtract(LargeIntegers.multiply(quotient, divisorLow));
        while (rest.signum() < 0) {
            rest = rest.add(divisor);
            quotient = quotient.subtract(BigInteger.ONE);
        }
        return new BigInteger[] {quotient, rest};
    }
}
