package org.cladedb.types;

import org.cladedb.common.BigEndian;

/// Checks and measures text in UTF-8.
public final class Utf8 {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;

    private Utf8() {}

    /// Throws 22021 unless the bytes are UTF-8 without zero bytes.
    public static void check(byte[] source, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (at + Long.BYTES <= end && isPlain(BigEndian.getLong(source, at))) {
                at += Long.BYTES;
            } else {
                int size = sequence(source, at, end);
                if (size == 0) {
                    throw InputText.badEncoding(source, at, end);
                }
                at += size;
            }
        }
    }

    /// Whether eight bytes are ASCII and none of them zero.
    private static boolean isPlain(long bytes) {
        return ((bytes | (bytes - LOW_BITS)) & HIGH_BITS) == 0;
    }

    /// The length of the valid sequence at `at`; 0 when there is none.
    private static int sequence(byte[] source, int at, int end) {
        int first = source[at] & 0xFF;
        if (first < 0x80) {
            return first == 0 ? 0 : 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + size > end) {
            return 0;
        }
        int second = source[at + 1] & 0xFF;
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((source[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    /// The number of characters of valid UTF-8.
    public static int characters(byte[] source, int offset, int length) {
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += (source[i] & 0xC0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    /// The bytes that the first `characters` characters take, `length` at most.
    public static int prefixLength(byte[] source, int offset, int length, int characters) {
        int rest = characters;
        for (int i = offset; i < offset + length; i++) {
            if ((source[i] & 0xC0) != 0x80 && rest-- == 0) {
                return i - offset;
            }
        }
        return length;
    }
}
