package org.cladedb.types;

import static org.cladedb.types.Intervals.DAYS_PER_MONTH;
import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.DateTimeFields.Field;
import org.jspecify.annotations.Nullable;

/// Reads intervals: `1 year 2 days 03:04:05 ago`, SQL's `1-2 3 4:05:06` and ISO 8601's `P1Y2DT3H`.
///
/// Fields are read from right to left, because a unit stands after its number.
final class IntervalInput {
    /// A signed time; anything else that begins with a sign is a number, or nothing.
    private static final Pattern CLOCK_TEXT =
            Pattern.compile("[+-]\\d+:0*[0-5]?\\d?(:0*[0-5]?\\d?(\\.\\d*)?|\\.\\d*)?");

    private static final int SIGNIFICANT_LETTERS = 10;
    private static final int MONTHS_PER_YEAR = 12;

    /// The units, each with a bit for duplicates.
    enum Unit {
        MICROSECOND(1),
        MILLISECOND(1 << 1),
        SECOND(1 << 2),
        MINUTE(1 << 3),
        HOUR(1 << 4),
        DAY(1 << 5),
        WEEK(1 << 6),
        MONTH(1 << 7),
        YEAR(1 << 8),
        DECADE(1 << 9),
        CENTURY(1 << 10),
        MILLENNIUM(1 << 11);

        private final int bit;

        Unit(int bit) {
            this.bit = bit;
        }

        int bit() {
            return bit;
        }
    }

    private static final int SUBSECONDS =
            Unit.MICROSECOND.bit() | Unit.MILLISECOND.bit() | Unit.SECOND.bit();
    private static final int CLOCK = SUBSECONDS | Unit.MINUTE.bit() | Unit.HOUR.bit();
    private static final Map<String, Unit> UNITS = new HashMap<>();

    static {
        put(Unit.MICROSECOND, "microsecon", "us", "usec", "usecs", "usecond", "useconds");
        put(Unit.MILLISECOND, "millisecon", "ms", "msec", "msecs", "msecond", "mseconds");
        put(Unit.SECOND, "s", "sec", "secs", "second", "seconds");
        put(Unit.MINUTE, "m", "min", "mins", "minute", "minutes");
        put(Unit.HOUR, "h", "hr", "hrs", "hour", "hours");
        put(Unit.DAY, "d", "day", "days");
        put(Unit.WEEK, "w", "week", "weeks");
        put(Unit.MONTH, "mon", "mons", "month", "months");
        put(Unit.YEAR, "y", "yr", "yrs", "year", "years");
        put(Unit.DECADE, "dec", "decs", "decade", "decades");
        put(Unit.CENTURY, "c", "cent", "century", "centuries");
        put(Unit.MILLENNIUM, "mil", "mils", "millennium", "millennia");
    }

    private static void put(Unit unit, String... names) {
        for (String name : names) {
            UNITS.put(cut(name), unit);
        }
    }

    private static String cut(String name) {
        return name.length() > SIGNIFICANT_LETTERS ? name.substring(0, SIGNIFICANT_LETTERS) : name;
    }

    private final IntervalSum sum = new IntervalSum();
    private final int range;
    private int seen;
    private boolean ago;

    /// Whether all parts are negative, however they are written.
    private boolean negative;

    /// Whether a unit has no number yet.
    private boolean unitWaits;

    /// Whether the current field is the last of the text.
    private boolean last;

    /// Whether a number without unit is an error.
    private boolean unitNeeded;

    /// The unit of the next number to the left; null before the first one.
    private @Nullable Unit unit;

    private IntervalInput(int modifier) {
        range = IntervalModifier.fields(modifier);
    }

