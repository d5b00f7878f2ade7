package org.cladedb.functions;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FormatPattern.FieldPart;

/// Reads the numbers in a text that follows a template.
final class TemplateNumbers {
    private final String input;

    TemplateNumbers(String input) {
        this.input = input;
    }

    /// A number and where it ends.
    record Parsed(int value, int end) {}

    /// Reads all digits that are there.
    Parsed readFree(int start, int width, FieldPart field) {
        int digits = skipSpaces(start);
        int end = numberEnd(digits, input.length());
        if (end == digits) {
            throw notInteger(digits, width, field);
        }
        return new Parsed(value(digits, end, field), end);
    }

    /// Reads as many characters as the field has, since digits of the next one follow.
    Parsed readFixed(int start, int width, FieldPart field) {
        int digits = skipSpaces(start);
        int room = Math.min(width, input.length() - digits);
        if (room < width) {
            throw invalid(
                            "source string too short for \""
                                    + field.spelling()
                                    + "\" formatting field")
                    .withDetail(
                            "Field requires "
                                    + width
                                    + " characters, but only "
                                    + room
                                    + " remain.")
                    .withHint(NOT_FIXED);
        }
        int end = numberEnd(digits, digits + width);
        int used = end - digits;
        if (used > 0 && used < width) {
            throw invalid(
                            "invalid value \""
                                    + input.substring(digits, digits + width)
                                    + "\" for \""
                                    + field.spelling()
                                    + "\"")
                    .withDetail(
                            "Field requires "
                                    + width
                                    + " characters, but only "
                                    + used
                                    + " could be parsed.")
                    .withHint(NOT_FIXED);
        }
        if (end == start) {
            throw notInteger(digits, width, field);
        }
        return new Parsed(used == 0 ? 0 : value(digits, end, field), end);
    }

    private static final String NOT_FIXED =
            "If your source string is not fixed-width, try using the \"FM\" modifier.";

    private int skipSpaces(int start) {
        int at = start;
        while (at < input.length() && FormatPattern.isSpace(input.charAt(at))) {
            at++;
        }
        return at;
    }

    /// The end of sign and digits, or the start when there is no digit.
    private int numberEnd(int start, int limit) {
        int at = start;
        while (at < limit && FormatPattern.isSpace(input.charAt(at))) {
            at++;
        }
        if (at < limit && (input.charAt(at) == '-' || input.charAt(at) == '+')) {
            at++;
        }
        int digits = at;
        while (at < limit && input.charAt(at) >= '0' && input.charAt(at) <= '9') {
            at++;
        }
        return at == digits ? start : at;
    }

    private int value(int start, int end, FieldPart field) {
        try {
            return Integer.parseInt(input, start, end, 10);
        } catch (NumberFormatException exception) {
            throw new DatabaseException(
                            SqlState.DATETIME_FIELD_OVERFLOW,
                            "value for \""
                                    + field.spelling()
                                    + "\" in source string is out of range")
                    .withDetail("Value must be in the range -2147483648 to 2147483647.");
        }
    }

    private DatabaseException notInteger(int start, int width, FieldPart field) {
        int shown = Math.min(input.length(), start + width);
        return invalid(
                        "invalid value \""
                                + input.substring(start, shown)
                                + "\" for \""
                                + field.spelling()
                                + "\"")
                .withDetail("Value must be an integer.");
    }

    private static DatabaseException invalid(String message) {
        return new DatabaseException(SqlState.INVALID_DATETIME_FORMAT, message);
    }
}
