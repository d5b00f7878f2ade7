package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.cladedb.types.CivilDate;
import org.cladedb.types.Datum;
import org.cladedb.types.NumericSpecial;

/// `extract` and `date_part`.
final class DateTimeParts {
    private static final int JULIAN_OF_2000 = 2_451_545;
    private static final String TIME = "time without time zone";

    private DateTimeParts() {}

    static void define(Definitions define) {
        both(define, "date", (f, in, out, _) -> ofDate(f, in, out));
        both(define, "time", (f, in, out, _) -> ofTime(f, in, out));
        both(define, "timestamp", (f, in, out, _) -> ofTimestamp(f, in, out));
        both(define, "timestamptz", DateTimeParts::ofInstant);
        both(define, "interval", (f, in, out, _) -> ofInterval(f, in, out));
    }

    private interface Part {
        void extract(Datum field, Datum value, Datum out, EvaluationContext context);
    }

    private static void both(Definitions define, String type, Part part) {
        String volatility = type.equals("timestamptz") ? " stable" : "";
        define.function(
                "extract(text, " + type + ") numeric" + volatility,
                (in, out, context) -> part.extract(in[0], in[1], out, context));
        // Casting a date to a timestamp first gives it hours, unlike extract.
        Part asDouble = type.equals("date") ? DateTimeParts::ofMidnight : part;
        define.bound(
                "date_part(text, " + type + ") float8" + volatility,
                (_, _) -> {
                    Datum scratch = new Datum();
                    return (in, out, context) -> {
                        asDouble.extract(in[0], in[1], scratch, context);
                        if (scratch.isNull()) {
                            out.setNull();
                        } else {
                            out.setDouble(CastFunctions.toDouble(scratch));
                        }
                    };
                });
    }

    private static void ofMidnight(Datum name, Datum date, Datum out, EvaluationContext context) {
        ofTimestamp(name, Datum.ofLong(Timestamps.fromDate(date.longValue())), out);
    }

    private static void ofDate(Datum name, Datum date, Datum out) {
        DateTimeField field = DateTimeField.of(name, "date");
        long days = date.longValue();
        switch (field) {
            case MICROSECONDS,
                    MILLISECONDS,
                    SECOND,
                    MINUTE,
                    HOUR,
                    TIMEZONE,
                    TIMEZONE_HOUR,
                    TIMEZONE_MINUTE ->
                    throw field.unsupported("date");
            case EPOCH,
                    JULIAN,
                    DAY,
                    WEEK,
                    MONTH,
                    QUARTER,
                    YEAR,
                    DECADE,
                    CENTURY,
                    MILLENNIUM,
                    DOW,
                    DOY,
                    ISODOW,
                    ISOYEAR -> {
                if (Timestamps.isInfiniteDate(days)) {
                    ofInfinity(field, days > 0, out);
                } else if (field == DateTimeField.EPOCH) {
                    out.setNumeric((days + Timestamps.EPOCH_DAYS) * 86_400, 0);
                } else if (field == DateTimeField.JULIAN) {
                    out.setNumeric(days + JULIAN_OF_2000, 0);
                } else {
                    out.setNumeric(calendar(field, days), 0);
                }
            }
        }
    }

    /// Fields that grow without bound are infinite, those that cycle are NULL.
    private static void ofInfinity(DateTimeField field, boolean positive, Datum out) {
        switch (field) {
            case YEAR, DECADE, CENTURY, MILLENNIUM, JULIAN, ISOYEAR, EPOCH ->
                    out.setNumeric(
                            positive
                                    ? NumericSpecial.POSITIVE_INFINITY
                                    : NumericSpecial.NEGATIVE_INFINITY);
            case MICROSECONDS,
                    MILLISECONDS,
                    SECOND,
                    MINUTE,
                    HOUR,
                    DAY,
                    WEEK,
                    MONTH,
                    QUARTER,
                    DOW,
                    DOY,
                    ISODOW,
                    TIMEZONE,
                    TIMEZONE_HOUR,
                    TIMEZONE_MINUTE ->
                    out.setNull();
        }
    }

