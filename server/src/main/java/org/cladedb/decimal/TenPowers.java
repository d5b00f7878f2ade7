package org.cladedb.decimal;

import java.math.BigInteger;

/// 10 to the power of 400, 800, 1600 …, with which numbers are cut in halves to be read and
/// printed: computed once, for numbers of up to 200,000 digits.
final class TenPowers {
    /// Digits that are read or printed in one piece.
    static final int PIECE_DIGITS = 400;

    private static final int LEVELS = 9;
    private static final BigInteger[] POWERS = new BigInteger[LEVELS];

    /// 2 to twice the power's bits, divided by it: a product then stands for a quotient.
    private static final BigInteger[] RECIPROCALS = new BigInteger[LEVELS];

    static {
        BigInteger power = BigInteger.TEN.pow(PIECE_DIGITS);
        for (int i = 0; i < LEVELS; i++) {
            POWERS[i] = power;
            RECIPROCALS[i] = BigInteger.ONE.shiftLeft(2 * power.bitLength()).divide(power);
            power = power.multiply(power);
        }
    }

    private TenPowers() {}

    /// The level whose power has about half of so many digits: 0 or more, if there is one.
    static int levelFor(int digits) {
        int level = 0;
        while (level + 1 < LEVELS && PIECE_DIGITS << (level + 1) < digits) {
            level++;
        }
        return level;
    }

    static BigInteger power(int level) {
        return POWERS[level];
    }

    /// Quotient and rest by a level's power.
    ///
    /// @param value not negative; quick below the square of the power
    static BigInteger[] divide(BigInteger value, int level) {
        BigInteger power = POWERS[level];
        int bits = power.bitLength();
        if (value.bitLength() > 2 * bits) {
            return LargeIntegers.divide(value, power);
        }
        BigInteger quotient =
                LargeIntegers.multiply(value.shiftRight(bits - 1), RECIPROCALS[level])
                        .shiftRight(bits + 1);
        BigInteger rest = value.subtract(LargeIntegers.multiply(quotient, power));
        // Too small by two at most.
        while (rest.compareTo(power) >= 0) {
            rest = rest.subtract(power);
            quotient = quotient.add(BigInteger.ONE);
        }
        return new BigInteger[] {quotient, rest};
    }
}
