package org.cladedb.pgwire.message;

import java.nio.charset.StandardCharsets;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Decodes text from clients, which must be UTF-8.
public final class WireText {
    private static final char REPLACEMENT = '\uFFFD';

    private WireText() {}

    /// @throws DatabaseException 22021 naming the first bytes that are not UTF-8
    public static String decode(byte[] array, int offset, int length) {
        String text = new String(array, offset, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            checkUtf8(array, offset, length);
        }
        return text;
    }

    private static void checkUtf8(byte[] array, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            int size = sequenceLength(array, i, end);
            if (size == 0) {
                throw invalid(array, i, end);
            }
            i += size;
        }
    }

    /// The length of the valid sequence at `i`, 0 when there is none.
    private static int sequenceLength(byte[] array, int i, int end) {
        int first = array[i] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int size = expectedLength(first);
        if (size == 0 || i + size > end) {
            return 0;
        }
        int second = array[i + 1] & 0xFF;
        boolean wellFormed =
                switch (first) {
                    case 0xE0 -> second >= 0xA0 && second <= 0xBF;
                    case 0xED -> second >= 0x80 && second <= 0x9F;
                    case 0xF0 -> second >= 0x90 && second <= 0xBF;
                    case 0xF4 -> second >= 0x80 && second <= 0x8F;
                    default -> (second & 0xC0) == 0x80;
                };
        for (int k = 2; k < size; k++) {
            wellFormed &= (array[i + k] & 0xC0) == 0x80;
        }
        return wellFormed ? size : 0;
    }

    private static int expectedLength(int first) {
        if (first >= 0xC2 && first <= 0xDF) {
            return 2;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return 3;
        }
        return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    }

    private static DatabaseException invalid(byte[] array, int i, int end) {
        StringBuilder bytes = new StringBuilder();
        int shown = Math.min(Math.max(1, expectedLength(array[i] & 0xFF)), end - i);
        for (int k = 0; k < shown; k++) {
            bytes.append(k == 0 ? "" : " ");
            bytes.append(String.format("0x%02x", array[i + k] & 0xFF));
        }
        return new DatabaseException(
                SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"UTF8\": " + bytes);
    }
}
