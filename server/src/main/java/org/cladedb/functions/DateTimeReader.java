package org.cladedb.functions;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FormatPattern.FieldPart;
import org.cladedb.functions.FormatPattern.Literal;
import org.cladedb.functions.FormatPattern.Part;
import org.cladedb.functions.FormatPattern.TextKind;
import org.cladedb.types.TimeZone;
import org.cladedb.types.ZoneAbbreviation;

/// Reads a text by a template of `to_timestamp` and `to_date` into [TemplateFields].
///
/// Text of the template takes characters of the input without comparing them; blanks are skipped
/// around fields, until the template says `FX`.
final class DateTimeReader {
    private static final Pattern THOUSANDS = Pattern.compile("\\s*([-+]?\\d+),\\s*([-+]?\\d{1,3})");
    private static final List<String> AM_PM = List.of("AM", "PM");
    private static final List<String> AM_PM_POINTS = List.of("A.M.", "P.M.");
    private static final List<String> ERAS = List.of("AD", "BC");
    private static final List<String> ERAS_POINTS = List.of("A.D.", "B.C.");
    private static final int MONTHS = 12;
    private static final int DAYS_PER_WEEK = 7;

    private final List<Part> parts;
    private final String input;
    private final TimeZone session;
    private final TemplateNumbers numbers;
    private final TemplateFields fields = new TemplateFields();
    private int index;
    private int position;
    private boolean exact;

    /// Characters skipped since the last field beyond those that the template has.
    private int skipped;

    private DateTimeReader(List<Part> parts, String input, TimeZone session) {
        this.parts = parts;
        this.input = input;
        this.session = session;
        numbers = new TemplateNumbers(input);
    }

    static TemplateFields read(List<Part> parts, String input, TimeZone session) {
        DateTimeReader reader = new DateTimeReader(parts, input, session);
        reader.readAll();
        return reader.fields;
    }

    private void readAll() {
        for (index = 0; index < parts.size() && position < input.length(); index++) {
            switch (parts.get(index)) {
                case Literal literal -> readLiteral(literal);
                case FieldPart field -> readField(field);
            }
        }
    }

    private void skipSpaces() {
        while (position < input.length() && FormatPattern.isSpace(input.charAt(position))) {
            position++;
            skipped++;
        }
    }

    private void readLiteral(Literal literal) {
        if (!exact && index == 0) {
            skipSpaces();
        }
        if (position >= input.length()) {
            return;
        }
        if (exact) {
            position = input.offsetByCodePoints(position, 1);
        } else if (literal.kind() == TextKind.OTHER) {
            // What was skipped before may have been meant.
            if (skipped > 0) {
                skipped--;
            } else {
                position = input.offsetByCodePoints(position, 1);
            }
        } else {
            skipped--;
            char next = input.charAt(position);
            if (FormatPattern.isSpace(next) || FormatPattern.isSeparator(next)) {
                position++;
                skipped++;
            }
        }
    }

    private void readField(FieldPart field) {
        if (!exact && field.field() != FormatPattern.Field.FX) {
            skipSpaces();
        }
        fields.requireCalendar(field.field().calendar);
        readValue(field);
        if (!exact) {
            skipped = 0;
            skipSpaces();
        }
    }

