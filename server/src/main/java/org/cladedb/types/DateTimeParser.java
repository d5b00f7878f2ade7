package org.cladedb.types;

import static org.cladedb.types.DateTimeProblem.Kind.FORMAT;
import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.util.List;
import org.cladedb.types.DateTimeFields.Field;
import org.jspecify.annotations.Nullable;

/// Finds out what the fields of a date or time mean, by PostgreSQL's rules: a set of parts already
/// seen decides what the next number can be.
///
/// Used once. [DateParts] and [ClockParts] hold what has been found.
final class DateTimeParser {
    /// What the text turned out to be.
    enum Outcome {
        DATE,
        EPOCH,
        INFINITY,
        NEGATIVE_INFINITY
    }

    private static final int RUN_TOGETHER_LENGTH_MIN = 6;

    private final List<Field> fields;
    private final boolean timeOnly;
    private final TypeContext context;
    final DateParts date;
    final ClockParts clock = new ClockParts();

    /// Parts seen, as bits of [DateTimePart].
    private int seen;

    private DateTimeWord.@Nullable Kind label;
    private boolean textMonth;
    private Outcome outcome = Outcome.DATE;

    /// Seconds east of Greenwich, once seen; or a named zone, which needs the date.
    private int offsetSeconds;

    private @Nullable TimeZone namedZone;
    private @Nullable ZoneAbbreviation abbreviation;

    DateTimeParser(List<Field> fields, boolean timeOnly, TypeContext context) {
        this.fields = fields;
        this.timeOnly = timeOnly;
        this.context = context;
        date = new DateParts(context.dateStyle());
    }

    Outcome outcome() {
        return outcome;
    }

    /// Reads a date with or without a time; or, when made so, a time with or without a date.
    DateTimeParser parse() {
        for (int i = 0; i < fields.size(); i++) {
            int found = parseField(i);
            if ((found & seen) != 0) {
                throw new DateTimeProblem(FORMAT);
            }
            seen |= found;
        }
        if (label != null) {
            throw new DateTimeProblem(FORMAT);
        }
        if (outcome == Outcome.DATE) {
            finish();
        }
        return this;
    }

    private void finish() {
        date.validate(seen);
        clock.applyHalf();
        if (timeOnly) {
            clock.requireValid();
            if ((seen & DateTimePart.TIME) != DateTimePart.TIME) {
                throw new DateTimeProblem(FORMAT);
            }
            if (namedZone != null
                    && (seen & DateTimePart.DATE) != DateTimePart.DATE
                    && !namedZone.isFixedOffset()) {
                throw new DateTimeProblem(FORMAT);
            }
        } else if ((seen & DateTimePart.DATE) != DateTimePart.DATE) {
            throw new DateTimeProblem(FORMAT);
        }
        boolean modifier = (seen & DateTimePart.DAYLIGHT_MODIFIER) != 0;
        if (modifier && (namedZone != null || (seen & DateTimePart.ZONE) == 0)) {
            throw new DateTimeProblem(FORMAT);
        }
    }

    /// Days since 2000-01-01.
    long days() {
        return CivilDate.toDays(date.year, date.month, date.day);
    }

    /// Microseconds since 2000-01-01, local or (`zoned`) universal; null when out of range.
    @Nullable Long micros(boolean zoned) {
        long days = days();
        if (days < CivilDate.FIRST_DAY - 1 || days > Long.MAX_VALUE / MICROS_PER_DAY) {
            return null;
        }
        long local = days * MICROS_PER_DAY + clock.micros();
        if (local < 0 && days > 0) {
            return null;
        }
        return zoned ? local - offset(local) * MICROS_PER_SECOND : local;
    }

    private int offset(long localMicros) {
        if (abbreviation != null) {
            return abbreviation.offsetSecondsOfLocal(localMicros);
        }
        if (namedZone != null) {
            return namedZone.offsetSecondsOfLocal(localMicros);
        }
        return (seen & DateTimePart.ZONE) != 0
                ? offsetSeconds
                : context.timeZone().offsetSecondsOfLocal(localMicros);
    }

