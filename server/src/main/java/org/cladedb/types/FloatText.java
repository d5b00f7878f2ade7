package org.cladedb.types;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.cladedb.common.ByteWriter;

/// Floats as PostgreSQL prints them: the shortest digits that read back exactly, or a fixed number
/// of digits when `extra_float_digits` is 0 or less.
final class FloatText {
    private static final int DOUBLE_DIGITS = 15;
    private static final int FLOAT_DIGITS = 6;
    private static final int FIXED_EXPONENT_MIN = -4;

    /// Between these, a short decimal can lie exactly between two floats. Java takes such a decimal
    /// where it would be read back right, PostgreSQL never does.
    private static final double DOUBLE_INTEGERS_MAX = 0x1p53;

    private static final double DOUBLE_MIDPOINTS_MAX = 1e41;
    private static final float FLOAT_INTEGERS_MAX = 0x1p24f;
    private static final float FLOAT_MIDPOINTS_MAX = 1e20f;

    private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4};
    private static final double FEW_DECIMALS_MIN = 1e-4;
    private static final double FEW_DECIMALS_MAX = 1e15;

    private FloatText() {}

    static void appendDouble(ByteWriter out, double value, int extraDigits) {
        if (appendSpecial(out, value)) {
            return;
        }
        if (extraDigits > 0) {
            double positive = Math.abs(value);
            if (appendFewDecimals(out, value, positive)) {
                return;
            }
            Decimal decimal =
                    positive >= DOUBLE_INTEGERS_MAX && positive < DOUBLE_MIDPOINTS_MAX
                            ? ShortestDecimal.of(
                                    positive, Math.nextDown(positive), Math.nextUp(positive))
                            : Decimal.parse(Double.toString(positive))
                                    .shortened(d -> d == positive);
            decimal.append(out, isNegative(value), DOUBLE_DIGITS);
        } else {
            appendRounded(out, value, Math.max(1, DOUBLE_DIGITS + extraDigits));
        }
    }

    /// Numbers of up to fifteen digits with a few decimals: no other decimal of that length reads
    /// back as the same double, so there is no shorter one.
    private static boolean appendFewDecimals(ByteWriter out, double value, double positive) {
        if (positive < FEW_DECIMALS_MIN) {
            return false;
        }
        for (int decimals = 0; decimals < POWERS_OF_TEN.length; decimals++) {
            double scaled = Math.rint(positive * POWERS_OF_TEN[decimals]);
            if (scaled >= FEW_DECIMALS_MAX) {
                return false;
            }
            if (scaled / POWERS_OF_TEN[decimals] == positive) {
                if (value < 0) {
                    out.writeByte('-');
                }
                if (decimals == 0) {
                    Digits.append(out, (long) scaled);
                } else {
                    Digits.appendScaled(out, (long) scaled, decimals);
                }
                return true;
            }
        }
        return false;
    }

    static void appendFloat(ByteWriter out, float value, int extraDigits) {
        if (appendSpecial(out, value)) {
            return;
        }
        if (extraDigits > 0) {
            float positive = Math.abs(value);
            Decimal decimal =
                    positive >= FLOAT_INTEGERS_MAX && positive < FLOAT_MIDPOINTS_MAX
                            ? ShortestDecimal.of(
                                    positive, Math.nextDown(positive), Math.nextUp(positive))
                            : Decimal.parse(Float.toString(positive))
                                    .shortened(d -> (float) d == positive);
            decimal.append(out, isNegative(value), FLOAT_DIGITS);
        } else {
            appendRounded(out, value, Math.max(1, FLOAT_DIGITS + extraDigits));
        }
    }

    private static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0;
    }

    private static boolean appendSpecial(ByteWriter out, double value) {
        if (Double.isNaN(value)) {
            out.writeUtf8("NaN");
        } else if (Double.isInfinite(value)) {
            out.writeUtf8(value > 0 ? "Infinity" : "-Infinity");
        } else if (value == 0) {
            out.writeUtf8(isNegative(value) ? "-0" : "0");
        } else if (value == (int) value && Math.abs(value) < 1e5) {
            Digits.append(out, (int) value);
        } else {
            return false;
        }
        return true;
    }

    /// C's `%.*g`.
    private static void appendRounded(ByteWriter out, double value, int precision) {
        Decimal.of(
                        new BigDecimal(Math.abs(value))
                                .round(new MathContext(precision, RoundingMode.HALF_EVEN)))
                .append(out, value < 0, precision);
    }

    /// Digits d1d2d3… meaning d1.d2d3… × 10^exponent.
    record Decimal(String digits, int exponent) {
        interface RoundTrip {
            boolean holds(double value);
        }

        static Decimal of(BigDecimal value) {
            BigDecimal stripped = value.stripTrailingZeros();
            String digits = stripped.unscaledValue().toString();
            return new Decimal(digits, digits.length() - stripped.scale() - 1);
        }

        /// Reads Java's form of a positive number: `123.45`, `0.0012` or `1.2E-7`.
        static Decimal parse(String text) {
            int e = text.indexOf('E');
            String mantissa = e < 0 ? text : text.substring(0, e);
            int power = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
            int point = mantissa.indexOf('.');
            String all = mantissa.substring(0, point) + mantissa.substring(point + 1);
            int first = 0;
            while (all.charAt(first) == '0') {
                first++;
            }
            int last = all.length();
            while (all.charAt(last - 1) == '0') {
                last--;
            }
            return new Decimal(all.substring(first, last), point - 1 - first + power);
        }

        /// Java never prints fewer than two digits where two are closer; PostgreSQL does.
        Decimal shortened(RoundTrip roundTrip) {
            if (digits.length() != 2) {
                return this;
            }
            int tenths = Integer.parseInt(digits);
            int nearest = (tenths + 5) / 10;
            Decimal one =
                    nearest == 10
                            ? new Decimal("1", exponent + 1)
                            : new Decimal(Integer.toString(nearest), exponent);
            double value = Double.parseDouble(one.digits + "e" + one.exponent);
            return nearest > 0 && roundTrip.holds(value) ? one : this;
        }

        void append(ByteWriter out, boolean negative, int precision) {
            if (negative) {
                out.writeByte('-');
            }
            if (exponent < FIXED_EXPONENT_MIN || exponent >= precision) {
                appendScientific(out);
            } else if (exponent < 0) {
                out.writeUtf8("0.");
                out.writeUtf8("0".repeat(-1 - exponent));
                out.writeUtf8(digits);
            } else if (digits.length() <= exponent + 1) {
                out.writeUtf8(digits);
                out.writeUtf8("0".repeat(exponent + 1 - digits.length()));
            } else {
                out.writeUtf8(digits.substring(0, exponent + 1));
                out.writeByte('.');
                out.writeUtf8(digits.substring(exponent + 1));
            }
        }

        private void appendScientific(ByteWriter out) {
            out.writeByte(digits.charAt(0));
            if (digits.length() > 1) {
                out.writeByte('.');
                out.writeUtf8(digits.substring(1));
            }
            out.writeByte('e');
            out.writeByte(exponent < 0 ? '-' : '+');
            Digits.appendPadded(out, Math.abs(exponent), 2);
        }
    }
}
