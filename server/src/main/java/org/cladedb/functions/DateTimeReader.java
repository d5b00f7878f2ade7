package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FormatPattern.Field;
import org.cladedb.functions.FormatPattern.FieldPart;
import org.cladedb.functions.FormatPattern.Literal;
import org.cladedb.functions.FormatPattern.Part;
import org.cladedb.types.CivilDate;
import org.jspecify.annotations.Nullable;

/// `to_timestamp` and `to_date`: reads one text by a template.
final class DateTimeReader {
    private final List<Part> parts;
    private final String input;
    private int position;
    private int index;
    private boolean exact;
    private final Map<Field, Long> values = new EnumMap<>(Field.class);
    private boolean afternoon;
    private boolean halfGiven;
    private boolean beforeChrist;
    private int zoneSign = 1;
    private boolean zoneGiven;

    private DateTimeReader(List<Part> parts, String input) {
        this.parts = parts;
        this.input = input;
    }

    static DateTimeReader read(String format, String input) {
        DateTimeReader reader = new DateTimeReader(FormatPattern.parse(format), input);
        reader.readAll();
        return reader;
    }

    private void readAll() {
        for (index = 0; index < parts.size() && position < input.length(); index++) {
            switch (parts.get(index)) {
                case Literal literal -> readLiteral(literal);
                case FieldPart field -> readField(field);
            }
        }
    }

    private void readLiteral(Literal literal) {
        if (!literal.quoted() && isSeparator(literal.text().charAt(0))) {
            if (exact) {
                position++;
                return;
            }
            boolean signWanted =
                    nextIsZoneHour()
                            && position < input.length()
                            && (input.charAt(position) == '-' || input.charAt(position) == '+');
            if (position < input.length() && isSeparator(input.charAt(position)) && !signWanted) {
                position++;
            }
            skipBlanks();
            return;
        }
        if (!exact) {
            skipBlanks();
        }
        position = Math.min(input.length(), position + literal.text().length());
    }

    private boolean nextIsZoneHour() {
        return index + 1 < parts.size()
                && parts.get(index + 1) instanceof FieldPart part
                && part.field() == Field.TZH;
    }

    private static boolean isSeparator(char character) {
        return (character > ' ' && character < 127 && !Character.isLetterOrDigit(character))
                || Character.isWhitespace(character);
    }

    private void skipBlanks() {
        while (position < input.length() && Character.isWhitespace(input.charAt(position))) {
            position++;
        }
    }

    private void readField(FieldPart part) {
        if (!exact) {
            skipBlanks();
        }
        switch (part.field()) {
            case FX -> exact = true;
            case AM -> {
                String spelling = part.spelling().contains(".") ? "x.m." : "xm";
                String word = word(part, spelling.length());
                if (!word.matches("[ap]\\.?m\\.?")) {
                    throw invalid(word, part);
                }
                afternoon = word.charAt(0) == 'p';
                halfGiven = true;
            }
            case AD -> {
                String word = word(part, part.spelling().length());
                if (!word.matches("a\\.?d\\.?|b\\.?c\\.?")) {
                    throw invalid(word, part);
                }
                beforeChrist = word.charAt(0) == 'b';
            }
            case MONTH, MON -> readName(part, DateTimeFormat.MONTHS, Field.MM);
            case DAY, DY -> readName(part, DateTimeFormat.DAYS, Field.D);
            case RM -> readRoman(part);
            case TZ, OF ->
                    throw Failures.unsupported(
                            "formatting field \""
                                    + part.spelling()
                                    + "\" is only supported in to_char");
            case TZH -> {
                zoneGiven = true;
                if (position < input.length()
                        && (input.charAt(position) == '-' || input.charAt(position) == '+')) {
                    zoneSign = input.charAt(position) == '-' ? -1 : 1;
                    position++;
                }
                values.put(Field.TZH, number(part, 2));
            }
            case Y_YYY -> {
                long thousands = number(part, 9);
                position++;
                values.put(Field.YYYY, thousands * 1000 + number(part, 3));
            }
            case YYYY, IYYY -> readYear(part, 4);
            case YYY, IYY -> readYear(part, 3);
            case YY, IY -> readYear(part, 2);
            case Y, I -> readYear(part, 1);
            case MS, US, FF1, FF2, FF3, FF4, FF5, FF6 -> readFraction(part);
            case CC, DD, HH24, HH12, HH, ID, IW, MI, MM, SS, TZM, WW ->
                    values.put(part.field(), number(part, 2));
            case DDD, IDDD -> values.put(part.field(), number(part, 3));
            case D, W, Q -> values.put(part.field(), number(part, 1));
            case J -> values.put(Field.J, number(part, 9));
            case SSSS, SSSSS -> values.put(Field.SSSS, number(part, 5));
        }
        if (part.ordinal() != FormatPattern.Ordinal.NONE) {
            position = Math.min(input.length(), position + 2);
        }
    }