    private int parseField(int index) {
        Field field = fields.get(index);
        return switch (field.kind()) {
            case DATE -> timeOnly ? dateOfTime(index, field) : dateField(field);
            case TIME -> timeField(field);
            case ZONE -> {
                if (label == DateTimeWord.Kind.ISO_TIME) {
                    throw new DateTimeProblem(FORMAT);
                }
                offsetSeconds = ClockParts.parseZone(field.text());
                yield DateTimePart.ZONE;
            }
            case NUMBER -> {
                if (label != null) {
                    yield labelled(field.text());
                }
                yield timeOnly ? numberOfTime(index, field.text()) : number(field.text());
            }
            case STRING, SPECIAL -> word(field.text());
        };
    }

    private int dateField(Field field) {
        if (label == DateTimeWord.Kind.JULIAN_LABEL) {
            return julianWithZone(field.text());
        }
        int monthAndDay = DateTimePart.MONTH | DateTimePart.DAY;
        if (label == null && (seen & monthAndDay) != monthAndDay) {
            return date.parse(field.text(), seen);
        }
        if (!DateTimeFields.isDigit(field.first()) && label == null) {
            return zoneName(field.text());
        }
        if (label != null && label != DateTimeWord.Kind.ISO_TIME) {
            throw new DateTimeProblem(FORMAT);
        }
        label = null;
        return timeWithZone(field.text(), seen);
    }

    private int julianWithZone(String text) {
        int digits = DateTimeNumbers.digitsEnd(text, 0);
        date.setJulian(DateTimeNumbers.parse(text, 0, digits));
        offsetSeconds = ClockParts.parseZone(text.substring(digits));
        label = null;
        return DateTimePart.DATE | DateTimePart.TIME | DateTimePart.ZONE;
    }

    /// `hhmmss-zz`.
    private int timeWithZone(String text, int before) {
        int dash = text.indexOf('-');
        if ((seen & DateTimePart.TIME) == DateTimePart.TIME || dash < 0) {
            throw new DateTimeProblem(FORMAT);
        }
        offsetSeconds = ClockParts.parseZone(text.substring(dash));
        return runTogether(text.substring(0, dash), before) | DateTimePart.ZONE;
    }

    private int dateOfTime(int index, Field field) {
        if (index == 0 && fields.size() >= 2 && mayHoldDate()) {
            return date.parse(field.text(), seen);
        }
        if (DateTimeFields.isDigit(field.first())) {
            return timeWithZone(field.text(), seen | DateTimePart.DATE);
        }
        return zoneName(field.text());
    }

    private boolean mayHoldDate() {
        return fields.getLast().kind() == DateTimeFields.Kind.DATE
                || fields.get(1).kind() == DateTimeFields.Kind.TIME;
    }

    private int zoneName(String text) {
        TimeZone zone = TimeZones.find(text);
        if (zone == null) {
            throw TimeZones.unknown(text);
        }
        namedZone = zone;
        return DateTimePart.ZONE;
    }

    private int timeField(Field field) {
        if (label != null && label != DateTimeWord.Kind.ISO_TIME) {
            throw new DateTimeProblem(FORMAT);
        }
        label = null;
        clock.parse(field.text());
        if (!timeOnly) {
            clock.requireValid();
        }
        return DateTimePart.TIME;
    }

    private int number(String text) {
        int point = text.indexOf('.');
        if (point >= 0 && (seen & DateTimePart.DATE) == 0) {
            return date.parse(text, seen);
        }
        boolean complete = (seen & DateTimePart.DATE) != 0 && (seen & DateTimePart.TIME) != 0;
        if (point > 2 || (text.length() >= RUN_TOGETHER_LENGTH_MIN && !complete)) {
            return runTogether(text, seen);
        }
        return singleNumber(text, seen);
    }