    static void read(String text, int modifier, TypeContext context, Datum out) {
        try {
            IntervalSum sum;
            try {
                sum = new IntervalInput(modifier).parse(DateTimeFields.split(text), context);
            } catch (DateTimeProblem problem) {
                if (problem.kind() != DateTimeProblem.Kind.FORMAT) {
                    throw problem;
                }
                sum = IsoIntervalInput.parse(text);
            }
            if (!sum.store(out)) {
                throw new DatabaseException(
                        SqlState.DATETIME_FIELD_OVERFLOW, "interval out of range");
            }
        } catch (DateTimeProblem problem) {
            if (problem.kind() == DateTimeProblem.Kind.FORMAT) {
                throw problem.report("interval", text);
            }
            throw new DatabaseException(
                    SqlState.INTERVAL_FIELD_OVERFLOW,
                    "interval field value out of range: \"" + text + "\"");
        }
    }

    private IntervalSum parse(List<Field> fields, TypeContext context) {
        // SQL's reading of one leading sign: it holds for all parts.
        negative =
                context.intervalStyle() == TypeContext.IntervalStyle.SQL_STANDARD
                        && !fields.isEmpty()
                        && fields.getFirst().first() == '-'
                        && fields.stream().skip(1).noneMatch(IntervalInput::isSigned);
        for (int i = fields.size() - 1; i >= 0; i--) {
            last = i == fields.size() - 1;
            int found = parseField(fields.get(i));
            if ((found & seen) != 0) {
                throw format();
            }
            seen |= found;
        }
        if (seen == 0 || unitWaits) {
            throw format();
        }
        if (ago) {
            sum.negate();
        }
        return sum;
    }

    private static boolean isSigned(Field field) {
        return field.first() == '-' || field.first() == '+';
    }

    private int parseField(Field field) {
        return switch (field.kind()) {
            case TIME -> clock(field.text(), false);
            case ZONE -> {
                if (CLOCK_TEXT.matcher(field.text()).matches()) {
                    yield clock(field.text().substring(1), field.first() == '-');
                }
                yield number(field.text());
            }
            case DATE, NUMBER -> number(field.text());
            case STRING, SPECIAL -> word(field.text());
        };
    }

    private int word(String text) {
        if (text.equals("ago")) {
            if (!last) {
                throw format();
            }
            ago = true;
            unit = null;
            unitNeeded = true;
            return 0;
        }
        unit = UNITS.get(cut(text));
        if (unit == null || unitWaits) {
            throw format();
        }
        unitWaits = true;
        return 0;
    }

    /// `hh:mm[:ss[.ff]]`, hours without limit; the number before it is days.
    private int clock(String text, boolean minus) {
        unit = Unit.DAY;
        unitWaits = false;
        int colon = DateTimeNumbers.digitsEnd(text, 0);
        long first = IntervalSum.parseLong(text, 0, colon);
        int end = DateTimeNumbers.digitsEnd(text, colon + 1);
        long second = colon + 1 >= end ? 0 : IntervalSum.parseLong(text, colon + 1, end);
        boolean minutesFirst = range == (IntervalModifier.MINUTE | IntervalModifier.SECOND);
        long third = 0;
        long micros = 0;
        if (end < text.length() && text.charAt(end) == '.') {
            micros = DateTimeNumbers.millionths(text.substring(end));
            minutesFirst = true;
        } else if (end < text.length()) {
            minutesFirst = false;
            int secondsEnd = DateTimeNumbers.digitsEnd(text, end + 1);
            third = end + 1 == secondsEnd ? 0 : IntervalSum.parseLong(text, end + 1, secondsEnd);
            if (secondsEnd < text.length()) {
                if (text.charAt(secondsEnd) != '.') {
                    throw format();
                }
                micros = DateTimeNumbers.millionths(text.substring(secondsEnd));
            }
        }
        long hours = minutesFirst ? 0 : first;
        long minutes = minutesFirst ? first : second;
        long seconds = minutesFirst ? second : third;
        if (minutes > 59 || seconds > 60 || micros > MICROS_PER_SECOND) {
            throw new DateTimeProblem(DateTimeProblem.Kind.FIELD_RANGE);
        }
        sum.addMicros(hours, 0, MICROS_PER_HOUR);
        sum.addMicros(minutes, 0, MICROS_PER_MINUTE);
        sum.addMicros(seconds, 0, MICROS_PER_SECOND);
        sum.addMicros(micros, 0, 1);
        if (minus) {
            sum.negateMicros();
        }
        if (negative) {
            sum.makeMicrosNegative();
        }
        return CLOCK;
    }

