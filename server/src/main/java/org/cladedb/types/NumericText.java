package org.cladedb.types;

import java.math.BigDecimal;
import org.cladedb.common.ByteWriter;
import org.cladedb.decimal.LargeDecimals;

/// Prints numerics.
final class NumericText {
    private NumericText() {}

    static void append(ByteWriter out, Datum value) {
        NumericSpecial special = value.numericSpecial();
        if (special != null) {
            out.writeUtf8(
                    switch (special) {
                        case NEGATIVE_INFINITY -> "-Infinity";
                        case POSITIVE_INFINITY -> "Infinity";
                        case NAN -> "NaN";
                    });
        } else if (value.isSmallNumeric()) {
            appendSmall(out, value.longValue(), value.numericScale());
        } else {
            out.writeUtf8(LargeDecimals.toPlainString(value.numericValue()));
        }
    }

    private static void appendSmall(ByteWriter out, long unscaled, int scale) {
        if (scale == 0) {
            Digits.append(out, unscaled);
            return;
        }
        long rest = unscaled;
        if (rest < 0) {
            out.writeByte('-');
            rest = -rest;
            if (rest < 0) {
                out.writeUtf8(BigDecimal.valueOf(unscaled, scale).negate().toPlainString());
                return;
            }
        }
        Digits.appendScaled(out, rest, scale);
    }
}