    private int numberOfTime(int index, String text) {
        int point = text.indexOf('.');
        if (point >= 0
                && index == 0
                && fields.size() >= 2
                && fields.getLast().kind() == DateTimeFields.Kind.DATE) {
            return date.parse(text, seen);
        }
        if (point > 2 || (point < 0 && text.length() > 4)) {
            return runTogether(text, seen | DateTimePart.DATE);
        }
        if (point >= 0) {
            throw new DateTimeProblem(FORMAT);
        }
        return singleNumber(text, seen | DateTimePart.DATE);
    }

    private int singleNumber(String text, int before) {
        if ((before & DateTimePart.DATE) == DateTimePart.DATE) {
            return runTogether(text, before);
        }
        int point = text.indexOf('.');
        if (point > 2) {
            return runTogether(text, before | DateTimePart.DATE);
        }
        return date.number(text, before, textMonth);
    }

    /// `yyyymmdd`, `yymmdd`, `hhmmss[.ff]` or `hhmm`.
    private int runTogether(String text, int before) {
        int point = text.indexOf('.');
        if (point < 0
                && (before & DateTimePart.DATE) != DateTimePart.DATE
                && text.length() >= RUN_TOGETHER_LENGTH_MIN) {
            date.setRunTogether(text);
            return DateTimePart.DATE;
        }
        if ((before & DateTimePart.TIME) == DateTimePart.TIME || !clock.setRunTogether(text)) {
            throw new DateTimeProblem(FORMAT);
        }
        return DateTimePart.TIME;
    }

    /// A number after a label, as in `y2001m02d04` and `T040506`.
    private int labelled(String text) {
        DateTimeWord.Kind kind = label;
        label = null;
        int digits = DateTimeNumbers.digitsEnd(text, 0);
        boolean fraction = digits < text.length();
        if (kind == DateTimeWord.Kind.ISO_TIME) {
            return runTogether(text, seen | DateTimePart.DATE);
        }
        int value = DateTimeNumbers.parse(text, 0, digits);
        if (kind == DateTimeWord.Kind.JULIAN_LABEL) {
            date.setJulian(value);
            if (fraction) {
                clock.setFractionOfDay(text.substring(digits));
                return DateTimePart.DATE | DateTimePart.TIME;
            }
            return DateTimePart.DATE;
        }
        if (kind == DateTimeWord.Kind.SECOND_LABEL) {
            clock.setSeconds(value, fraction ? text.substring(digits) : "");
            return DateTimePart.SECOND;
        }
        if (fraction) {
            throw new DateTimeProblem(FORMAT);
        }
        return switch (kind) {
            case YEAR_LABEL -> date.setYear(value);
            case MONTH_LABEL -> {
                boolean minutes =
                        (seen & DateTimePart.MONTH) != 0 && (seen & DateTimePart.HOUR) != 0;
                yield minutes ? clock.setMinute(value) : date.setMonth(value);
            }
            case DAY_LABEL -> date.setDay(value);
            case HOUR_LABEL -> clock.setHour(value);
            case MINUTE_LABEL -> clock.setMinute(value);
            case null, default -> throw new DateTimeProblem(FORMAT);
        };
    }

