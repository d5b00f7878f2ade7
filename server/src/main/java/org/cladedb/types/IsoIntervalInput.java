package org.cladedb.types;

import static org.cladedb.types.DateTimeProblem.Kind.FIELD_RANGE;
import static org.cladedb.types.DateTimeProblem.Kind.FORMAT;
import static org.cladedb.types.Intervals.DAYS_PER_MONTH;
import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads ISO 8601 durations: `P1Y2M3DT4H5M6S`, and the alternative forms `P0001-02-03T04:05:06` and
/// `P00010203T040506`.
final class IsoIntervalInput {
    private static final int BASIC_DATE_DIGITS = 8;
    private static final int BASIC_TIME_DIGITS = 6;
    private static final char END = 0;

    /// Up to here a double has an exact fraction.
    private static final double NUMBER_MAX = 1e15;

    private static final Pattern NUMBER =
            Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private final String text;
    private final IntervalSum sum = new IntervalSum();
    private int position = 1;
    private boolean datePart = true;

    /// Whether the current part has a field with a unit already.
    private boolean anyField;

    private int integerDigits;
    private long value;
    private double fraction;

    private IsoIntervalInput(String text) {
        this.text = text;
    }

    static IntervalSum parse(String text) {
        if (text.length() < 2 || text.charAt(0) != 'P') {
            throw new DateTimeProblem(FORMAT);
        }
        return new IsoIntervalInput(text).run();
    }

    private IntervalSum run() {
        while (position < text.length()) {
            if (peek() == 'T') {
                position++;
                startTime();
                continue;
            }
            readNumber();
            char unit = peek();
            position++;
            boolean done = datePart ? dateField(unit) : timeField(unit);
            if (done) {
                return sum;
            }
        }
        return sum;
    }

    private void startTime() {
        datePart = false;
        anyField = false;
    }

    /// Adds what a number of the date part means; true at the end of the text.
    private boolean dateField(char unit) {
        switch (unit) {
            case 'Y' -> sum.addYears(value, fraction, 1);
            case 'M' -> addMonths();
            case 'W' -> {
                sum.addDays(value, 7);
                sum.addFractionDays(fraction, 7);
            }
            case 'D' -> addDays();
            case 'T', END, '-' -> {
                return alternativeDate(unit);
            }
            default -> throw new DateTimeProblem(FORMAT);
        }
        anyField = true;
        return false;
    }

    private boolean alternativeDate(char unit) {
        if (anyField) {
            throw new DateTimeProblem(FORMAT);
        }
        if (unit != '-' && integerDigits == BASIC_DATE_DIGITS) {
            long digits = value;
            sum.addYears(digits / 10_000, 0, 1);
            sum.addMonths(digits / 100 % 100);
            value = digits % 100;
            addDays();
            startTime();
            return unit == END;
        }
        sum.addYears(value, fraction, 1);
        if (unit == '-') {
            readNumber();
            addMonths();
            unit = peek();
            position++;
        }
        if (unit == '-') {
            readNumber();
            addDays();
            unit = peek();
            position++;
        }
        if (unit != 'T' && unit != END) {
            throw new DateTimeProblem(FORMAT);
        }
        startTime();
        return unit == END;
    }

    private void addMonths() {
        sum.addMonths(value);
        sum.addFractionDays(fraction, DAYS_PER_MONTH);
    }

    private void addDays() {
        sum.addDays(value, 1);
        sum.addFractionMicros(fraction, MICROS_PER_DAY);
    }

    private boolean timeField(char unit) {
        switch (unit) {
            case 'H' -> sum.addMicros(value, fraction, MICROS_PER_HOUR);
            case 'M' -> sum.addMicros(value, fraction, MICROS_PER_MINUTE);
            case 'S' -> sum.addMicros(value, fraction, MICROS_PER_SECOND);
            case END, ':' -> {
                alternativeTime(unit);
                return true;
            }
            default -> throw new DateTimeProblem(FORMAT);
        }
        anyField = true;
        return false;
    }

    private void alternativeTime(char unit) {
        if (anyField) {
            throw new DateTimeProblem(FORMAT);
        }
        if (unit == END && integerDigits == BASIC_TIME_DIGITS) {
            sum.addMicros(value / 10_000, 0, MICROS_PER_HOUR);
            sum.addMicros(value / 100 % 100, 0, MICROS_PER_MINUTE);
            sum.addMicros(value % 100, 0, MICROS_PER_SECOND);
            sum.addFractionMicros(fraction, 1);
            return;
        }
        sum.addMicros(value, fraction, MICROS_PER_HOUR);
        if (unit == ':') {
            readNumber();
            sum.addMicros(value, fraction, MICROS_PER_MINUTE);
            unit = peek();
            position++;
        }
        if (unit == ':') {
            readNumber();
            sum.addMicros(value, fraction, MICROS_PER_SECOND);
            unit = peek();
        }
        if (unit != END) {
            throw new DateTimeProblem(FORMAT);
        }
    }

    /// Reads a number, perhaps with an exponent, into value and fraction: a double, as in
    /// PostgreSQL.
    private void readNumber() {
        Matcher matcher = NUMBER.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw new DateTimeProblem(FORMAT);
        }
        int digits = peek() == '-' ? position + 1 : position;
        integerDigits = DateTimeNumbers.digitsEnd(text, digits) - digits;
        double number = Double.parseDouble(matcher.group());
        if (Math.abs(number) > NUMBER_MAX) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
        value = (long) number;
        fraction = number - value;
        position = matcher.end();
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : END;
    }
}
