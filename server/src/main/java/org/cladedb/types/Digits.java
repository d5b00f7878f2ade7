package org.cladedb.types;

import org.cladedb.common.ByteWriter;

/// Writes numbers in decimal straight into a buffer.
public final class Digits {
    private static final byte[] PAIRS = new byte[200];
    private static final int LONG_DIGITS_MAX = 20;

    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        long power = 1;
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = power;
            power *= 10;
        }
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private Digits() {}

    /// Appends `value`, with a minus sign when negative.
    public static void append(ByteWriter out, long value) {
        byte[] array = out.reserve(LONG_DIGITS_MAX);
        int start = out.size();
        if (value == Long.MIN_VALUE) {
            out.writeUtf8("-9223372036854775808");
            return;
        }
        long rest = value;
        int at = start;
        if (rest < 0) {
            array[at++] = '-';
            rest = -rest;
        }
        int end = at + count(rest);
        put(array, end, rest);
        out.advance(end - start);
    }

    /// Appends a number that is not negative with at least `width` digits, zeros in front.
    static void appendPadded(ByteWriter out, long value, int width) {
        int digits = Math.max(width, count(value));
        byte[] array = out.reserve(digits);
        int start = out.size();
        int end = start + digits;
        int first = put(array, end, value);
        while (first > start) {
            array[--first] = '0';
        }
        out.advance(digits);
    }

    /// Appends a number that is not negative with the last `scale` digits behind a point.
    static void appendScaled(ByteWriter out, long value, int scale) {
        int digits = Math.max(scale + 1, count(value));
        byte[] array = out.reserve(digits + 1);
        int end = out.size() + digits + 1;
        int point = end - scale - 1;
        long rest = value;
        for (int at = end - 1; at > point; at--) {
            array[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        array[point] = '.';
        put(array, point, rest);
        out.advance(digits + 1);
    }

    /// Puts `value` in front of `end`, and returns where it begins.
    private static int put(byte[] array, int end, long value) {
        long wide = value;
        int at = end;
        while (wide > Integer.MAX_VALUE) {
            int pair = (int) (wide % 100) << 1;
            wide /= 100;
            array[--at] = PAIRS[pair + 1];
            array[--at] = PAIRS[pair];
        }
        int rest = (int) wide;
        while (rest >= 10) {
            int pair = rest % 100 << 1;
            rest /= 100;
            array[--at] = PAIRS[pair + 1];
            array[--at] = PAIRS[pair];
        }
        if (rest > 0 || at == end) {
            array[--at] = (byte) ('0' + rest);
        }
        return at;
    }

    /// The number of digits of a number that is not negative.
    static int count(long value) {
        // 1233 / 4096 is the logarithm of 2 closely enough for 64 bits.
        int guess = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
        return value < POWERS_OF_TEN[guess] ? Math.max(guess, 1) : guess + 1;
    }

    /// Puts two digits at `at`.
    static void putPair(byte[] array, int at, int value) {
        array[at] = PAIRS[2 * value];
        array[at + 1] = PAIRS[2 * value + 1];
    }
}