    private String word(FieldPart part, int length) {
        if (position + length > input.length()) {
            throw invalid(input.substring(position), part);
        }
        String word = input.substring(position, position + length).toLowerCase(Locale.ROOT);
        position += length;
        return word;
    }

    private static DatabaseException invalid(String text, FieldPart part) {
        return new DatabaseException(
                        SqlState.INVALID_DATETIME_FORMAT,
                        "invalid value \"" + text + "\" for \"" + part.spelling() + "\"")
                .withDetail(
                        "The given value did not match any of the allowed values for this field.");
    }

    private void readName(FieldPart part, List<String> names, Field target) {
        boolean shortNames = part.field() == Field.MON || part.field() == Field.DY;
        for (int i = 0; i < names.size(); i++) {
            String name = shortNames ? names.get(i).substring(0, 3) : names.get(i);
            if (input.regionMatches(true, position, name, 0, name.length())) {
                position += name.length();
                values.put(target, i + 1L);
                return;
            }
        }
        int end = position;
        while (end < input.length() && Character.isLetterOrDigit(input.charAt(end))) {
            end++;
        }
        throw invalid(input.substring(position, end), part);
    }

    private void readRoman(FieldPart part) {
        for (int length = ROMAN_LENGTH_MAX; length > 0; length--) {
            int month =
                    position + length > input.length()
                            ? -1
                            : DateTimeFormat.ROMAN.indexOf(
                                    input.substring(position, position + length)
                                            .toUpperCase(Locale.ROOT));
            if (month >= 0) {
                position += length;
                values.put(Field.MM, month + 1L);
                return;
            }
        }
        throw invalid(input.substring(position), part);
    }

    private static final int ROMAN_LENGTH_MAX = 4;

    /// Years of fewer digits are the ones nearest to 2020.
    private void readYear(FieldPart part, int digits) {
        int start = position;
        long year = number(part, digits);
        int given = position - start;
        if (digits < 4 && given < 4) {
            if (year < 70) {
                year += 2000;
            } else if (year < 100) {
                year += 1900;
            } else if (year < 520) {
                year += 2000;
            } else if (year < 1000) {
                year += 1000;
            }
        }
        boolean iso = part.spelling().charAt(0) == 'I' || part.spelling().charAt(0) == 'i';
        values.put(iso ? Field.IYYY : Field.YYYY, year);
    }

    private void readFraction(FieldPart part) {
        int digits =
                switch (part.field()) {
                    case MS, FF3 -> 3;
                    case FF1 -> 1;
                    case FF2 -> 2;
                    case FF4 -> 4;
                    case FF5 -> 5;
                    default -> 6;
                };
        int start = position;
        long value = number(part, digits);
        int given = Math.min(position - start, 6);
        // "5" for MS means 0.5 s, hence 500 ms.
        values.put(Field.US, value * Numeric.powerOfTen(6 - given));
    }

    private long number(FieldPart part, int digits) {
        if (!exact) {
            skipBlanks();
        }
        int start = position;
        int end = start;
        int limit = nextIsDigitField() ? digits : 18;
        if (end < input.length() && (input.charAt(end) == '-' || input.charAt(end) == '+')) {
            end++;
        }
        while (end < input.length()
                && end - start < limit
                && Character.isDigit(input.charAt(end))) {
            end++;
        }
        try {
            long value = Long.parseLong(input, start, end, 10);
            position = end;
            return value;
        } catch (NumberFormatException exception) {
            int shown = Math.min(input.length(), start + digits);
            throw new DatabaseException(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "invalid value \""
                                    + input.substring(start, shown)
                                    + "\" for \""
                                    + part.spelling()
                                    + "\"")
                    .withDetail("Value must be an integer.");
        }
    }

    /// Whether digits of another field follow at once, so that this one must not take them.
    private boolean nextIsDigitField() {
        if (index + 1 >= parts.size()
                || (parts.get(index) instanceof FieldPart current && !current.fill())) {
            return false;
        }
        return switch (parts.get(index + 1)) {
            case Literal literal -> Character.isDigit(literal.text().codePointAt(0));
            case FieldPart next ->
                    switch (next.field()) {
                        case AD, AM, DAY, DY, MONTH, MON, RM, TZ, FX -> false;
                        default -> true;
                    };
        };
    }