    private int number(String text) {
        Unit current = unit == null ? defaultUnit() : unit;
        unitWaits = false;
        boolean minus = text.charAt(0) == '-';
        int start = minus || text.charAt(0) == '+' ? 1 : 0;
        int end = DateTimeNumbers.digitsEnd(text, start);
        long value = end == start ? 0 : IntervalSum.parseLong(text, minus ? 0 : start, end);
        double fraction = 0;
        boolean yearsAndMonths = end < text.length() && text.charAt(end) == '-';
        if (yearsAndMonths) {
            int monthsEnd = DateTimeNumbers.digitsEnd(text, end + 1);
            if (DateTimeNumbers.digitsEnd(text, end + 2) > end + 2 && text.charAt(end + 1) == '-') {
                throw new DateTimeProblem(DateTimeProblem.Kind.FIELD_RANGE);
            }
            long months =
                    end + 1 == monthsEnd ? 0 : IntervalSum.parseLong(text, end + 1, monthsEnd);
            if (months >= MONTHS_PER_YEAR) {
                throw new DateTimeProblem(DateTimeProblem.Kind.FIELD_RANGE);
            }
            if (monthsEnd != text.length()) {
                throw format();
            }
            value = IntervalSum.monthsOf(value, minus ? -months : months);
            current = Unit.MONTH;
        } else if (end < text.length()) {
            if (text.charAt(end) != '.') {
                throw format();
            }
            fraction = IntervalSum.fraction(text.substring(end));
        }
        if (unit == null && unitNeeded && !yearsAndMonths) {
            throw format();
        }
        add(current, negative ? -Math.abs(value) : value, minus || negative ? -fraction : fraction);
        unit = current == Unit.HOUR ? Unit.DAY : current;
        return current == Unit.SECOND && fraction != 0 ? SUBSECONDS : current.bit();
    }

    private void add(Unit current, long value, double fraction) {
        switch (current) {
            case MICROSECOND -> sum.addMicros(value, fraction, 1);
            case MILLISECOND -> sum.addMicros(value, fraction, 1000);
            case SECOND -> sum.addMicros(value, fraction, MICROS_PER_SECOND);
            case MINUTE -> sum.addMicros(value, fraction, MICROS_PER_MINUTE);
            case HOUR -> sum.addMicros(value, fraction, MICROS_PER_HOUR);
            case DAY -> {
                sum.addDays(value, 1);
                sum.addFractionMicros(fraction, MICROS_PER_DAY);
            }
            case WEEK -> {
                sum.addDays(value, 7);
                sum.addFractionDays(fraction, 7);
            }
            case MONTH -> {
                sum.addMonths(value);
                sum.addFractionDays(fraction, DAYS_PER_MONTH);
            }
            case YEAR -> sum.addYears(value, fraction, 1);
            case DECADE -> sum.addYears(value, fraction, 10);
            case CENTURY -> sum.addYears(value, fraction, 100);
            case MILLENNIUM -> sum.addYears(value, fraction, 1000);
        }
    }

    /// The unit of a last number without one: the smallest field of the declared range.
    private Unit defaultUnit() {
        if (range == IntervalModifier.ALL_FIELDS || (range & IntervalModifier.SECOND) != 0) {
            return Unit.SECOND;
        }
        if ((range & IntervalModifier.MINUTE) != 0) {
            return Unit.MINUTE;
        }
        if ((range & IntervalModifier.HOUR) != 0) {
            return Unit.HOUR;
        }
        if ((range & IntervalModifier.DAY) != 0) {
            return Unit.DAY;
        }
        return (range & IntervalModifier.MONTH) != 0 ? Unit.MONTH : Unit.YEAR;
    }

    private static DateTimeProblem format() {
        return new DateTimeProblem(DateTimeProblem.Kind.FORMAT);
    }
}
