package org.cladedb.types;

import java.util.Arrays;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// The text that a JSON string stands for.
final class JsonStrings {
    private static final int UNICODE_ESCAPE_LENGTH = 6;

    private JsonStrings() {}

    /// The text between the quotes with its escapes resolved. U+0000 and halves of surrogate pairs
    /// are errors: text cannot hold them.
    static byte[] unescape(byte[] source, int start, int end, JsonLexer lexer) {
        int first = start;
        while (first < end && source[first] != '\\') {
            first++;
        }
        if (first == end) {
            return Arrays.copyOfRange(source, start, end);
        }
        ByteWriter out = new ByteWriter(end - start);
        int at = start;
        while (at < end) {
            if (source[at] != '\\') {
                out.writeByte(source[at++]);
            } else if (source[at + 1] == 'u') {
                at = unicode(source, at, end, out, lexer);
            } else {
                out.writeByte(simple(source[at + 1]));
                at += 2;
            }
        }
        return out.toByteArray();
    }

    private static int simple(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    /// Writes the character of a Unicode escape, or of two that make a pair.
    private static int unicode(byte[] source, int at, int end, ByteWriter out, JsonLexer lexer) {
        int unit = unit(source, at);
        int next = at + UNICODE_ESCAPE_LENGTH;
        if (unit == 0) {
            throw lexer.at(
                    next,
                    new DatabaseException(
                                    SqlState.UNTRANSLATABLE_CHARACTER,
                                    "unsupported Unicode escape sequence")
                            .withDetail("\\u0000 cannot be converted to text."));
        }
        if (!Character.isSurrogate((char) unit)) {
            out.writeUtf8(Character.toString(unit));
            return next;
        }
        if (Character.isLowSurrogate((char) unit)) {
            throw pairError("Unicode low surrogate must follow a high surrogate.", next, lexer);
        }
        boolean pair =
                next + UNICODE_ESCAPE_LENGTH <= end
                        && source[next] == '\\'
                        && source[next + 1] == 'u';
        int low = pair ? unit(source, next) : 0;
        if (pair && Character.isHighSurrogate((char) low)) {
            throw pairError(
                    "Unicode high surrogate must not follow a high surrogate.",
                    next + UNICODE_ESCAPE_LENGTH,
                    lexer);
        }
        if (!Character.isLowSurrogate((char) low)) {
            throw pairError("Unicode low surrogate must follow a high surrogate.", next, lexer);
        }
        out.writeUtf8(Character.toString(Character.toCodePoint((char) unit, (char) low)));
        return next + UNICODE_ESCAPE_LENGTH;
    }

    private static DatabaseException pairError(String detail, int end, JsonLexer lexer) {
        return lexer.at(
                end,
                new DatabaseException(
                                SqlState.INVALID_TEXT_REPRESENTATION,
                                "invalid input syntax for type json")
                        .withDetail(detail));
    }

    private static int unit(byte[] source, int at) {
        int value = 0;
        for (int i = at + 2; i < at + UNICODE_ESCAPE_LENGTH; i++) {
            value = value << 4 | Character.digit(source[i], 16);
        }
        return value;
    }
}
