package org.cladedb.types;

import static org.cladedb.types.DateTimeProblem.Kind.FIELD_RANGE;
import static org.cladedb.types.DateTimeProblem.Kind.FORMAT;
import static org.cladedb.types.DateTimeProblem.Kind.ZONE_RANGE;
import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import org.jspecify.annotations.Nullable;

/// The time of day that a [DateTimeParser] has found so far.
final class ClockParts {
    private static final int HOURS_PER_HALF = 12;
    private static final int HOURS_PER_DAY = 24;
    private static final int SIXTY = 60;
    private static final int ZONE_HOURS_MAX = 15;

    int hour;
    int minute;
    int second;
    int micros;
    DateTimeWord.@Nullable Kind half;

    int setHour(int value) {
        hour = value;
        return DateTimePart.HOUR;
    }

    int setMinute(int value) {
        minute = value;
        return DateTimePart.MINUTE;
    }

    void setSeconds(int value, String fraction) {
        second = value;
        if (!fraction.isEmpty()) {
            micros = DateTimeNumbers.millionths(fraction);
        }
    }

    void setMicros(long timeOfDay) {
        hour = (int) (timeOfDay / MICROS_PER_HOUR);
        minute = (int) (timeOfDay % MICROS_PER_HOUR / MICROS_PER_MINUTE);
        second = (int) (timeOfDay % MICROS_PER_MINUTE / MICROS_PER_SECOND);
        micros = (int) (timeOfDay % MICROS_PER_SECOND);
    }

    void setFractionOfDay(String fraction) {
        setMicros((long) Math.rint(Double.parseDouble("0" + fraction) * MICROS_PER_DAY));
    }

    /// `hh:mm[:ss[.ffffff]]`, or `mm:ss.ffffff`.
    void parse(String text) {
        int colon = DateTimeNumbers.digitsEnd(text, 0);
        hour = DateTimeNumbers.parse(text, 0, colon);
        int end = DateTimeNumbers.digitsEnd(text, colon + 1);
        minute = colon + 1 == end ? 0 : DateTimeNumbers.parse(text, colon + 1, end);
        if (end < text.length() && text.charAt(end) == '.') {
            micros = DateTimeNumbers.millionths(text.substring(end));
            second = minute;
            minute = hour;
            hour = 0;
        } else if (end < text.length()) {
            int secondsEnd = DateTimeNumbers.digitsEnd(text, end + 1);
            second = end + 1 == secondsEnd ? 0 : DateTimeNumbers.parse(text, end + 1, secondsEnd);
            if (secondsEnd < text.length()) {
                if (text.charAt(secondsEnd) != '.') {
                    throw new DateTimeProblem(FORMAT);
                }
                micros = DateTimeNumbers.millionths(text.substring(secondsEnd));
            }
        }
        if (minute >= SIXTY || second > SIXTY || micros > MICROS_PER_SECOND) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
    }

    /// `hhmmss[.ffffff]` or `hhmm`; false for any other length.
    boolean setRunTogether(String text) {
        int point = text.indexOf('.');
        String digits = point < 0 ? text : text.substring(0, point);
        if (point >= 0) {
            micros = DateTimeNumbers.millionths(text.substring(point));
        }
        if (digits.length() != 4 && digits.length() != 6) {
            return false;
        }
        hour = DateTimeNumbers.parse(digits, 0, 2);
        minute = DateTimeNumbers.parse(digits, 2, 4);
        second = digits.length() == 6 ? DateTimeNumbers.parse(digits, 4, 6) : 0;
        return true;
    }

    void applyHalf() {
        if (half == null) {
            return;
        }
        if (hour > HOURS_PER_HALF) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
        if (half == DateTimeWord.Kind.AM && hour == HOURS_PER_HALF) {
            hour = 0;
        } else if (half == DateTimeWord.Kind.PM && hour != HOURS_PER_HALF) {
            hour += HOURS_PER_HALF;
        }
    }

    void requireValid() {
        if (hour > HOURS_PER_DAY
                || minute >= SIXTY
                || second > SIXTY
                || micros() > MICROS_PER_DAY) {
            throw new DateTimeProblem(FIELD_RANGE);
        }
    }

    long micros() {
        return hour * MICROS_PER_HOUR
                + minute * MICROS_PER_MINUTE
                + second * MICROS_PER_SECOND
                + micros;
    }

    /// `+hh[:mm[:ss]]` or `+hhmm`, in seconds.
    static int parseZone(String text) {
        if (text.isEmpty() || (text.charAt(0) != '+' && text.charAt(0) != '-')) {
            throw new DateTimeProblem(FORMAT);
        }
        int end = DateTimeNumbers.digitsEnd(text, 1);
        long hours = zoneNumber(text, 1, end);
        long minutes = 0;
        long seconds = 0;
        if (end < text.length() && text.charAt(end) == ':') {
            int start = end + 1;
            end = DateTimeNumbers.digitsEnd(text, start);
            minutes = zoneNumber(text, start, end);
            if (end < text.length() && text.charAt(end) == ':') {
                start = end + 1;
                end = DateTimeNumbers.digitsEnd(text, start);
                seconds = zoneNumber(text, start, end);
            }
        } else if (end == text.length() && end > 3) {
            minutes = hours % 100;
            hours /= 100;
        }
        if (hours > ZONE_HOURS_MAX || minutes >= SIXTY || seconds >= SIXTY) {
            throw new DateTimeProblem(ZONE_RANGE);
        }
        if (end != text.length()) {
            throw new DateTimeProblem(FORMAT);
        }
        int total = (int) ((hours * SIXTY + minutes) * SIXTY + seconds);
        return text.charAt(0) == '-' ? -total : total;
    }

    private static long zoneNumber(String text, int start, int end) {
        try {
            return start == end ? 0 : DateTimeNumbers.parse(text, start, end);
        } catch (DateTimeProblem problem) {
            throw new DateTimeProblem(ZONE_RANGE);
        }
    }
}
