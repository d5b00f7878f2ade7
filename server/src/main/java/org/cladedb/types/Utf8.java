package org.cladedb.types;

import java.nio.charset.StandardCharsets;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.common.Cancellation;

/// Checks, measures, reads and writes text in UTF-8, in pieces between which work can be stopped.
public final class Utf8 {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;

    private Utf8() {}

    /// Throws 22021 unless the bytes are UTF-8 without zero bytes.
    public static void check(byte[] source, int offset, int length) {
        int end = offset + length;
        int at = offset;
        int piece = at;
        while (at < end) {
            if (at >= piece) {
                piece = Cancellation.pieceEnd(at, end);
            }
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

    /// The text of bytes; what is no UTF-8 becomes the replacement character.
    public static String decode(byte[] source, int offset, int length) {
        int end = offset + length;
        int piece = characterEnd(source, Cancellation.pieceEnd(offset, end), end);
        if (piece == end) {
            return new String(source, offset, length, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(length);
        for (int at = offset; at < end; at = piece) {
            piece = characterEnd(source, Cancellation.pieceEnd(at, end), end);
            text.append(new String(source, at, piece - at, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /// `at`, or the end of the character that it is within.
    private static int characterEnd(byte[] source, int at, int end) {
        int result = at;
        while (result < end && (source[result] & 0xC0) == 0x80) {
            result++;
        }
        return result;
    }

    /// The bytes of a text.
    public static byte[] encode(CharSequence text) {
        int end = text.length();
        int piece = pairEnd(text, Cancellation.pieceEnd(0, end));
        if (piece == end) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        ByteWriter bytes = new ByteWriter(end);
        for (int at = 0; at < end; at = piece) {
            piece = pairEnd(text, Cancellation.pieceEnd(at, end));
            bytes.writeUtf8(text.subSequence(at, piece).toString());
        }
        return bytes.toByteArray();
    }

    /// `at`, or the end of the surrogate pair that it is within.
    private static int pairEnd(CharSequence text, int at) {
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }

    /// The number of characters of valid UTF-8.
    public static int characters(byte[] source, int offset, int length) {
        int count = 0;
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int piece = Cancellation.pieceEnd(at, end);
            for (; at < piece; at++) {
                count += (source[at] & 0xC0) != 0x80 ? 1 : 0;
            }
        }
        return count;
    }

    /// The bytes that the first `characters` characters take, `length` at most.
    public static int prefixLength(byte[] source, int offset, int length, int characters) {
        if (length <= characters) {
            return length;
        }
        int rest = characters;
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int piece = Cancellation.pieceEnd(at, end);
            for (; at < piece; at++) {
                if ((source[at] & 0xC0) != 0x80 && rest-- == 0) {
                    return at - offset;
                }
            }
        }
        return length;
    }
}