    private static void ofTime(Datum name, Datum time, Datum out) {
        DateTimeField field = DateTimeField.of(name, TIME);
        if (field == DateTimeField.EPOCH) {
            out.setNumeric(time.longValue(), 6);
        } else if (!ofClock(field, time.longValue(), out)) {
            throw field.unsupported(TIME);
        }
    }

    /// False when the field is none of a time of day.
    private static boolean ofClock(DateTimeField field, long micros, Datum out) {
        switch (field) {
            case MICROSECONDS -> out.setNumeric(micros % MICROS_PER_MINUTE, 0);
            case MILLISECONDS -> out.setNumeric(micros % MICROS_PER_MINUTE, 3);
            case SECOND -> out.setNumeric(micros % MICROS_PER_MINUTE, 6);
            case MINUTE -> out.setNumeric(micros / MICROS_PER_MINUTE % 60, 0);
            case HOUR -> out.setNumeric(micros / MICROS_PER_HOUR, 0);
            case DAY,
                    WEEK,
                    MONTH,
                    QUARTER,
                    YEAR,
                    DECADE,
                    CENTURY,
                    MILLENNIUM,
                    EPOCH,
                    DOW,
                    DOY,
                    ISODOW,
                    ISOYEAR,
                    JULIAN,
                    TIMEZONE,
                    TIMEZONE_HOUR,
                    TIMEZONE_MINUTE -> {
                return false;
            }
        }
        return true;
    }

    private static void ofTimestamp(Datum name, Datum value, Datum out) {
        DateTimeField field = DateTimeField.of(name, "timestamp without time zone");
        if (field == DateTimeField.TIMEZONE
                || field == DateTimeField.TIMEZONE_HOUR
                || field == DateTimeField.TIMEZONE_MINUTE) {
            throw field.unsupported("timestamp without time zone");
        }
        long local = value.longValue();
        if (Timestamps.isInfinite(local)) {
            ofInfinity(field, local > 0, out);
        } else if (field == DateTimeField.EPOCH) {
            setEpoch(local, out);
        } else {
            ofLocal(field, local, out);
        }
    }

    private static void setEpoch(long micros, Datum out) {
        long epoch = Timestamps.EPOCH_SECONDS * MICROS_PER_SECOND;
        if (micros <= Long.MAX_VALUE - epoch) {
            out.setNumeric(micros + epoch, 6);
        } else {
            out.setNumeric(BigDecimal.valueOf(micros, 6).add(BigDecimal.valueOf(epoch, 6)));
        }
    }

    private static void ofLocal(DateTimeField field, long local, Datum out) {
        long days = Math.floorDiv(local, MICROS_PER_DAY);
        long micros = Math.floorMod(local, MICROS_PER_DAY);
        if (ofClock(field, micros, out)) {
            return;
        }
        if (field == DateTimeField.JULIAN) {
            Datum day = new Datum();
            day.setNumeric(days + JULIAN_OF_2000, 0);
            Datum part = new Datum();
            Datum whole = new Datum();
            part.setNumeric(micros, 0);
            whole.setNumeric(MICROS_PER_DAY, 0);
            Datum fraction = new Datum();
            Numeric.divide(part, whole, fraction);
            Numeric.add(day, fraction, out);
            return;
        }
        out.setNumeric(calendar(field, days), 0);
    }

    private static void ofInstant(Datum name, Datum value, Datum out, EvaluationContext context) {
        DateTimeField field = DateTimeField.of(name, "timestamp with time zone");
        long instant = value.longValue();
        if (Timestamps.isInfinite(instant)) {
            ofInfinity(field, instant > 0, out);
            return;
        }
        long offset =
                Timestamps.offsetMicros(instant, context.types().timeZone()) / MICROS_PER_SECOND;
        switch (field) {
            case EPOCH -> setEpoch(instant, out);
            case TIMEZONE -> out.setNumeric(offset, 0);
            case TIMEZONE_HOUR -> out.setNumeric(offset / 3600, 0);
            case TIMEZONE_MINUTE -> out.setNumeric(offset / 60 % 60, 0);
            case MICROSECONDS,
                    MILLISECONDS,
                    SECOND,
                    MINUTE,
                    HOUR,
                    DAY,
                    WEEK,
                    MONTH,
                    QUARTER,
                    YEAR,
                    DECADE,
                    CENTURY,
                    MILLENNIUM,
                    DOW,
                    DOY,
                    ISODOW,
                    ISOYEAR,
                    JULIAN ->
                    ofLocal(field, instant + offset * MICROS_PER_SECOND, out);
        }
    }

