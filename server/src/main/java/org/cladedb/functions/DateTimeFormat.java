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
    static final List<String> SHORT_MONTHS = shortened(MONTHS);
    static final List<String> SHORT_DAYS = shortened(DAYS);
    static final List<String> ROMAN =
            List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");
    private static final int NAME_WIDTH = 9;
    private static final int ROMAN_WIDTH = 4;

    private final List<Part> parts;

    private DateTimeFormat(List<Part> parts) {
        this.parts = parts;
    }

    private static List<String> shortened(List<String> names) {
        return names.stream().map(name -> name.substring(0, 3)).toList();
    }

    List<Part> parts() {
        return parts;
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
        if (moment.isInterval() && needsDate(part)) {
            throw new DatabaseException(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "invalid format specification for an interval value")
                    .withHint("Intervals are not tied to specific calendar dates.");
        }
        switch (part.field()) {
            case AM -> era(part, moment.hour() % 24 >= 12 ? "PM" : "AM", out);
            case AD -> era(part, moment.year() > 0 ? "AD" : "BC", out);
            case HH, HH12 -> {
                long hour = moment.hour() % 12;
                number(part, hour == 0 ? 12 : hour, moment.hour() < 0 ? 3 : 2, out);
            }
            case HH24 -> signed(part, moment.hour(), 2, out);
            case MI -> signed(part, moment.minute(), 2, out);
            case SS -> signed(part, moment.second(), 2, out);
            case MS, FF3 -> fraction(part, moment.micros() / 1000, 3, out);
            case US, FF6 -> fraction(part, moment.micros(), 6, out);
            case FF1 -> fraction(part, moment.micros() / 100_000, 1, out);
            case FF2 -> fraction(part, moment.micros() / 10_000, 2, out);
            case FF4 -> fraction(part, moment.micros() / 100, 4, out);
            case FF5 -> fraction(part, moment.micros() / 10, 5, out);
            case SSSS, SSSSS -> number(part, moment.secondOfDay(), 0, out);
            case DD -> number(part, moment.day(), 2, out);
            case DDD -> number(part, moment.dayOfYear(), 3, out);
            case MM -> signed(part, moment.month(), 2, out);
            case FX -> {}
            case YYYY, YYY, YY, Y, Y_YYY -> printYear(part, moment.year(), moment, out);
            case RM -> printRoman(part, moment, out);
            case J -> number(part, moment.julianDay(), 0, out);
            case WW -> number(part, (moment.dayOfYear() - 1) / 7 + 1, 2, out);
            case W -> number(part, (moment.day() - 1) / 7 + 1, 0, out);
            case CC, Q, D, DAY, DY, ID, MONTH, MON -> printCalendar(part, moment, out);
            case IW, IYYY, IYY, IY, I, IDDD -> printIso(part, moment, out);
            case OF, TZ, TZH, TZM -> printZone(part, moment, out);
        }
    }

    private static boolean needsDate(FieldPart part) {
        return switch (part.field()) {
            case AD, D, DAY, DY, ID, MONTH, MON, OF, TZ, TZH, TZM -> true;
            default -> false;
        };
    }

    /// AD, BC, AM and PM, with points if the template has them.
    private static void era(FieldPart part, String text, StringBuilder out) {
        String word =
                part.spelling().contains(".") ? text.charAt(0) + "." + text.charAt(1) + "." : text;
        out.append(part.letters() == LetterCase.LOWER ? word.toLowerCase(Locale.ROOT) : word);
    }

    /// @param year of the calendar or of ISO weeks; the width follows the calendar's year
    private static void printYear(FieldPart part, int year, Moment moment, StringBuilder out) {
        long shown = ofEra(year, moment);
        boolean negative = ofEra(moment.year(), moment) < 0;
        switch (part.field()) {
            case YYY, IYY -> number(part, shown % 1000, negative ? 4 : 3, out);
            case YY, IY -> number(part, shown % 100, negative ? 3 : 2, out);
            case Y, I -> number(part, shown % 10, 0, out);
            case Y_YYY -> {
                out.append(shown / 1000).append(',');
                zeroes(shown % 1000, 3, out);
                ordinal(part, shown, out);
            }
            default -> number(part, shown, negative ? 5 : 4, out);
        }
    }

    /// Before Christ years count backwards from 1; intervals have no era.
    private static long ofEra(int year, Moment moment) {
        return moment.isInterval() || year > 0 ? year : 1L - year;
    }

    /// Whole years stand for December, and months of negative intervals count backwards.
    private static void printRoman(FieldPart part, Moment moment, StringBuilder out) {
        int month = moment.month();
        if (month == 0 && moment.year() == 0) {
            return;
        }
        int index = month == 0 ? (moment.year() >= 0 ? 11 : 0) : month < 0 ? 12 + month : month - 1;
        text(part, ROMAN.get(index), ROMAN_WIDTH, out);
    }

    private static void printCalendar(FieldPart part, Moment moment, StringBuilder out) {
        switch (part.field()) {
            case CC -> {
                int year = moment.year();
                int century =
                        moment.isInterval()
                                ? year / 100
                                : year > 0 ? (year - 1) / 100 + 1 : year / 100 - 1;
                signed(part, century, 2, out);
            }
            case Q -> {
                if (moment.month() != 0) {
                    number(part, (moment.month() - 1) / 3 + 1, 0, out);
                }
            }
            case D -> number(part, moment.dayOfWeek() + 1, 0, out);
            case ID -> number(part, moment.dayOfWeek() == 0 ? 7 : moment.dayOfWeek(), 0, out);
            case DAY ->
                    text(
                            part,
                            DAYS.get(moment.dayOfWeek()),
                            part.localized() ? 0 : NAME_WIDTH,
                            out);
            case DY -> text(part, SHORT_DAYS.get(moment.dayOfWeek()), 0, out);
            case MONTH ->
                    text(
                            part,
                            MONTHS.get(moment.month() - 1),
                            part.localized() ? 0 : NAME_WIDTH,
                            out);
            case MON -> text(part, SHORT_MONTHS.get(moment.month() - 1), 0, out);
            default -> throw new IllegalStateException("not a calendar field: " + part.field());
        }
    }

    private static void printIso(FieldPart part, Moment moment, StringBuilder out) {
        int year = JulianDays.isoYear(moment.year(), moment.julianDay());
        switch (part.field()) {
            case IW -> number(part, JulianDays.isoWeek(moment.year(), moment.julianDay()), 2, out);
            case IDDD ->
                    number(part, moment.julianDay() - JulianDays.ofIsoWeek(year, 1) + 1, 3, out);
            default -> printYear(part, year, moment, out);
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
                zeroes(minutes / 60, 2, out);
            }
            case TZM -> zeroes(minutes % 60, 2, out);
            default -> {
                out.append(sign);
                zeroes(minutes / 60, part.fill() ? 2 : 0, out);
                if (Math.abs(moment.offsetSeconds()) % 3600 != 0) {
                    out.append(':');
                    zeroes(minutes % 60, 2, out);
                }
            }
        }
    }

    /// A number whose sign is not counted in its width.
    private static void signed(FieldPart part, long value, int width, StringBuilder out) {
        number(part, value, value < 0 ? width + 1 : width, out);
    }

    /// Fractions of seconds are padded whatever the template says.
    private static void fraction(FieldPart part, long value, int width, StringBuilder out) {
        zeroes(value, width, out);
        ordinal(part, value, out);
    }

    private static void number(FieldPart part, long value, int width, StringBuilder out) {
        zeroes(value, part.fill() ? width : 0, out);
        ordinal(part, value, out);
    }

    /// @param width of digits and sign together
    private static void zeroes(long value, int width, StringBuilder out) {
        String digits = Long.toString(Math.abs(value));
        int room = width;
        if (value < 0) {
            out.append('-');
            room--;
        }
        out.repeat('0', Math.max(0, room - digits.length())).append(digits);
    }

    private static void ordinal(FieldPart part, long value, StringBuilder out) {
        if (part.ordinal() != Ordinal.NONE) {
            String suffix = ordinalSuffix(Long.toString(Math.abs(value)));
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
