package org.cladedb.types;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// The shortest decimal strictly nearer to a float than to its neighbours, the slow way.
final class ShortestDecimal {
    private static final int DIGITS_MAX = 17;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final List<RoundingMode> ROUNDINGS =
            List.of(RoundingMode.HALF_EVEN, RoundingMode.FLOOR, RoundingMode.CEILING);

    private ShortestDecimal() {}

    static FloatText.Decimal of(double value, double below, double above) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal low = exact.add(new BigDecimal(below)).divide(TWO);
        BigDecimal high = exact.add(new BigDecimal(above)).divide(TWO);
        for (int digits = 1; digits < DIGITS_MAX; digits++) {
            for (RoundingMode rounding : ROUNDINGS) {
                BigDecimal candidate = exact.round(new MathContext(digits, rounding));
                if (candidate.compareTo(low) > 0 && candidate.compareTo(high) < 0) {
                    return FloatText.Decimal.of(candidate);
                }
            }
        }
        return FloatText.Decimal.of(
                exact.round(new MathContext(DIGITS_MAX, RoundingMode.HALF_EVEN)));
    }
}
