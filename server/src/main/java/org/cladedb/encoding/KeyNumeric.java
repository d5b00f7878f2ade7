package org.cladedb.encoding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;

/// Key payload of numeric: equal values have equal bytes, whatever their scale.
///
/// A class byte (in order: -Infinity, negative, zero, positive, Infinity, NaN); for ordinary
/// numbers the exponent and the digits of 0.d₁d₂d₃… × 100^exponent, two decimal digits a byte (plus
/// one, so that 0 ends them), complemented when negative.
final class KeyNumeric {
    private static final byte NEGATIVE_INFINITY = 0x10;
    private static final byte NEGATIVE = 0x20;
    private static final byte ZERO = 0x30;
    private static final byte POSITIVE = 0x40;
    private static final byte POSITIVE_INFINITY = 0x50;
    private static final byte NAN = 0x60;

    private static final int EXPONENT_BIAS = 0x80;
    private static final int SHORT_EXPONENT_MAX = 0x6F;
    private static final int SHORT_EXPONENT_MIN = -0x70;
    private static final int LONG_POSITIVE = 0xF0;
    private static final int LONG_NEGATIVE = 0x0F;
    private static final int LONG_NEGATIVE_BIAS = 1 << 30;

    /// So many base-100 digits always fit a long.
    private static final int LONG_PAIRS_MAX = 9;

    private static final int SMALL_DIGITS_MAX = 19;

    private KeyNumeric() {}

    static void append(ByteWriter out, Datum value) {
        NumericSpecial special = value.numericSpecial();
        if (special != null) {
            out.writeByte(
                    switch (special) {
                        case NEGATIVE_INFINITY -> NEGATIVE_INFINITY;
                        case POSITIVE_INFINITY -> POSITIVE_INFINITY;
                        case NAN -> NAN;
                    });
        } else if (value.isSmallNumeric()) {
            appendSmall(out, value.longValue(), value.numericScale());
        } else {
            appendBig(out, value.numericValue());
        }
    }

    private static void appendSmall(ByteWriter out, long unscaled, int scale) {
        if (unscaled == 0) {
            out.writeByte(ZERO);
            return;
        }
        long magnitude = Math.abs(unscaled); // Long.MIN_VALUE stays, and is right when unsigned
        int fraction = scale;
        while (Long.remainderUnsigned(magnitude, 10) == 0) {
            magnitude = Long.divideUnsigned(magnitude, 10);
            fraction--;
        }
        int digits = digits(magnitude);
        boolean odd = (fraction & 1) != 0;
        int pairs = (digits + (odd ? 1 : 0) + 1) / 2;
        int start = appendHeader(out, unscaled < 0, Math.ceilDiv(digits - fraction, 2));
        byte[] array = out.reserve(pairs + 1);
        int last = out.size() + pairs - 1;
        if (odd) {
            array[last--] = (byte) (Long.remainderUnsigned(magnitude, 10) * 10 + 1);
            magnitude = Long.divideUnsigned(magnitude, 10);
        }
        while (last >= out.size()) {
            array[last--] = (byte) (Long.remainderUnsigned(magnitude, 100) + 1);
            magnitude = Long.divideUnsigned(magnitude, 100);
        }
        array[out.size() + pairs] = 0;
        out.advance(pairs + 1);
        complementIf(unscaled < 0, out, start);
    }

