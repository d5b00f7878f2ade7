package org.cladedb.regex;

import java.nio.charset.StandardCharsets;

/// A text to be searched, as characters with indices from 0. Plain ASCII is read where it is; other
/// texts are decoded.
public final class Subject {
    private final byte[] bytes;
    private final int offset;
    private final int[] codePoints;
    private final boolean ascii;
    private final int length;

    private Subject(byte[] bytes, int offset, int[] codePoints, boolean ascii, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.codePoints = codePoints;
        this.ascii = ascii;
        this.length = length;
    }

    /// Reads valid UTF-8; `bytes` must not change as long as the subject is used.
    public static Subject of(byte[] bytes, int offset, int length) {
        int or = 0;
        for (int i = offset; i < offset + length; i++) {
            or |= bytes[i];
        }
        return or >= 0
                ? new Subject(bytes, offset, new int[0], true, length)
                : decoded(bytes, offset, length);
    }

    private static Subject decoded(byte[] bytes, int offset, int length) {
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        int[] codePoints = new int[count];
        int at = offset;
        for (int i = 0; i < count; i++) {
            int lead = bytes[at++];
            int more = lead >= 0 ? 0 : lead >= (byte) 0xF0 ? 3 : lead >= (byte) 0xE0 ? 2 : 1;
            int value = lead >= 0 ? lead : lead & (0x3F >> more);
            for (int k = 0; k < more; k++) {
                value = (value << 6) | (bytes[at++] & 0x3F);
            }
            codePoints[i] = value;
        }
        return new Subject(bytes, offset, codePoints, false, count);
    }

    /// In characters.
    public int length() {
        return length;
    }

    int at(int index) {
        return ascii ? bytes[offset + index] : codePoints[index];
    }

    public String substring(int start, int end) {
        return ascii
                ? new String(bytes, offset + start, end - start, StandardCharsets.US_ASCII)
                : new String(codePoints, start, end - start);
    }

    /// Appends the characters from `start` to `end`.
    public void append(int start, int end, StringBuilder out) {
        if (ascii) {
            out.append(substring(start, end));
            return;
        }
        for (int i = start; i < end; i++) {
            out.appendCodePoint(codePoints[i]);
        }
    }
}
