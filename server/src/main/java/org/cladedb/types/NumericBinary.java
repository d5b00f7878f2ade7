package org.cladedb.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.decimal.LargeDecimals;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// PostgreSQL's binary form of numeric: number of base-10000 digits, weight of the first, sign,
/// decimal digits shown; then the digits.
final class NumericBinary {
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final int HEADER_BYTES = 8;
    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int POSITIVE_INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;
    private static final int LONG_DIGITS_MAX = 18;
    private static final int GROUPS_MAX =
            (NumericCodec.INTEGER_DIGITS_MAX + NumericCodec.SCALE_MAX) / BASE_DIGITS + 2;

    private NumericBinary() {}

    static void append(ByteWriter out, Datum value) {
        NumericSpecial special = value.numericSpecial();
        if (special != null) {
            int sign =
                    switch (special) {
                        case NEGATIVE_INFINITY -> NEGATIVE_INFINITY;
                        case POSITIVE_INFINITY -> POSITIVE_INFINITY;
                        case NAN -> NAN;
                    };
            appendHeader(out, 0, 0, sign, special == NumericSpecial.NAN ? 0 : 0x20);
        } else if (!appendSmall(out, value)) {
            appendBig(out, value.numericValue());
        }
    }

    private static void appendHeader(ByteWriter out, int digits, int weight, int sign, int scale) {
        out.writeShort(digits);
        out.writeShort(weight);
        out.writeShort(sign);
        out.writeShort(scale);
    }

    /// Writes a number whose digits, aligned to groups of four, still fit a long.
    private static boolean appendSmall(ByteWriter out, Datum value) {
        int scale = value.numericScale();
        int padding = Math.floorMod(-scale, BASE_DIGITS);
        if (!value.isSmallNumeric() || Math.abs(value.longValue() >> 1) > Long.MAX_VALUE / 4000) {
            return false;
        }
        long magnitude = Math.abs(value.longValue());
        for (int i = 0; i < padding; i++) {
            magnitude *= 10;
        }
        int fractionGroups = (scale + padding) / BASE_DIGITS;
        while (magnitude != 0 && magnitude % BASE == 0) {
            magnitude /= BASE;
            fractionGroups--;
        }
        int groups = 0;
        for (long rest = magnitude; rest != 0; rest /= BASE) {
            groups++;
        }
        int sign = value.longValue() < 0 ? NEGATIVE : POSITIVE;
        int weight = groups == 0 ? 0 : groups - fractionGroups - 1;
        appendHeader(out, groups, weight, sign, scale);
        byte[] array = out.reserve(groups * Short.BYTES);
        for (int i = groups - 1; i >= 0; i--) {
            BigEndian.putShort(array, out.size() + i * Short.BYTES, (int) (magnitude % BASE));
            magnitude /= BASE;
        }
        out.advance(groups * Short.BYTES);
        return true;
    }

    private static void appendBig(ByteWriter out, BigDecimal value) {
        int padding = Math.floorMod(-value.scale(), BASE_DIGITS);
        String digits =
                LargeDecimals.toPlainString(new BigDecimal(value.unscaledValue().abs()))
                        + "0".repeat(padding);
        int fractionGroups = (value.scale() + padding) / BASE_DIGITS;
        digits = "0".repeat(Math.floorMod(-digits.length(), BASE_DIGITS)) + digits;
        int groups = digits.length() / BASE_DIGITS;
        int weight = groups - fractionGroups - 1;
        int first = 0;
        while (first < groups && group(digits, first) == 0) {
            first++;
            weight--;
        }
        while (groups > first && group(digits, groups - 1) == 0) {
            groups--;
        }
        int sign = value.signum() < 0 ? NEGATIVE : POSITIVE;
        appendHeader(out, groups - first, groups == first ? 0 : weight, sign, value.scale());
        for (int i = first; i < groups; i++) {
            out.writeShort(group(digits, i));
        }
    }

    private static int group(String digits, int index) {
        return Integer.parseInt(digits, index * BASE_DIGITS, (index + 1) * BASE_DIGITS, 10);
    }

    static void read(byte[] source, int offset, int length, Datum out) {
        if (length < HEADER_BYTES) {
            throw InputText.insufficientData();
        }
        int groups = BigEndian.getUnsignedShort(source, offset);
        int weight = BigEndian.getShort(source, offset + 2);
        int sign = BigEndian.getUnsignedShort(source, offset + 4);
        int scale = BigEndian.getUnsignedShort(source, offset + 6);
        InputText.requireLength(HEADER_BYTES + groups * Short.BYTES, length);
        switch (sign) {
            case NAN -> out.setNumeric(NumericSpecial.NAN);
            case POSITIVE_INFINITY -> out.setNumeric(NumericSpecial.POSITIVE_INFINITY);
            case NEGATIVE_INFINITY -> out.setNumeric(NumericSpecial.NEGATIVE_INFINITY);
            case POSITIVE, NEGATIVE -> {
                if (scale > NumericCodec.SCALE_MAX) {
                    throw invalid("scale");
                }
                int decimals = BASE_DIGITS * (groups - weight - 1);
                if (BASE_DIGITS * groups + Math.abs(scale - decimals) <= LONG_DIGITS_MAX) {
                    readSmall(source, offset, groups, sign, scale - decimals, scale, out);
                } else {
                    BigDecimal value =
                            new BigDecimal(readBig(source, offset, groups, sign), decimals);
                    // Digits beyond the declared scale are dropped, as PostgreSQL does.
                    out.setNumeric(
                            NumericCodec.requireInRange(value.setScale(scale, RoundingMode.DOWN)));
                }
            }
            default -> throw invalid("sign");
        }
    }

    /// Reads few digits; `shift` more decimals are declared than there are.
    private static void readSmall(
            byte[] source, int offset, int groups, int sign, int shift, int scale, Datum out) {
        long unscaled = 0;
        for (int i = 0; i < groups; i++) {
            unscaled = unscaled * BASE + digit(source, offset, i);
        }
        for (int i = 0; i < shift; i++) {
            unscaled *= 10;
        }
        for (int i = shift; i < 0; i++) {
            unscaled /= 10;
        }
        out.setNumeric(sign == NEGATIVE ? -unscaled : unscaled, scale);
    }

    private static BigInteger readBig(byte[] source, int offset, int groups, int sign) {
        if (groups > GROUPS_MAX) {
            throw NumericCodec.overflow();
        }
        StringBuilder digits = new StringBuilder(1 + BASE_DIGITS * groups);
        digits.append(sign == NEGATIVE ? "-0" : "0");
        for (int i = 0; i < groups; i++) {
            int digit = digit(source, offset, i);
            digits.append((char) ('0' + digit / 1000));
            digits.append((char) ('0' + digit / 100 % 10));
            digits.append((char) ('0' + digit / 10 % 10));
            digits.append((char) ('0' + digit % 10));
        }
        return LargeDecimals.parse(digits.toString()).unscaledValue();
    }

    private static int digit(byte[] source, int offset, int index) {
        int digit = BigEndian.getShort(source, offset + HEADER_BYTES + index * Short.BYTES);
        if (digit < 0 || digit >= BASE) {
            throw invalid("digit");
        }
        return digit;
    }

    private static DatabaseException invalid(String part) {
        return new DatabaseException(
                SqlState.INVALID_BINARY_REPRESENTATION,
                "invalid " + part + " in external \"numeric\" value");
    }
}
