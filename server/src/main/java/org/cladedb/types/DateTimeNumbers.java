package org.cladedb.types;

import static org.cladedb.types.DateTimeProblem.Kind.FIELD_RANGE;
import static org.cladedb.types.DateTimeProblem.Kind.FORMAT;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

/// Decimal digits inside a field.
final class DateTimeNumbers {
    private DateTimeNumbers() {}

    static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && DateTimeFields.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static int parse(String text, int start, int end) {
        if (start == end) {
            throw new DateTimeProblem(FORMAT);
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + text.charAt(i) - '0';
            if (value > Integer.MAX_VALUE) {
                throw new DateTimeProblem(FIELD_RANGE);
            }
        }
        return (int) value;
    }

    /// A fraction with its point, in units of a millionth, rounded.
    static int millionths(String fraction) {
        if (digitsEnd(fraction, 1) != fraction.length()) {
            throw new DateTimeProblem(FORMAT);
        }
        return fraction.length() < 2
                ? 0
                : (int) Math.rint(Double.parseDouble(fraction) * MICROS_PER_SECOND);
    }
}
