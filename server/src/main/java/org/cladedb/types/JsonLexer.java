package org.cladedb.types;

import java.nio.charset.StandardCharsets;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Splits JSON text into tokens, and reports errors with PostgreSQL's texts. The input is UTF-8.
final class JsonLexer {
    enum Token {
        OBJECT_START,
        OBJECT_END,
        ARRAY_START,
        ARRAY_END,
        COMMA,
        COLON,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        END
    }

    private static final int CONTEXT_BYTES = 50;
    private static final int CONTEXT_SLACK_BYTES = 3;
    private static final int UNICODE_DIGITS = 4;

    private final byte[] source;
    private final int end;
    private int tokenStart;
    private int tokenEnd;
    private int lineNumber = 1;
    private int lineStart;
    private Token token = Token.END;

    JsonLexer(byte[] source, int offset, int length) {
        this.source = source;
        end = offset + length;
        tokenEnd = offset;
        lineStart = offset;
    }

    Token token() {
        return token;
    }

    int tokenStart() {
        return tokenStart;
    }

    int tokenEnd() {
        return tokenEnd;
    }

    /// Moves to the next token.
    Token next() {
        Cancellation.check();
        int at = tokenEnd;
        while (at < end && isBlank(source[at])) {
            if (source[at++] == '\n') {
                lineNumber++;
                lineStart = at;
            }
        }
        tokenStart = at;
        token = at == end ? end(at) : lex(at);
        return token;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }

    private Token end(int at) {
        tokenEnd = at;
        return Token.END;
    }

    private Token lex(int at) {
        return switch (source[at]) {
            case '{' -> single(Token.OBJECT_START);
            case '}' -> single(Token.OBJECT_END);
            case '[' -> single(Token.ARRAY_START);
            case ']' -> single(Token.ARRAY_END);
            case ',' -> single(Token.COMMA);
            case ':' -> single(Token.COLON);
            case '"' -> string(at + 1);
            case '-' -> number(at + 1);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(at);
            default -> word(at);
        };
    }

    private Token single(Token kind) {
        tokenEnd = tokenStart + 1;
        return kind;
    }

    private Token string(int start) {
        int at = start;
        while (true) {
            if (at == end) {
                throw invalidToken(end);
            }
            byte character = source[at];
            if (character == '"') {
                tokenEnd = at + 1;
                return Token.STRING;
            }
            if (character >= 0 && character < ' ') {
                tokenEnd = at;
                throw error(
                        String.format("Character with value 0x%02x must be escaped.", character));
            }
            at = character == '\\' ? escape(at + 1) : at + 1;
        }
    }

    /// Checks the escape after a backslash; returns the position after it.
    private int escape(int at) {
        if (at == end) {
            throw invalidToken(end);
        }
        return switch (source[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> unicodeEscape(at + 1);
            default -> {
                tokenEnd = at + characterLength(at);
                throw error("Escape sequence \"\\" + text(at, tokenEnd) + "\" is invalid.");
            }
        };
    }

    private int unicodeEscape(int start) {
        for (int i = start; i < start + UNICODE_DIGITS; i++) {
            if (i == end) {
                throw invalidToken(end);
            }
            if (source[i] < 0 || Character.digit(source[i], 16) < 0) {
                tokenEnd = i + characterLength(i);
                throw error("\"\\u\" must be followed by four hexadecimal digits.");
            }
        }
        return start + UNICODE_DIGITS;
    }

    private int characterLength(int at) {
        return Utf8.prefixLength(source, at, end - at, 1);
    }

    private Token number(int start) {
        int at = start;
        boolean valid = true;
        if (at < end && source[at] == '0') {
            at++;
        } else {
            int first = at;
            at = skipDigits(at);
            valid = at > first;
        }
        if (at < end && source[at] == '.') {
            int first = at + 1;
            at = skipDigits(first);
            valid &= at > first;
        }
        if (at < end && (source[at] == 'e' || source[at] == 'E')) {
            at++;
            if (at < end && (source[at] == '+' || source[at] == '-')) {
                at++;
            }
            int first = at;
            at = skipDigits(at);
            valid &= at > first;
        }
        while (at < end && isWordPart(source[at])) {
            at++;
            valid = false;
        }
        tokenEnd = at;
        if (!valid) {
            throw invalidToken(at);
        }
        return Token.NUMBER;
    }

    private int skipDigits(int start) {
        int at = start;
        while (at < end && source[at] >= '0' && source[at] <= '9') {
            at++;
        }
        return at;
    }

    private Token word(int start) {
        int at = start;
        while (at < end && isWordPart(source[at])) {
            at++;
        }
        if (at == start) {
            throw invalidToken(start + 1);
        }
        tokenEnd = at;
        return switch (text(start, at)) {
            case "true" -> Token.TRUE;
            case "false" -> Token.FALSE;
            case "null" -> Token.NULL;
            default -> throw invalidToken(at);
        };
    }

    private static boolean isWordPart(byte character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_'
                || character < 0;
    }

    private String text(int start, int stop) {
        return new String(source, start, stop - start, StandardCharsets.UTF_8);
    }

    private DatabaseException invalidToken(int stop) {
        tokenEnd = stop;
        return error("Token \"" + text(tokenStart, stop) + "\" is invalid.");
    }

    /// The error for a token that cannot stand where it is.
    DatabaseException unexpected(String expected) {
        return token == Token.END
                ? error("The input string ended unexpectedly.")
                : error(
                        "Expected "
                                + expected
                                + ", but found \""
                                + text(tokenStart, tokenEnd)
                                + "\".");
    }

    /// Adds to an error found inside the current token the text up to where it was found.
    DatabaseException at(int position, DatabaseException error) {
        tokenEnd = position;
        return error.withWhere(context());
    }

    private DatabaseException error(String detail) {
        return new DatabaseException(
                        SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json")
                .withDetail(detail)
                .withWhere(context());
    }

    /// The line up to the offending token, its last part if it is long.
    private String context() {
        int start = lineStart;
        while (tokenEnd - start >= CONTEXT_BYTES) {
            start += characterLength(start);
        }
        if (start - lineStart <= CONTEXT_SLACK_BYTES) {
            start = lineStart;
        }
        boolean more =
                tokenStart < end
                        && tokenEnd < end
                        && source[tokenEnd] != '\n'
                        && source[tokenEnd] != '\r';
        return "JSON data, line "
                + lineNumber
                + ": "
                + (start > lineStart ? "..." : "")
                + text(start, tokenEnd)
                + (more ? "..." : "");
    }
}