    private void readValue(FieldPart field) {
        boolean points = field.spelling().contains(".");
        switch (field.field()) {
            case FX -> exact = true;
            case AM -> {
                int half = word(points ? AM_PM_POINTS : AM_PM, field);
                fields.set(TemplateFields.Part.AFTERNOON, half, field);
                fields.twelveHours = true;
            }
            case AD ->
                    fields.set(
                            TemplateFields.Part.BEFORE_CHRIST,
                            word(points ? ERAS_POINTS : ERAS, field),
                            field);
            case MONTH, MON, RM -> fields.set(TemplateFields.Part.MONTH, month(field), field);
            case DAY, DY -> readDayName(field);
            case HH, HH12 -> {
                number(TemplateFields.Part.HOUR, 2, field);
                fields.twelveHours = true;
            }
            case HH24 -> number(TemplateFields.Part.HOUR, 2, field);
            case MI -> number(TemplateFields.Part.MINUTE, 2, field);
            case SS -> number(TemplateFields.Part.SECOND, 2, field);
            case SSSS, SSSSS ->
                    number(TemplateFields.Part.SECOND_OF_DAY, field.spelling().length(), field);
            case MS -> readFraction(TemplateFields.Part.MILLISECOND, 3, field);
            case US -> readFraction(TemplateFields.Part.MICROSECOND, 6, field);
            case FF1, FF2, FF3, FF4, FF5, FF6 -> {
                fields.fractionDigits = field.spelling().charAt(2) - '0';
                readFraction(TemplateFields.Part.MICROSECOND, fields.fractionDigits, field);
            }
            case TZ, OF, TZH, TZM -> readZone(field);
            case DDD, IDDD -> number(TemplateFields.Part.DAY_OF_YEAR, 3, field);
            case DD -> number(TemplateFields.Part.DAY, 2, field);
            case D -> number(TemplateFields.Part.DAY_OF_WEEK, 1, field);
            case ID -> {
                int day = number(TemplateFields.Part.DAY_OF_WEEK, 1, field);
                // Counted from Sunday, as the days of the other calendar.
                fields.replace(TemplateFields.Part.DAY_OF_WEEK, day >= DAYS_PER_WEEK ? 1 : day + 1);
            }
            case WW, IW -> number(TemplateFields.Part.WEEK, 2, field);
            case W -> number(TemplateFields.Part.WEEK_OF_MONTH, 1, field);
            case Q -> readNumber(1, field);
            case CC -> number(TemplateFields.Part.CENTURY, 2, field);
            case MM -> number(TemplateFields.Part.MONTH, 2, field);
            case J -> number(TemplateFields.Part.JULIAN_DAY, 1, field);
            case Y_YYY -> readThousands(field);
            case YYYY, IYYY, YYY, IYY, YY, IY, Y, I -> readYear(field);
        }
        if (field.ordinal() != FormatPattern.Ordinal.NONE && hasOrdinal(field)) {
            for (int i = 0; i < 2 && position < input.length(); i++) {
                position = input.offsetByCodePoints(position, 1);
            }
        }
    }

    /// Words and zones have no ordinal suffix, though the template may.
    private static boolean hasOrdinal(FieldPart field) {
        return field.field().isNumber && field.field() != FormatPattern.Field.TZM;
    }