    private static long calendar(DateTimeField field, long days) {
        long date = CivilDate.ofDays(days);
        int year = CivilDate.year(date);
        return switch (field) {
            case DAY -> CivilDate.day(date);
            case MONTH -> CivilDate.month(date);
            case QUARTER -> (CivilDate.month(date) + 2) / 3;
            case YEAR -> year > 0 ? year : year - 1;
            case DECADE -> Math.floorDiv(year, 10);
            case CENTURY -> year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100);
            case MILLENNIUM -> year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000);
            case WEEK -> isoWeek(days);
            case ISOYEAR -> {
                int isoYear = isoYear(days);
                yield isoYear > 0 ? isoYear : isoYear - 1;
            }
            case DOW -> Math.floorMod(days + 6, 7);
            case ISODOW -> Math.floorMod(days + 5, 7) + 1;
            case DOY -> days - CivilDate.toDays(year, 1, 1) + 1;
            case MICROSECONDS,
                    MILLISECONDS,
                    SECOND,
                    MINUTE,
                    HOUR,
                    EPOCH,
                    JULIAN,
                    TIMEZONE,
                    TIMEZONE_HOUR,
                    TIMEZONE_MINUTE ->
                    throw new IllegalStateException("not a calendar field: " + field);
        };
    }

    /// The year that the ISO week of the day belongs to: that of its Thursday.
    static int isoYear(long days) {
        return CivilDate.year(CivilDate.ofDays(thursday(days)));
    }

    static int isoWeek(long days) {
        long thursday = thursday(days);
        long start = CivilDate.toDays(CivilDate.year(CivilDate.ofDays(thursday)), 1, 1);
        return (int) ((thursday - start) / 7) + 1;
    }

    private static long thursday(long days) {
        return monday(days) + 3;
    }

    static long monday(long days) {
        return days - Math.floorMod(days + 5, 7);
    }

    private static void ofInterval(Datum name, Datum value, Datum out) {
        DateTimeField field = DateTimeField.of(name, "interval");
        int months = value.intervalMonths();
        long micros = value.intervalMicros();
        switch (field) {
            case MICROSECONDS -> out.setNumeric(micros % MICROS_PER_MINUTE, 0);
            case MILLISECONDS -> out.setNumeric(micros % MICROS_PER_MINUTE, 3);
            case SECOND -> out.setNumeric(micros % MICROS_PER_MINUTE, 6);
            case MINUTE -> out.setNumeric(micros / MICROS_PER_MINUTE % 60, 0);
            case HOUR -> out.setNumeric(micros / MICROS_PER_HOUR, 0);
            case DAY -> out.setNumeric(value.intervalDays(), 0);
            case MONTH -> out.setNumeric(months % 12, 0);
            case QUARTER -> out.setNumeric(months % 12 / 3 + 1, 0);
            case YEAR -> out.setNumeric(months / 12, 0);
            case DECADE -> out.setNumeric(months / 120, 0);
            case CENTURY -> out.setNumeric(months / 1200, 0);
            case MILLENNIUM -> out.setNumeric(months / 12000, 0);
            case EPOCH -> {
                // A year counts 365.25 days, a month 30.
                BigDecimal seconds =
                        new BigDecimal(months / 12)
                                .multiply(new BigDecimal("31557600"))
                                .add(new BigDecimal(months % 12L * 30 * 86_400))
                                .add(new BigDecimal(value.intervalDays() * 86_400L))
                                .add(BigDecimal.valueOf(micros, 6));
                out.setNumeric(seconds.setScale(6, RoundingMode.UNNECESSARY));
            }
            case WEEK,
                    DOW,
                    DOY,
                    ISODOW,
                    ISOYEAR,
                    JULIAN,
                    TIMEZONE,
                    TIMEZONE_HOUR,
                    TIMEZONE_MINUTE ->
                    throw field.unsupported("interval");
        }
    }
}