    private static int digits(long unsigned) {
        if (unsigned < 0) {
            return SMALL_DIGITS_MAX;
        }
        int digits = 1;
        for (long rest = unsigned; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private static void appendBig(ByteWriter out, BigDecimal value) {
        if (value.signum() == 0) {
            out.writeByte(ZERO);
            return;
        }
        BigDecimal stripped = value.abs().stripTrailingZeros();
        byte[] digits = stripped.unscaledValue().toString().getBytes(StandardCharsets.US_ASCII);
        int fraction = stripped.scale();
        int start =
                appendHeader(out, value.signum() < 0, Math.ceilDiv(digits.length - fraction, 2));
        // A leading half pair when the number of digits before the point is odd.
        int i = 0;
        if (((digits.length - fraction) & 1) != 0) {
            out.writeByte(digits[i++] - '0' + 1);
        }
        for (; i < digits.length; i += 2) {
            int low = i + 1 < digits.length ? digits[i + 1] - '0' : 0;
            out.writeByte((digits[i] - '0') * 10 + low + 1);
        }
        out.writeByte(0);
        complementIf(value.signum() < 0, out, start);
    }

    /// Writes class and exponent; returns where the part begins that negative numbers complement.
    private static int appendHeader(ByteWriter out, boolean negative, int exponent) {
        out.writeByte(negative ? NEGATIVE : POSITIVE);
        int start = out.size();
        if (exponent > SHORT_EXPONENT_MAX) {
            out.writeByte(LONG_POSITIVE);
            out.writeInt(exponent);
        } else if (exponent < SHORT_EXPONENT_MIN) {
            out.writeByte(LONG_NEGATIVE);
            out.writeInt(exponent + LONG_NEGATIVE_BIAS);
        } else {
            out.writeByte(exponent + EXPONENT_BIAS);
        }
        return start;
    }

    private static void complementIf(boolean negative, ByteWriter out, int start) {
        if (negative) {
            byte[] array = out.array();
            for (int i = start; i < out.size(); i++) {
                array[i] = (byte) ~array[i];
            }
        }
    }

    /// The position after the payload; `mask` as in [KeyPayload].
    static int skip(byte[] key, int position, byte mask) {
        byte kind = (byte) (key[position] ^ mask);
        if (kind != NEGATIVE && kind != POSITIVE) {
            return position + 1;
        }
        byte inner = kind == NEGATIVE ? (byte) ~mask : mask;
        return KeyBytes.terminator(key, digitsStart(key, position + 1, inner), inner) + 1;
    }

    private static int digitsStart(byte[] key, int position, byte mask) {
        int first = (key[position] ^ mask) & 0xFF;
        return first == LONG_POSITIVE || first == LONG_NEGATIVE ? position + 5 : position + 1;
    }

    private static int exponent(byte[] key, int position, byte mask) {
        int first = (key[position] ^ mask) & 0xFF;
        if (first != LONG_POSITIVE && first != LONG_NEGATIVE) {
            return first - EXPONENT_BIAS;
        }
        int value = BigEndian.getInt(key, position + 1) ^ mask;
        return first == LONG_POSITIVE ? value : value - LONG_NEGATIVE_BIAS;
    }

    /// Reads an ascending payload; the scale is the one `modifier` declares, else the shortest.
    static int decode(byte[] key, int position, int modifier, Datum out) {
        switch (key[position]) {
            case NEGATIVE_INFINITY -> out.setNumeric(NumericSpecial.NEGATIVE_INFINITY);
            case POSITIVE_INFINITY -> out.setNumeric(NumericSpecial.POSITIVE_INFINITY);
            case NAN -> out.setNumeric(NumericSpecial.NAN);
            case ZERO -> out.setNumeric(0, Math.max(0, declaredScale(modifier)));
            default -> {
                return decodeFinite(key, position, modifier, out);
            }
        }
        return position + 1;
    }

    private static int decodeFinite(byte[] key, int position, int modifier, Datum out) {
        boolean negative = key[position] == NEGATIVE;
        byte mask = negative ? (byte) 0xFF : 0;
        int exponent = exponent(key, position + 1, mask);
        int start = digitsStart(key, position + 1, mask);
        int end = KeyBytes.terminator(key, start, mask);
        int pairs = end - start;
        int scale = 2 * (pairs - exponent);
        boolean tens = (((key[end - 1] ^ mask) & 0xFF) - 1) % 10 == 0;
        if (pairs <= LONG_PAIRS_MAX) {
            long unscaled = 0;
            for (int i = start; i < end; i++) {
                unscaled = unscaled * 100 + ((key[i] ^ mask) & 0xFF) - 1;
            }
            if (tens) {
                unscaled /= 10;
                scale--;
            }
            setScaled(negative ? -unscaled : unscaled, scale, declaredScale(modifier), out);
        } else {
            StringBuilder digits = new StringBuilder(2 * pairs);
            for (int i = start; i < end; i++) {
                int pair = ((key[i] ^ mask) & 0xFF) - 1;
                digits.append((char) ('0' + pair / 10)).append((char) ('0' + pair % 10));
            }
            BigDecimal value = new BigDecimal(new BigInteger(digits.toString()), scale);
            setScaled(negative ? value.negate() : value, declaredScale(modifier), out);
        }
        return end + 1;
    }

    private static void setScaled(long unscaled, int scale, int declared, Datum out) {
        int wanted = Math.max(declared, Math.max(scale, 0));
        long value = unscaled;
        for (int s = scale; s < wanted; s++) {
            if (Math.abs(value) > Long.MAX_VALUE / 10) {
                setScaled(BigDecimal.valueOf(unscaled, scale), declared, out);
                return;
            }
            value *= 10;
        }
        out.setNumeric(value, wanted);
    }

    private static void setScaled(BigDecimal value, int declared, Datum out) {
        BigDecimal stripped = value.stripTrailingZeros();
        out.setNumeric(stripped.setScale(Math.max(declared, Math.max(stripped.scale(), 0))));
    }

    /// The scale of numeric(p, s), an eleven-bit signed number; -1 when there is none.
    private static int declaredScale(int modifier) {
        return modifier < 0 ? -1 : (((modifier - 4) & 0x7FF) ^ 1024) - 1024;
    }
}