    private int word(String text) {
        ZoneAbbreviation zoned = ZoneAbbreviation.find(text, context.timeZone());
        if (zoned != null) {
            return zoneAbbreviation(zoned);
        }
        DateTimeWord word = DateTimeWord.of(text);
        if (word == null) {
            TimeZone zone = TimeZones.find(text);
            if (zone == null) {
                throw new DateTimeProblem(FORMAT);
            }
            namedZone = zone;
            return DateTimePart.ZONE;
        }
        return switch (word.kind()) {
            case NOW, TODAY, TOMORROW, YESTERDAY, ALLBALLS, EPOCH, INFINITY, NEGATIVE_INFINITY ->
                    reserved(word.kind());
            case MONTH, DAY_OF_WEEK -> {
                if (timeOnly) {
                    throw new DateTimeProblem(FORMAT);
                }
                yield word.kind() == DateTimeWord.Kind.MONTH
                        ? month(word.value())
                        : DateTimePart.DAY_OF_WEEK;
            }
            case AM, PM -> {
                clock.half = word.kind();
                yield DateTimePart.HALF;
            }
            case AD, BC -> {
                date.beforeChrist = word.kind() == DateTimeWord.Kind.BC;
                yield DateTimePart.ERA;
            }
            case DAYLIGHT_MODIFIER -> {
                offsetSeconds += word.value();
                yield DateTimePart.DAYLIGHT | DateTimePart.DAYLIGHT_MODIFIER;
            }
            case IGNORED -> 0;
            case ISO_TIME -> {
                if (!timeOnly && (seen & DateTimePart.DATE) != DateTimePart.DATE) {
                    throw new DateTimeProblem(FORMAT);
                }
                yield expect(word.kind());
            }
            case YEAR_LABEL, MONTH_LABEL, DAY_LABEL, HOUR_LABEL, MINUTE_LABEL, SECOND_LABEL ->
                    expect(word.kind());
            case JULIAN_LABEL, OTHER_LABEL -> expect(word.kind());
        };
    }

    private int zoneAbbreviation(ZoneAbbreviation zoned) {
        if (zoned.zone() != null) {
            abbreviation = zoned;
            return DateTimePart.ZONE;
        }
        offsetSeconds = zoned.offsetSeconds();
        return zoned.daylight() ? DateTimePart.ZONE | DateTimePart.DAYLIGHT : DateTimePart.ZONE;
    }

    private int expect(DateTimeWord.Kind kind) {
        if (label != null) {
            throw new DateTimeProblem(FORMAT);
        }
        label = kind;
        return 0;
    }

    /// A month by name. If a number before was taken for the month, it was the day.
    private int month(int value) {
        boolean swap =
                (seen & DateTimePart.MONTH) != 0
                        && !textMonth
                        && (seen & DateTimePart.DAY) == 0
                        && date.month >= 1
                        && date.month <= 31;
        if (swap) {
            date.day = date.month;
        }
        textMonth = true;
        date.month = value;
        return swap ? DateTimePart.DAY : DateTimePart.MONTH;
    }

    private int reserved(DateTimeWord.Kind kind) {
        switch (kind) {
            case NOW -> {
                long local = localNow();
                if (!timeOnly) {
                    date.setDays(Math.floorDiv(local, MICROS_PER_DAY));
                }
                clock.setMicros(Math.floorMod(local, MICROS_PER_DAY));
                offsetSeconds = context.timeZone().offsetSeconds(context.transactionMicros());
                return timeOnly
                        ? DateTimePart.TIME
                        : DateTimePart.DATE | DateTimePart.TIME | DateTimePart.ZONE;
            }
            case ALLBALLS -> {
                clock.setMicros(0);
                offsetSeconds = 0;
                return DateTimePart.TIME | DateTimePart.ZONE;
            }
            default -> {
                if (timeOnly) {
                    throw new DateTimeProblem(FORMAT);
                }
            }
        }
        switch (kind) {
            case EPOCH -> outcome = Outcome.EPOCH;
            case INFINITY -> outcome = Outcome.INFINITY;
            case NEGATIVE_INFINITY -> outcome = Outcome.NEGATIVE_INFINITY;
            default -> {
                int shift =
                        kind == DateTimeWord.Kind.TOMORROW
                                ? 1
                                : kind == DateTimeWord.Kind.YESTERDAY ? -1 : 0;
                date.setDays(Math.floorDiv(localNow(), MICROS_PER_DAY) + shift);
                return DateTimePart.DATE;
            }
        }
        return DateTimePart.DATE | DateTimePart.TIME | DateTimePart.ZONE;
    }

    private long localNow() {
        long now = context.transactionMicros();
        return now + context.timeZone().offsetSeconds(now) * MICROS_PER_SECOND;
    }
}
