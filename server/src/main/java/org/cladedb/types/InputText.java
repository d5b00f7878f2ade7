package org.cladedb.types;

import java.nio.charset.StandardCharsets;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// What the readers of text formats share: encoding checks, blanks and errors.
final class InputText {
    private static final int REPORTED_BYTES_MAX = 8;

    private InputText() {}

    /// The text, checked to be UTF-8 without zero bytes (22021).
    static String decode(byte[] source, int offset, int length) {
        Utf8.check(source, offset, length);
        return new String(source, offset, length, StandardCharsets.UTF_8);
    }

    /// As C's isspace in the C locale.
    static boolean isSpace(int character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    static int skipSpaces(byte[] source, int start, int end) {
        int at = start;
        while (at < end && isSpace(source[at])) {
            at++;
        }
        return at;
    }

    static int dropSpaces(byte[] source, int start, int end) {
        int at = end;
        while (at > start && isSpace(source[at - 1])) {
            at--;
        }
        return at;
    }

    /// 22P02, as most input functions say it.
    static DatabaseException invalid(String typeName, byte[] source, int offset, int length) {
        return invalid(typeName, decode(source, offset, length));
    }

    static DatabaseException invalid(String typeName, String text) {
        return new DatabaseException(
                SqlState.INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type " + typeName + ": \"" + text + "\"");
    }

    /// 22003, as integer input says it.
    static DatabaseException outOfRange(String typeName, byte[] source, int offset, int length) {
        return new DatabaseException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                "value \""
                        + decode(source, offset, length)
                        + "\" is out of range for type "
                        + typeName);
    }

    /// Checks the length of a binary value of fixed width.
    static void requireLength(int expected, int actual) {
        if (actual < expected) {
            throw insufficientData();
        }
        if (actual > expected) {
            throw incorrectBinary();
        }
    }

    static DatabaseException insufficientData() {
        return new DatabaseException(
                SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
    }

    static DatabaseException incorrectBinary() {
        return new DatabaseException(
                SqlState.INVALID_BINARY_REPRESENTATION, "incorrect binary data format");
    }

    /// Values of some types have no text or binary form that can be read.
    static DatabaseException cannotAccept(TypeKind kind) {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED, "cannot accept a value of type " + kind.sqlName());
    }

    /// The error for bytes that are not UTF-8, from the first bad sequence on.
    static DatabaseException badEncoding(byte[] source, int offset, int end) {
        int first = source[offset] & 0xFF;
        int expected = first >= 0xF0 && first < 0xF8 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : 1;
        if (first >= 0xC0 && first < 0xE0) {
            expected = 2;
        }
        StringBuilder message = new StringBuilder("invalid byte sequence for encoding \"UTF8\":");
        int shown = Math.min(Math.min(expected, end - offset), REPORTED_BYTES_MAX);
        for (int i = offset; i < offset + shown; i++) {
            message.append(" 0x").append(String.format("%02x", source[i] & 0xFF));
        }
        return new DatabaseException(SqlState.CHARACTER_NOT_IN_REPERTOIRE, message.toString());
    }
}