    /// Which of the words is next, in any case; the first that fits.
    private int word(List<String> words, FieldPart field) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (input.regionMatches(true, position, word, 0, word.length())) {
                position += word.length();
                return i;
            }
        }
        int end = position;
        while (end < input.length() && !FormatPattern.isSpace(input.charAt(end))) {
            end++;
        }
        throw new DatabaseException(
                        SqlState.INVALID_DATETIME_FORMAT,
                        "invalid value \""
                                + input.substring(position, end)
                                + "\" for \""
                                + field.spelling()
                                + "\"")
                .withDetail(
                        "The given value did not match any of the allowed values for this field.");
    }

    private int month(FieldPart field) {
        return switch (field.field()) {
            case MONTH -> word(DateTimeFormat.MONTHS, field) + 1;
            case MON -> word(DateTimeFormat.SHORT_MONTHS, field) + 1;
            // Backwards, since VIII begins as VII and V do.
            default -> MONTHS - word(DateTimeFormat.ROMAN.reversed(), field);
        };
    }

    private void readDayName(FieldPart field) {
        boolean whole = field.field() == FormatPattern.Field.DAY;
        int day = word(whole ? DateTimeFormat.DAYS : DateTimeFormat.SHORT_DAYS, field);
        fields.set(TemplateFields.Part.DAY_OF_WEEK, day, field);
        fields.replace(TemplateFields.Part.DAY_OF_WEEK, day + 1);
    }

    private int number(TemplateFields.Part part, int width, FieldPart field) {
        int value = readNumber(width, field);
        fields.set(part, value, field);
        return value;
    }

    private int readNumber(int width, FieldPart field) {
        TemplateNumbers.Parsed number =
                !field.fill() || nextIsNoNumber(field)
                        ? numbers.readFree(position, width, field)
                        : numbers.readFixed(position, width, field);
        position = number.end();
        return number.value();
    }

    /// Whether what follows in the template is no digit, so that all digits belong to the field.
    private boolean nextIsNoNumber(FieldPart field) {
        if (field.ordinal() != FormatPattern.Ordinal.NONE || index + 1 >= parts.size()) {
            return true;
        }
        return switch (parts.get(index + 1)) {
            case FieldPart next -> !next.field().isNumber;
            case Literal(String text, _) -> text.charAt(0) < '0' || text.charAt(0) > '9';
        };
    }

    /// Digits behind the point: `25` is a quarter of a second, in whatever unit.
    private void readFraction(TemplateFields.Part part, int width, FieldPart field) {
        int start = position;
        int value = number(part, width, field);
        int places = part == TemplateFields.Part.MILLISECOND ? 3 : 6;
        int missing = Math.max(0, places - (position - start));
        fields.replace(part, value * (int) Numeric.powerOfTen(missing));
    }

    private void readYear(FieldPart field) {
        int start = position;
        int digits = field.spelling().length();
        int year = number(TemplateFields.Part.YEAR, digits, field);
        if (digits < 4 && position - start < 4) {
            fields.replace(TemplateFields.Part.YEAR, nearest(year));
        }
        fields.yearDigits = digits;
    }

    /// Years of fewer digits are the ones nearest to 2020.
    private static int nearest(int year) {
        if (year < 70) {
            return year + 2000;
        }
        if (year < 100) {
            return year + 1900;
        }
        if (year < 520) {
            return year + 2000;
        }
        return year < 1000 ? year + 1000 : year;
    }

    private void readThousands(FieldPart field) {
        Matcher matcher = THOUSANDS.matcher(input).region(position, input.length());
        if (!matcher.lookingAt()) {
            throw new DatabaseException(
                    SqlState.INVALID_DATETIME_FORMAT,
                    "invalid value \"" + input.substring(position) + "\" for \"Y,YYY\"");
        }
        long year;
        try {
            long thousands = Integer.parseInt(matcher.group(1));
            year = thousands * 1000 + Integer.parseInt(matcher.group(2));
        } catch (NumberFormatException exception) {
            year = Long.MAX_VALUE;
        }
        if (year != (int) year) {
            throw new DatabaseException(
                    SqlState.DATETIME_FIELD_OVERFLOW,
                    "value for \"Y,YYY\" in source string is out of range");
        }
        fields.set(TemplateFields.Part.YEAR, (int) year, field);
        fields.yearDigits = 4;
        position = matcher.end();
    }

    private void readZone(FieldPart field) {
        switch (field.field()) {
            case TZM -> {
                if (fields.zoneSign == 0) {
                    fields.zoneSign = 1;
                }
                number(TemplateFields.Part.ZONE_MINUTE, 2, field);
            }
            case TZH -> readZoneHours(field);
            case TZ -> {
                if (!readZoneName(field)) {
                    readZoneOffset(field);
                }
            }
            default -> readZoneOffset(field);
        }
    }

    private boolean readZoneName(FieldPart field) {
        ZoneAbbreviation zone = ZoneAbbreviation.findPrefix(input, position, session);
        if (zone != null) {
            fields.zone = zone;
            fields.zoneSign = 0;
            position += zone.name().length();
            return true;
        }
        if (position < input.length() && isLetter(input.charAt(position))) {
            throw new DatabaseException(
                            SqlState.INVALID_DATETIME_FORMAT,
                            "invalid value \""
                                    + input.substring(position)
                                    + "\" for \""
                                    + field.spelling()
                                    + "\"")
                    .withDetail("Time zone abbreviation is not recognized.");
        }
        return false;
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private void readZoneOffset(FieldPart field) {
        readZoneHours(field);
        if (position < input.length() && input.charAt(position) == ':') {
            position++;
            number(TemplateFields.Part.ZONE_MINUTE, 2, field);
        }
    }

    /// The sign may have been taken for a separator before.
    private void readZoneHours(FieldPart field) {
        char next = position < input.length() ? input.charAt(position) : '0';
        if (next == '+' || next == '-' || next == ' ') {
            fields.zoneSign = next == '-' ? -1 : 1;
            position++;
        } else {
            boolean minus = skipped > 0 && position > 0 && input.charAt(position - 1) == '-';
            fields.zoneSign = minus ? -1 : 1;
        }
        number(TemplateFields.Part.ZONE_HOUR, 2, field);
    }
}
