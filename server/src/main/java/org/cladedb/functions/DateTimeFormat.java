package org.cladedb.functions;

import java.util.List;
import java.util.Locale;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FormatPattern.FieldPart;
import org.cladedb.functions.FormatPattern.LetterCase;
import org.cladedb.functions.FormatPattern.Literal;
import org.cladedb.functions.FormatPattern.Ordinal;
import org.cladedb.functions.FormatPattern.Part;

/// `to_char` of timestamps and intervals.
final class DateTimeFormat {
    static final List<String> MONTHS =
            List.of(
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December");
    static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
    static final List<String> ROMAN =
            List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");
    private static final int NAME_WIDTH = 9;
    private static final int ROMAN_WIDTH = 4;

    private final List<Part> parts;

    private DateTimeFormat(List<Part> parts) {
        this.parts = parts;
    }

    static DateTimeFormat parse(String format) {
        return new DateTimeFormat(FormatPattern.parse(format));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    String print(Moment moment) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> out.append(literal.text());
                case FieldPart field -> print(field, moment, out);
            }
        }
        return out.toString();
    }

    private static void print(FieldPart part, Moment moment, StringBuilder out) {
        switch (part.field()) {
            case AM -> out.append(halfOfDay(part, moment));
            case HH, HH12 -> {
                long hour = moment.hour() % 12;
                number(part, hour == 0 ? 12 : hour, 2, out);
            }
            case HH24 -> number(part, moment.hour(), 2, out);
            case MI -> number(part, moment.minute(), 2, out);
            case SS -> number(part, moment.second(), 2, out);
            case MS, FF3 -> number(part, moment.micros() / 1000, 3, out);
            case US, FF6 -> number(part, moment.micros(), 6, out);
            case FF1 -> number(part, moment.micros() / 100_000, 1, out);
            case FF2 -> number(part, moment.micros() / 10_000, 2, out);
            case FF4 -> number(part, moment.micros() / 100, 4, out);
            case FF5 -> number(part, moment.micros() / 10, 5, out);
            case SSSS, SSSSS -> number(part, moment.secondOfDay(), 0, out);
            case DD -> number(part, moment.day(), 2, out);
            case DDD -> number(part, moment.dayOfYear(), 3, out);
            case MM -> number(part, moment.month(), 2, out);
            case FX -> {}
            case YYYY, YYY, YY, Y, Y_YYY -> printYear(part, moment, out);
            case RM -> {
                if (moment.month() != 0) {
                    String roman = ROMAN.get(Math.floorMod(moment.month() - 1, 12));
                    text(part, roman, ROMAN_WIDTH, out);
                }
            }
            case CC,
                    Q,
                    AD,
                    J,
                    WW,
                    W,
                    IW,
                    IYYY,
                    IYY,
                    IY,
                    I,
                    IDDD,
                    ID,
                    D,
                    DAY,
                    DY,
                    MONTH,
                    MON,
                    OF,
                    TZ,
                    TZH,
                    TZM -> {
                requireDate(part, moment);
                printCalendar(part, moment, out);
            }
        }
    }

    private static void requireDate(FieldPart part, Moment moment) {
        boolean allowed =
                switch (part.field()) {
                    case CC, Q, J, W, WW, IYYY, IYY, IY, I, IW, IDDD -> true;
                    default -> false;
                };
        if (moment.isInterval() && !allowed) {
            throw new DatabaseException(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "invalid format specification for an interval value")
                    .withHint("Intervals are not tied to specific calendar dates.");
        }
    }

    private static String halfOfDay(FieldPart part, Moment moment) {
        String half = Math.floorMod(moment.hour(), 24L) >= 12 ? "P" : "A";
        String text = part.spelling().contains(".") ? half + ".M." : half + "M";
        return part.letters() == LetterCase.LOWER ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static void printYear(FieldPart part, Moment moment, StringBuilder out) {
        long year = moment.isInterval() || moment.year() > 0 ? moment.year() : 1L - moment.year();
        switch (part.field()) {
            case YYY -> number(part, year % 1000, 3, out);
            case YY -> number(part, year % 100, 2, out);
            case Y -> number(part, year % 10, 1, out);
            case Y_YYY -> {
                out.append(year / 1000).append(',');
                number(part, year % 1000, 3, out);
            }
            default -> number(part, year, year >= 0 ? 4 : 5, out);
        }
    }

    private static void printCalendar(FieldPart part, Moment moment, StringBuilder out) {
        switch (part.field()) {
            case AD -> {
                String era = moment.year() > 0 ? "A" : "B";
                String rest = moment.year() > 0 ? "D" : "C";
                String text = part.spelling().contains(".") ? era + "." + rest + "." : era + rest;
                out.append(
                        part.letters() == LetterCase.LOWER ? text.toLowerCase(Locale.ROOT) : text);
            }
            case CC -> {
                int year = moment.year();
                long century =
                        moment.isInterval()
                                ? year / 100
                                : year > 0 ? (year - 1) / 100 + 1 : year / 100 - 1;
                number(part, century, century >= 0 ? 2 : 3, out);
            }
            case Q -> {
                if (moment.month() != 0) {
                    number(part, (moment.month() - 1) / 3 + 1, 0, out);
                }
            }
            case J -> number(part, moment.dayNumber() + 2_451_545, 0, out);
            case WW -> number(part, (moment.dayOfYear() - 1) / 7 + 1, 2, out);
            case W -> number(part, (moment.day() - 1) / 7 + 1, 0, out);
            case D -> number(part, moment.dayOfWeek() + 1, 0, out);
            case ID -> number(part, moment.dayOfWeek() == 0 ? 7 : moment.dayOfWeek(), 0, out);
            case DAY -> text(part, DAYS.get(moment.dayOfWeek()), NAME_WIDTH, out);
            case DY -> text(part, DAYS.get(moment.dayOfWeek()).substring(0, 3), 0, out);
            case MONTH -> text(part, MONTHS.get(moment.month() - 1), NAME_WIDTH, out);
            case MON -> text(part, MONTHS.get(moment.month() - 1).substring(0, 3), 0, out);
            case IW, IYYY, IYY, IY, I, IDDD -> printIso(part, moment, out);
            case OF, TZ, TZH, TZM -> printZone(part, moment, out);
            default -> throw new IllegalStateException("not a calendar field: " + part.field());
        }
    }

    private static void printIso(FieldPart part, Moment moment, StringBuilder out) {
        int isoYear = DateTimeParts.isoYear(moment.dayNumber());
        long year = isoYear > 0 ? isoYear : 1L - isoYear;
        int week = DateTimeParts.isoWeek(moment.dayNumber());
        switch (part.field()) {
            case IW -> number(part, week, 2, out);
            case IYYY -> number(part, year, 4, out);
            case IYY -> number(part, year % 1000, 3, out);
            case IY -> number(part, year % 100, 2, out);
            case I -> number(part, year % 10, 1, out);
            default -> {
                int weekday = moment.dayOfWeek() == 0 ? 7 : moment.dayOfWeek();
                number(part, (week - 1) * 7L + weekday, 3, out);
            }
        }
    }

    private static void printZone(FieldPart part, Moment moment, StringBuilder out) {
        int minutes = Math.abs(moment.offsetSeconds()) / 60;
        char sign = moment.offsetSeconds() < 0 ? '-' : '+';
        switch (part.field()) {
            case TZ -> {
                String zone = moment.zone() == null ? "" : moment.zone();
                out.append(
                        part.letters() == LetterCase.LOWER ? zone.toLowerCase(Locale.ROOT) : zone);
            }
            case TZH -> {
                out.append(sign);
                number(part, minutes / 60, 2, out);
            }
            case TZM -> number(part, minutes % 60, 2, out);
            default -> {
                out.append(sign);
                number(part, minutes / 60, 2, out);
                if (minutes % 60 != 0) {
                    out.append(':');
                    number(part, minutes % 60, 2, out);
                }
            }
        }
    }

    private static void number(FieldPart part, long value, int width, StringBuilder out) {
        String digits = Long.toString(Math.abs(value));
        if (value < 0) {
            out.append('-');
        }
        if (part.fill()) {
            out.repeat('0', Math.max(0, width - digits.length()));
        }
        out.append(digits);
        if (part.ordinal() != Ordinal.NONE) {
            String suffix = ordinalSuffix(digits);
            out.append(part.ordinal() == Ordinal.UPPER ? suffix.toUpperCase(Locale.ROOT) : suffix);
        }
    }

    static String ordinalSuffix(String digits) {
        if (digits.length() > 1 && digits.charAt(digits.length() - 2) == '1') {
            return "th";
        }
        return switch (digits.charAt(digits.length() - 1)) {
            case '1' -> "st";
            case '2' -> "nd";
            case '3' -> "rd";
            default -> "th";
        };
    }

    private static void text(FieldPart part, String name, int width, StringBuilder out) {
        out.append(
                switch (part.letters()) {
                    case UPPER -> name.toUpperCase(Locale.ROOT);
                    case LOWER -> name.toLowerCase(Locale.ROOT);
                    case CAPITALIZED -> name;
                });
        if (part.fill()) {
            out.repeat(' ', Math.max(0, width - name.length()));
        }
    }
}
