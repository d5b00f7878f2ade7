package org.cladedb.decimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.cladedb.common.CancelledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LargeNumbersTest {
    private final Random random = new Random(Long.getLong("seed", 25));

    private BigInteger integer(int bitsMax) {
        BigInteger value = new BigInteger(random.nextInt(bitsMax) + 1, random);
        return random.nextBoolean() ? value : value.negate();
    }

    /// Digits with long runs, as carries and borrows like them.
    private BigInteger rough(int bitsMax) {
        BigInteger value = BigInteger.ONE.shiftLeft(random.nextInt(bitsMax) + 1);
        for (int i = random.nextInt(4); i > 0; i--) {
            value = value.add(integer(bitsMax / (1 + random.nextInt(50))));
        }
        return value;
    }

    @Test
    void productsAndQuotientsAreThoseOfTheJdk() {
        for (int i = 0; i < 60; i++) {
            BigInteger a = i % 2 == 0 ? integer(900_000) : rough(900_000);
            BigInteger b = i % 3 == 0 ? integer(500_000) : rough(500_000);
            assertThat(LargeIntegers.multiply(a, b)).isEqualTo(a.multiply(b));
            if (b.signum() != 0) {
                assertThat(LargeIntegers.divide(a, b)).isEqualTo(a.divideAndRemainder(b));
            }
        }
    }

    @Test
    void rootsAndDivisorsAreThoseOfTheJdk() {
        for (int i = 0; i < 300; i++) {
            BigInteger a = (i % 2 == 0 ? integer(6_000) : rough(6_000)).abs();
            BigInteger b = integer(6_000);
            assertThat(LargeIntegers.squareRoot(a)).isEqualTo(a.sqrtAndRemainder());
            BigInteger square = a.multiply(a);
            assertThat(LargeIntegers.squareRoot(square)[0]).isEqualTo(a);
            BigInteger common = integer(4_000);
            BigInteger left = a.multiply(common);
            BigInteger right = b.multiply(common);
            assertThat(LargeIntegers.greatestCommonDivisor(left, right)).isEqualTo(left.gcd(right));
        }
    }

    @Test
    void textAndScalesAreThoseOfTheJdk() {
        for (int i = 0; i < 200; i++) {
            BigInteger unscaled = i % 2 == 0 ? integer(30_000) : rough(30_000);
            BigDecimal value = new BigDecimal(unscaled, random.nextInt(-500, 9_000));
            String text = value.toPlainString();
            assertThat(LargeDecimals.toPlainString(value)).isEqualTo(text);
            assertThat(LargeDecimals.parse(text)).isEqualTo(new BigDecimal(text));
            assertThat(LargeDecimals.precision(value)).isEqualTo(value.precision());
            assertThat(LargeDecimals.toDouble(value)).isEqualTo(value.doubleValue());
            assertThat(LargeDecimals.stripped(value.scaleByPowerOfTen(3)))
                    .isEqualTo(value.stripTrailingZeros().scaleByPowerOfTen(3));
            for (RoundingMode mode : RoundingMode.values()) {
                int scale = value.scale() + random.nextInt(-3_000, 100);
                if (mode != RoundingMode.UNNECESSARY) {
                    assertThat(LargeDecimals.withScale(value, scale, mode))
                            .isEqualTo(value.setScale(scale, mode));
                }
            }
            BigDecimal other = new BigDecimal(rough(20_000), random.nextInt(0, 3_000));
            assertThat(LargeDecimals.divide(value, other, 900, RoundingMode.HALF_UP))
                    .isEqualTo(value.divide(other, 900, RoundingMode.HALF_UP));
            assertThat(LargeDecimals.compare(value, other)).isEqualTo(value.compareTo(other));
            assertThat(LargeDecimals.compare(value, value.setScale(value.scale() + 700))).isZero();
        }
    }

    @Test
    void precisionNearPowersOfTenIsExact() {
        for (int digits : new int[] {617, 1000, 9_999, 40_000}) {
            BigInteger power = BigInteger.TEN.pow(digits);
            assertThat(LargeDecimals.precision(new BigDecimal(power))).isEqualTo(digits + 1);
            BigInteger less = power.subtract(BigInteger.ONE);
            assertThat(LargeDecimals.precision(new BigDecimal(less))).isEqualTo(digits);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 1_000, 3_000})
    void logarithmsUndoExponentials(int digits) {
        for (String text : new String[] {"1", "0.5", "-3.25", "1e-30", "700.125", "-2000.5"}) {
            BigDecimal exponent = new BigDecimal(text);
            BigDecimal power = Transcendental.exp(exponent, digits + 10);
            BigDecimal back = Transcendental.ln(power, digits);
            assertThat(back.subtract(exponent).abs())
                    .isLessThan(BigDecimal.ONE.movePointLeft(digits));
        }
    }

    @Test
    void knownValues() {
        assertThat(Transcendental.exp(BigDecimal.ONE, 50).round(new MathContext(50)))
                .isEqualByComparingTo("2.7182818284590452353602874713526624977572470937000");
        assertThat(Transcendental.ln(BigDecimal.TWO, 50).setScale(50, RoundingMode.HALF_UP))
                .isEqualByComparingTo("0.69314718055994530941723212145817656807550013436026");
        assertThat(Transcendental.ln(BigDecimal.TEN, 50).setScale(50, RoundingMode.HALF_UP))
                .isEqualByComparingTo("2.30258509299404568401799145468436420760110148862877");
    }

    @Test
    void powersAreThoseOfTheJdk() {
        for (int i = 0; i < 200; i++) {
            BigDecimal base = new BigDecimal(new BigInteger(60, random), random.nextInt(40));
            int exponent = random.nextInt(1, 3_000) * (random.nextBoolean() ? 1 : -1);
            if (base.signum() == 0) {
                continue;
            }
            BigDecimal wanted = base.pow(exponent, new MathContext(80));
            BigDecimal actual = Transcendental.power(base, exponent, 60);
            BigDecimal error =
                    actual.subtract(wanted).abs().divide(wanted.abs(), new MathContext(3));
            assertThat(error).isLessThan(new BigDecimal("1e-58"));
        }
    }

    @Test
    void allOfThemCanBeStopped() {
        BigInteger large = BigInteger.ONE.shiftLeft(400_000).subtract(BigInteger.TEN);
        BigDecimal decimal = new BigDecimal(large, 100);
        Runnable[] works = {
            () -> LargeIntegers.multiply(large, large),
            () -> LargeIntegers.divide(large.multiply(large), large.shiftRight(100_000)),
            () -> LargeIntegers.squareRoot(large),
            () -> LargeIntegers.greatestCommonDivisor(large, large.shiftRight(1)),
            () -> LargeDecimals.toPlainString(decimal),
            () -> LargeDecimals.parse("7".repeat(100_000)),
            () -> Transcendental.exp(BigDecimal.ONE, 1_000),
            () -> Transcendental.ln(BigDecimal.TWO, 1_000),
            () -> Transcendental.power(decimal, 70_000, 50_000)
        };
        for (Runnable work : works) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(work::run).isInstanceOf(CancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
