package org.cladedb.pgwire.protocol;

import java.nio.charset.StandardCharsets;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.types.Datum;

/// Writes integers as decimal text with the length before it, without allocation.
final class DecimalDigits {
    private static final int DIGITS_MAX = 20;
    private static final byte[] PAIRS = pairs();

    private DecimalDigits() {}

    private static byte[] pairs() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append((char) ('0' + i / 10)).append((char) ('0' + i % 10));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static void write(Datum value, ByteWriter out) {
        write(value.longValue(), out);
    }

    static void write(long value, ByteWriter out) {
        if (value == Long.MIN_VALUE) {
            byte[] text = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
            out.writeInt(text.length);
            out.writeBytes(text);
            return;
        }
        long rest = Math.abs(value);
        int length = digits(rest) + (value < 0 ? 1 : 0);
        byte[] array = out.reserve(4 + DIGITS_MAX);
        int start = out.size();
        BigEndian.putInt(array, start, length);
        int at = start + 4 + length;
        while (rest >= 10) {
            int pair = (int) (rest % 100) << 1;
            rest /= 100;
            array[--at] = PAIRS[pair + 1];
            array[--at] = PAIRS[pair];
        }
        if (rest > 0 || value == 0) {
            array[--at] = (byte) ('0' + rest);
        }
        if (value < 0) {
            array[--at] = '-';
        }
        out.advance(4 + length);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }
}
