package org.cladedb.sql.parser;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Resolves the escapes of `E'…'` and `U&'…'`.
///
/// Octal and hexadecimal escapes of `E'…'` are bytes of UTF-8, several of which may make one
/// character: they are collected and decoded together.
final class EscapedText {
    private static final String SURROGATES = "invalid Unicode surrogate pair";

    private final String text;
    private final StringBuilder value = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private char highSurrogate;

    EscapedText(String text) {
        this.text = text;
    }

    void append(char c) {
        refuseOpenSurrogate();
        flushBytes();
        value.append(c);
    }

    String finish() {
        refuseOpenSurrogate();
        flushBytes();
        return value.toString();
    }

    /// Resolves the escape at `start` (the backslash) and returns the offset after it.
    int escape(int start) {
        char kind = text.charAt(start + 1);
        switch (kind) {
            case 'b' -> append('\b');
            case 'f' -> append('\f');
            case 'n' -> append('\n');
            case 'r' -> append('\r');
            case 't' -> append('\t');
            case 'v' -> append('\u000B');
            case 'u' -> {
                return unicode(start, 4);
            }
            case 'U' -> {
                return unicode(start, 8);
            }
            case 'x' -> {
                int end = digitsEnd(start + 2, 16, 2);
                if (end == start + 2) {
                    append('x');
                } else {
                    appendByte(Integer.parseInt(text, start + 2, end, 16));
                }
                return end;
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int end = digitsEnd(start + 1, 8, 3);
                appendByte(Integer.parseInt(text, start + 1, end, 8) & 0xFF);
                return end;
            }
            default -> append(kind);
        }
        return start + 2;
    }

    private int digitsEnd(int start, int radix, int count) {
        int end = start;
        while (end < text.length()
                && end < start + count
                && Characters.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }

    private void appendByte(int value8) {
        refuseOpenSurrogate();
        if (value8 == 0) {
            throw invalidBytes(new byte[] {0});
        }
        bytes.write(value8);
    }

    private void flushBytes() {
        if (bytes.size() == 0) {
            return;
        }
        byte[] collected = bytes.toByteArray();
        bytes.reset();
        try {
            value.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(collected)));
        } catch (CharacterCodingException _) {
            throw invalidBytes(collected);
        }
    }

    private static DatabaseException invalidBytes(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, 4); i++) {
            shown.append(String.format(Locale.ROOT, " 0x%02x", bytes[i]));
        }
        return new DatabaseException(
                SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"UTF8\":" + shown);
    }

    private int unicode(int start, int digits) {
        int end = digitsEnd(start + 2, 16, digits);
        if (end != start + 2 + digits) {
            throw new DatabaseException(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid Unicode escape")
                    .withHint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX.")
                    .at(start);
        }
        flushBytes();
        addCodePoint(Long.parseLong(text, start + 2, end, 16), start, end);
        return end;
    }

    private void addCodePoint(long codePoint, int start, int end) {
        if (codePoint <= 0 || codePoint > Character.MAX_CODE_POINT) {
            throw Lexer.error("invalid Unicode escape value", text, start, end);
        }
        boolean low = isSurrogate(codePoint) && Character.isLowSurrogate((char) codePoint);
        if ((highSurrogate != 0) != low) {
            throw Lexer.error(SURROGATES, text, start, end);
        }
        if (low) {
            value.append(highSurrogate).append((char) codePoint);
            highSurrogate = 0;
        } else if (isSurrogate(codePoint)) {
            highSurrogate = (char) codePoint;
        } else {
            value.appendCodePoint((int) codePoint);
        }
    }

    private static boolean isSurrogate(long codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private void refuseOpenSurrogate() {
        if (highSurrogate != 0) {
            throw new DatabaseException(SqlState.SYNTAX_ERROR, SURROGATES);
        }
    }

    /// The value of `U&'raw'`.
    ///
    /// @param sql the whole text, for errors
    /// @param content where `raw` starts in it
    static String resolveUnicode(String sql, String raw, char escape, int content) {
        if (raw.indexOf(escape) < 0) {
            return raw;
        }
        EscapedText result = new EscapedText(raw);
        int index = 0;
        try {
            while (index < raw.length()) {
                char c = raw.charAt(index);
                if (c != escape) {
                    result.append(c);
                    index++;
                } else if (index + 1 < raw.length() && raw.charAt(index + 1) == escape) {
                    result.append(escape);
                    index += 2;
                } else {
                    index = result.unicodeEscape(index);
                }
            }
            return result.finish();
        } catch (DatabaseException error) {
            // Doubled quotes shift what follows them; PostgreSQL points a little off then as well.
            DatabaseException moved = new DatabaseException(error.state(), error.message());
            String hint = error.fields().hint();
            int position = Math.min(content + index, sql.length());
            throw (hint == null ? moved : moved.withHint(hint)).at(position);
        }
    }

    /// `\XXXX` or `\+XXXXXX`.
    private int unicodeEscape(int start) {
        boolean longForm = start + 1 < text.length() && text.charAt(start + 1) == '+';
        int first = longForm ? start + 2 : start + 1;
        int digits = longForm ? 6 : 4;
        int end = digitsEnd(first, 16, digits);
        if (end != first + digits) {
            throw new DatabaseException(SqlState.SYNTAX_ERROR, "invalid Unicode escape")
                    .withHint("Unicode escapes must be \\XXXX or \\+XXXXXX.");
        }
        addCodePoint(Long.parseLong(text, first, end, 16), start, end);
        return end;
    }
}
