package org.cladedb.sql.parser;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Resolves the escapes of `E'…'`.
///
/// Octal and hexadecimal escapes are bytes of UTF-8, several of which may make one character: they
/// are collected and decoded together.
final class EscapedText {
    private static final int SHOWN_BYTES_MAX = 4;

    private final String text;
    private final UnicodeText value;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    EscapedText(String text) {
        this.text = text;
        this.value = new UnicodeText((message, at, to) -> Lexer.error(message, text, at, to));
    }

    /// Appends a char that stands at `position` of the text.
    void append(char c, int position) {
        flushBytes();
        value.append(c, position);
    }

    String finish(int position) {
        flushBytes();
        return value.finish(position);
    }

    /// Resolves the escape at `start` (the backslash) and returns the offset after it.
    int escape(int start) {
        char kind = text.charAt(start + 1);
        switch (kind) {
            case 'b' -> append('\b', start);
            case 'f' -> append('\f', start);
            case 'n' -> append('\n', start);
            case 'r' -> append('\r', start);
            case 't' -> append('\t', start);
            case 'v' -> append('\u000B', start);
            case 'u' -> {
                return unicode(start, 4);
            }
            case 'U' -> {
                return unicode(start, 8);
            }
            case 'x' -> {
                int end = Characters.digitsEnd(text, start + 2, 16, 2);
                if (end == start + 2) {
                    append('x', start);
                } else {
                    appendByte(Integer.parseInt(text, start + 2, end, 16), start);
                }
                return end;
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int end = Characters.digitsEnd(text, start + 1, 8, 3);
                appendByte(Integer.parseInt(text, start + 1, end, 8) & 0xFF, start);
                return end;
            }
            default -> append(kind, start);
        }
        return start + 2;
    }

    private void appendByte(int octet, int position) {
        value.refuseOpenSurrogate(position);
        if (octet == 0) {
            throw invalidBytes(new byte[] {0});
        }
        bytes.write(octet);
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
        for (int i = 0; i < Math.min(bytes.length, SHOWN_BYTES_MAX); i++) {
            shown.append(String.format(Locale.ROOT, " 0x%02x", bytes[i]));
        }
        return new DatabaseException(
                SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"UTF8\":" + shown);
    }

    private int unicode(int start, int digits) {
        int end = Characters.digitsEnd(text, start + 2, 16, digits);
        if (end != start + 2 + digits) {
            throw new DatabaseException(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid Unicode escape")
                    .withHint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX.")
                    .at(start);
        }
        flushBytes();
        value.appendCodePoint(Long.parseLong(text, start + 2, end, 16), start, end);
        return end;
    }
}
