package org.cladedb.types;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.cladedb.decimal.LargeDecimals;
import org.jspecify.annotations.Nullable;

/// Order and hash of numerics; 1.0 equals 1.00.
final class NumericComparison {
    private NumericComparison() {}

    static int compare(Datum left, Datum right) {
        if (left.isSmallNumeric()
                && right.isSmallNumeric()
                && left.numericScale() == right.numericScale()) {
            return Long.compare(left.longValue(), right.longValue());
        }
        NumericSpecial leftSpecial = left.numericSpecial();
        NumericSpecial rightSpecial = right.numericSpecial();
        if (leftSpecial != null || rightSpecial != null) {
            return Integer.compare(rank(leftSpecial), rank(rightSpecial));
        }
        return LargeDecimals.compare(left.numericValue(), right.numericValue());
    }

    private static int rank(@Nullable NumericSpecial special) {
        return switch (special) {
            case null -> 1;
            case NEGATIVE_INFINITY -> 0;
            case POSITIVE_INFINITY -> 2;
            case NAN -> 3;
        };
    }

    static int hash(Datum value) {
        NumericSpecial special = value.numericSpecial();
        if (special != null) {
            return DatumHasher.mix(rank(special));
        }
        if (value.isSmallNumeric()) {
            return hashSmall(value.longValue(), value.numericScale());
        }
        BigDecimal stripped = LargeDecimals.stripped(value.numericValue());
        if (stripped.scale() < 0) {
            stripped = LargeDecimals.withScale(stripped, 0, RoundingMode.UNNECESSARY);
        }
        return stripped.unscaledValue().bitLength() < Long.SIZE
                ? hashSmall(stripped.unscaledValue().longValue(), stripped.scale())
                : stripped.hashCode();
    }

    private static int hashSmall(long unscaled, int scale) {
        long rest = unscaled;
        int digits = scale;
        while (digits > 0 && rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        return DatumHasher.mix(rest + 31L * digits);
    }
}
