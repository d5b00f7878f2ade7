package org.cladedb.types;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Reads dates, times and timestamps. What programs write (`2020-01-31 23:59:59.5`) is read
/// straight from the bytes; everything else goes through [DateTimeParser].
final class DateTimeInput {
    static final long TIMESTAMP_MIN = -211_813_488_000_000_000L;
    static final long TIMESTAMP_END = 9_223_371_331_200_000_000L;
    private static final int EPOCH_DAYS = -10_957;
    private static final int DATE_LENGTH = 10;
    private static final int CLOCK_LENGTH = 8;
    private static final int FRACTION_DIGITS = 6;
    private static final int INVALID = -1;

    private DateTimeInput() {}

    static long date(byte[] source, int offset, int length, TypeContext context) {
        if (length == DATE_LENGTH) {
            long days = plainDate(source, offset);
            if (days != Long.MIN_VALUE) {
                return days;
            }
        }
        String text = InputText.decode(source, offset, length);
        try {
            DateTimeParser parser =
                    new DateTimeParser(DateTimeFields.split(text), false, context).parse();
            return switch (parser.outcome()) {
                case EPOCH -> EPOCH_DAYS;
                case INFINITY -> DateTimeText.DATE_INFINITY;
                case NEGATIVE_INFINITY -> DateTimeText.DATE_NEGATIVE_INFINITY;
                case DATE -> {
                    long days = parser.days();
                    if (days < CivilDate.FIRST_DAY || days > CivilDate.LAST_DAY) {
                        throw outOfRange("date", text);
                    }
                    yield days;
                }
            };
        } catch (DateTimeProblem problem) {
            throw problem.report("date", text);
        }
    }

    static long time(byte[] source, int offset, int length, TypeContext context) {
        long micros = plainTime(source, offset, offset + length);
        if (micros >= 0) {
            return micros;
        }
        String text = InputText.decode(source, offset, length);
        try {
            return new DateTimeParser(DateTimeFields.split(text), true, context)
                    .parse()
                    .clock
                    .micros();
        } catch (DateTimeProblem problem) {
            throw problem.report("time", text);
        }
    }

    static long timestamp(
            byte[] source, int offset, int length, boolean zoned, TypeContext context) {
        long plain = plainTimestamp(source, offset, length);
        if (plain != Long.MIN_VALUE) {
            return zoned
                    ? plain - context.timeZone().offsetSecondsOfLocal(plain) * MICROS_PER_SECOND
                    : plain;
        }
        String text = InputText.decode(source, offset, length);
        try {
            DateTimeParser parser =
                    new DateTimeParser(DateTimeFields.split(text), false, context).parse();
            return switch (parser.outcome()) {
                case EPOCH -> EPOCH_DAYS * MICROS_PER_DAY;
                case INFINITY -> DateTimeText.INFINITY;
                case NEGATIVE_INFINITY -> DateTimeText.NEGATIVE_INFINITY;
                case DATE -> inRange(parser.micros(zoned), text);
            };
        } catch (DateTimeProblem problem) {
            throw problem.report(zoned ? "timestamp with time zone" : "timestamp", text);
        }
    }

    private static long inRange(@Nullable Long micros, String text) {
        if (micros == null || micros < TIMESTAMP_MIN || micros >= TIMESTAMP_END) {
            throw outOfRange("timestamp", text);
        }
        return micros;
    }

    private static DatabaseException outOfRange(String what, String text) {
        return new DatabaseException(
                SqlState.DATETIME_FIELD_OVERFLOW, what + " out of range: \"" + text + "\"");
    }

    /// Throws 22008 unless the microseconds are a timestamp or infinite.
    static long requireTimestampRange(long micros) {
        boolean infinite =
                micros == DateTimeText.INFINITY || micros == DateTimeText.NEGATIVE_INFINITY;
        if (!infinite && (micros < TIMESTAMP_MIN || micros >= TIMESTAMP_END)) {
            throw new DatabaseException(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
        }
        return micros;
    }

    /// `yyyy-mm-dd`; `Long.MIN_VALUE` for anything else.
    private static long plainDate(byte[] source, int at) {
        int century = pair(source, at);
        int yearOfCentury = pair(source, at + 2);
        int month = pair(source, at + 5);
        int day = pair(source, at + 8);
        if ((century | yearOfCentury | month | day) < 0
                || source[at + 4] != '-'
                || source[at + 7] != '-') {
            return Long.MIN_VALUE;
        }
        int year = century * 100 + yearOfCentury;
        if (year == 0
                || month < 1
                || month > 12
                || day < 1
                || day > CivilDate.daysInMonth(year, month)) {
            return Long.MIN_VALUE;
        }
        return CivilDate.toDays(year, month, day);
    }

    /// `hh:mm:ss[.ffffff]` with up to six digits; negative for anything else.
    private static long plainTime(byte[] source, int at, int end) {
        if (end - at < CLOCK_LENGTH || source[at + 2] != ':' || source[at + 5] != ':') {
            return INVALID;
        }
        int hour = pair(source, at);
        int minute = pair(source, at + 3);
        int second = pair(source, at + 6);
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return INVALID;
        }
        long micros =
                hour * MICROS_PER_HOUR + minute * MICROS_PER_MINUTE + second * MICROS_PER_SECOND;
        int digits = end - at - CLOCK_LENGTH - 1;
        if (digits < 0) {
            return micros;
        }
        if (digits == 0 || digits > FRACTION_DIGITS || source[at + CLOCK_LENGTH] != '.') {
            return INVALID;
        }
        int fraction = 0;
        for (int i = 0; i < FRACTION_DIGITS; i++) {
            int digit = i < digits ? source[at + CLOCK_LENGTH + 1 + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            fraction = fraction * 10 + digit;
        }
        return micros + fraction;
    }

    private static long plainTimestamp(byte[] source, int at, int length) {
        if (length < DATE_LENGTH + 1 + CLOCK_LENGTH
                || (source[at + DATE_LENGTH] != ' ' && source[at + DATE_LENGTH] != 'T')) {
            return Long.MIN_VALUE;
        }
        long days = plainDate(source, at);
        long time = plainTime(source, at + DATE_LENGTH + 1, at + length);
        return days == Long.MIN_VALUE || time < 0 ? Long.MIN_VALUE : days * MICROS_PER_DAY + time;
    }

    /// The number that two digits make; negative when they are none.
    private static int pair(byte[] source, int at) {
        int tens = source[at] - '0';
        int ones = source[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? INVALID : tens * 10 + ones;
    }
}
