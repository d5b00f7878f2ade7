package org.cladedb.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.cladedb.types.Datum;
import org.junit.jupiter.api.Test;

/// The fast path of numeric agrees with [BigDecimal] on random operands.
class NumericTest {
    private static final long SEED = 20261123;
    private static final int ROUNDS = 200_000;

    private static Datum numeric(BigDecimal value) {
        Datum datum = new Datum();
        datum.setNumeric(value);
        return datum;
    }

    private static BigDecimal random(SplittableRandom random) {
        long unscaled = random.nextLong() >> random.nextInt(64);
        return BigDecimal.valueOf(unscaled, random.nextInt(12));
    }

    @Test
    void agreesWithBigDecimal() {
        SplittableRandom random = new SplittableRandom(SEED);
        Datum out = new Datum();
        for (int i = 0; i < ROUNDS; i++) {
            BigDecimal a = random(random);
            BigDecimal b = random(random);
            Datum left = numeric(a);
            Datum right = numeric(b);
            String what = "seed " + SEED + ", round " + i + ": " + a + " and " + b;

            Numeric.add(left, right, out);
            assertThat(out.numericValue()).as(what).isEqualTo(a.add(b));
            Numeric.subtract(left, right, out);
            assertThat(out.numericValue()).as(what).isEqualTo(a.subtract(b));
            Numeric.multiply(left, right, out);
            assertThat(out.numericValue()).as(what).isEqualTo(a.multiply(b));
            assertThat(Numeric.compare(left, right)).as(what).isEqualTo(a.compareTo(b));
            if (b.signum() != 0) {
                int scale = Numeric.divisionScale(left, right);
                Numeric.divide(left, right, out);
                assertThat(out.numericValue())
                        .as(what)
                        .isEqualTo(a.divide(b, scale, RoundingMode.HALF_UP));
                Numeric.modulo(left, right, out);
                assertThat(out.numericValue())
                        .as(what)
                        .isEqualTo(a.remainder(b).setScale(Math.max(a.scale(), b.scale())));
            }
        }
    }

    @Test
    void theScaleOfAQuotientDoesNotDependOnTheForm() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 10_000; i++) {
            BigDecimal value = random(random);
            Datum small = numeric(value);
            // Multiplied by a power of 10000 the value is too big for the small form, and its
            // first digit group is the same.
            Datum large = numeric(value.multiply(BigDecimal.TEN.pow(40)));
            if (value.signum() != 0) {
                int weight = Numeric.weight(small);
                assertThat(Numeric.weight(large))
                        .as("seed " + SEED + ": " + value)
                        .isEqualTo(weight + 10);
                assertThat(Numeric.firstGroup(large, weight + 10))
                        .as("seed " + SEED + ": " + value)
                        .isEqualTo(Numeric.firstGroup(small, weight));
            }
        }
    }
}