    private long value(Field field, long otherwise) {
        return values.getOrDefault(field, otherwise);
    }

    long date() {
        if (values.containsKey(Field.J)) {
            return Timestamps.checkDateRange(value(Field.J, 0) - 2_451_545);
        }
        if (values.containsKey(Field.IYYY)
                || values.containsKey(Field.IW)
                || values.containsKey(Field.IDDD)) {
            return isoDate();
        }
        long year = value(Field.YYYY, values.containsKey(Field.CC) ? centuryYear() : 0);
        if (beforeChrist) {
            year = 1 - year;
        } else if (year < 0) {
            year++;
        } else if (year == 0) {
            // A template without a year means 1 BC, as in PostgreSQL.
            year = 0;
        }
        if (year < -4713 || year > 5_874_897) {
            throw outOfRange();
        }
        if (values.containsKey(Field.DDD) && !values.containsKey(Field.MM)) {
            return CivilDate.toDays((int) year, 1, 1) + value(Field.DDD, 1) - 1;
        }
        if (values.containsKey(Field.WW)) {
            return CivilDate.toDays((int) year, 1, 1) + (value(Field.WW, 1) - 1) * 7;
        }
        long month = value(Field.MM, 1);
        long day =
                values.containsKey(Field.W) && !values.containsKey(Field.DD)
                        ? (value(Field.W, 1) - 1) * 7 + 1
                        : value(Field.DD, 1);
        if (month < 1
                || month > 12
                || day < 1
                || day > CivilDate.daysInMonth((int) year, (int) month)) {
            throw outOfRange();
        }
        return CivilDate.toDays((int) year, (int) month, (int) day);
    }

    private long centuryYear() {
        long century = value(Field.CC, 1);
        return century > 0 ? (century - 1) * 100 + 1 : century * 100 + 1;
    }

    private long isoDate() {
        int year = (int) value(Field.IYYY, 0);
        long firstMonday = DateTimeParts.monday(CivilDate.toDays(year, 1, 4));
        if (values.containsKey(Field.IDDD)) {
            return firstMonday + value(Field.IDDD, 1) - 1;
        }
        long weekday =
                values.containsKey(Field.ID)
                        ? value(Field.ID, 1)
                        : values.containsKey(Field.D)
                                ? Math.floorMod(value(Field.D, 2) - 2, 7L) + 1
                                : 1;
        return firstMonday + (value(Field.IW, 1) - 1) * 7 + weekday - 1;
    }

    long time() {
        if (values.containsKey(Field.SSSS)) {
            return value(Field.SSSS, 0) * MICROS_PER_SECOND + value(Field.US, 0);
        }
        boolean twelve =
                values.containsKey(Field.HH12) || values.containsKey(Field.HH) || halfGiven;
        long hour = value(Field.HH24, value(Field.HH12, value(Field.HH, twelve ? 12 : 0)));
        if (twelve && !values.containsKey(Field.HH24)) {
            boolean given = values.containsKey(Field.HH12) || values.containsKey(Field.HH);
            if (given && (hour < 1 || hour > 12)) {
                throw new DatabaseException(
                                SqlState.INVALID_DATETIME_FORMAT,
                                "hour \"" + hour + "\" is invalid for the 12-hour clock")
                        .withHint("Use the 24-hour clock, or give an hour between 1 and 12.");
            }
            hour = hour % 12 + (afternoon ? 12 : 0);
            if (!halfGiven && given && value(Field.HH12, value(Field.HH, 0)) == 12) {
                hour = 0;
            }
        }
        long minute = value(Field.MI, 0);
        long second = value(Field.SS, 0);
        if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            throw outOfRange();
        }
        return (hour * 3600 + minute * 60 + second) * MICROS_PER_SECOND + value(Field.US, 0);
    }

    long local() {
        return Timestamps.checkRange(date() * MICROS_PER_DAY + time());
    }

    /// The offset given with TZH and TZM in microseconds, null when there was none.
    @Nullable Long zoneMicros() {
        if (!zoneGiven) {
            return null;
        }
        return zoneSign
                * (value(Field.TZH, 0) * 3600 + value(Field.TZM, 0) * 60)
                * MICROS_PER_SECOND;
    }

    private DatabaseException outOfRange() {
        return new DatabaseException(
                SqlState.DATETIME_FIELD_OVERFLOW,
                "date/time field value out of range: \"" + input + "\"");
    }
}
