package org.cladedb.session.copy;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// COPY's text format: delimiters, backslash escapes, one row a line.
final class TextRowReader extends LineRowReader {
    TextRowReader(CopyInput input, CopyFormat format) {
        super(input, format);
    }

    @Override
    boolean marksAreData() {
        return false;
    }

    @Override
    DatabaseException foreignLineEnd(String what) {
        return new DatabaseException(
                        SqlState.BAD_COPY_FILE_FORMAT, "literal " + what + " found in data")
                .withHint(
                        "Use \"%s\" to represent %s."
                                .formatted(what.equals("newline") ? "\\n" : "\\r", what));
    }

    @Override
    int findRowLength() {
        int i = 0;
        while (true) {
            byte[] array = data.array();
            int start = data.start();
            int length = data.end() - start;
            while (i < length) {
                byte b = array[start + i];
                if (b == '\n') {
                    return i;
                }
                if (b == '\r') {
                    if (i + 1 == length) {
                        data.more();
                    }
                    return i;
                }
                i += b == '\\' ? 2 : 1;
            }
            if (!data.more()) {
                return length;
            }
        }
    }

    @Override
    void split(byte[] array, int start, int end) {
        int fieldStart = start;
        boolean escaped = false;
        int i = start;
        while (i < end) {
            byte b = array[i];
            if (b == delimiter) {
                field(array, fieldStart, i, escaped);
                escaped = false;
                fieldStart = i + 1;
                i++;
            } else if (b == '\\') {
                escaped = true;
                i += 2;
            } else {
                i++;
            }
        }
        field(array, fieldStart, end, escaped);
    }

    private void field(byte[] array, int start, int end, boolean escaped) {
        int length = end - start;
        if (matchesNull(array, start, length)) {
            addField(start, 0, true);
        } else {
            addField(start, escaped ? unescape(array, start, end) : length, false);
        }
    }

    /// Replaces escapes in place and returns the new length.
    private static int unescape(byte[] array, int start, int end) {
        int out = start;
        int i = start;
        while (i < end) {
            byte b = array[i++];
            if (b != '\\' || i == end) {
                array[out++] = b;
                continue;
            }
            b = array[i++];
            switch (b) {
                case 'b' -> array[out++] = '\b';
                case 'f' -> array[out++] = '\f';
                case 'n' -> array[out++] = '\n';
                case 'r' -> array[out++] = '\r';
                case 't' -> array[out++] = '\t';
                case 'v' -> array[out++] = 0x0B;
                case 'x' -> {
                    int digits = hexDigits(array, i, end);
                    array[out++] = digits == 0 ? b : (byte) number(array, i, digits, 16);
                    i += digits;
                }
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    int digits = octalDigits(array, i - 1, end);
                    array[out++] = (byte) number(array, i - 1, digits, 8);
                    i += digits - 1;
                }
                case '.' ->
                        throw new DatabaseException(
                                SqlState.BAD_COPY_FILE_FORMAT,
                                "end-of-copy marker is not alone on its line");
                default -> array[out++] = b;
            }
        }
        return checked(array, start, out);
    }

    private static int checked(byte[] array, int start, int end) {
        for (int i = start; i < end; i++) {
            if (array[i] == 0) {
                throw new DatabaseException(
                        SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                        "invalid byte sequence for encoding \"UTF8\": 0x00");
            }
        }
        return end - start;
    }

    private static int hexDigits(byte[] array, int from, int end) {
        int digits = 0;
        while (digits < 2
                && from + digits < end
                && Character.digit(array[from + digits], 16) >= 0) {
            digits++;
        }
        return digits;
    }

    private static int octalDigits(byte[] array, int from, int end) {
        int digits = 0;
        while (digits < 3 && from + digits < end && Character.digit(array[from + digits], 8) >= 0) {
            digits++;
        }
        return digits;
    }

    private static int number(byte[] array, int from, int digits, int base) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * base + Character.digit(array[i], base);
        }
        return value;
    }
}
