package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.CivilDate;
import org.cladedb.types.Datum;
import org.cladedb.types.TimeZone;

/// `date_trunc` and `date_bin`.
final class DateTruncation {
    private static final String TIMESTAMP = "timestamp without time zone";
    private static final String TIMESTAMPTZ = "timestamp with time zone";

    private DateTruncation() {}

    static void define(Definitions define) {
        define.function(
                "date_trunc(text, timestamp) timestamp",
                (in, out, _) ->
                        out.setLong(
                                truncate(
                                        DateTimeField.of(in[0], TIMESTAMP),
                                        in[1].longValue(),
                                        TIMESTAMP)));
        define.function(
                "date_trunc(text, timestamptz) timestamptz stable",
                (in, out, context) ->
                        out.setLong(truncateIn(in[0], in[1], context.types().timeZone())));
        define.function(
                "date_trunc(text, timestamptz, text) timestamptz stable",
                (in, out, context) ->
                        out.setLong(
                                truncateIn(
                                        in[0],
                                        in[1],
                                        TimeZoneNames.find(
                                                in[2].text(), context.types().timeZone()))));
        define.function(
                "date_trunc(text, interval) interval",
                (in, out, _) -> truncateInterval(DateTimeField.of(in[0], "interval"), in[1], out));
        for (String type : new String[] {"timestamp", "timestamptz"}) {
            define.function(
                    "date_bin(interval, " + type + ", " + type + ") " + type,
                    (in, out, _) -> out.setLong(bin(in[0], in[1].longValue(), in[2].longValue())));
        }
    }

    private static long truncateIn(Datum name, Datum value, TimeZone zone) {
        DateTimeField field = DateTimeField.of(name, TIMESTAMPTZ);
        long instant = value.longValue();
        // May lie beyond the range for a while.
        long local =
                Timestamps.isInfinite(instant)
                        ? instant
                        : instant + Timestamps.offsetMicros(instant, zone);
        long truncated = truncate(field, local, TIMESTAMPTZ);
        return switch (field) {
            // Below a day the offset of the instant is kept, so that repeated hours stay apart.
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR ->
                    Timestamps.isInfinite(instant) ? instant : instant - (local - truncated);
            default -> Timestamps.toInstant(truncated, zone);
        };
    }

    private static long truncate(DateTimeField field, long local, String type) {
        if (Timestamps.isInfinite(local)) {
            return local;
        }
        long days = Math.floorDiv(local, MICROS_PER_DAY);
        return switch (field) {
            case MICROSECONDS -> local;
            case MILLISECONDS -> local - Math.floorMod(local, 1000);
            case SECOND -> local - Math.floorMod(local, MICROS_PER_SECOND);
            case MINUTE -> local - Math.floorMod(local, MICROS_PER_MINUTE);
            case HOUR -> local - Math.floorMod(local, MICROS_PER_HOUR);
            case DAY -> days * MICROS_PER_DAY;
            case WEEK -> DateTimeParts.monday(days) * MICROS_PER_DAY;
            case MONTH, QUARTER, YEAR, DECADE, CENTURY, MILLENNIUM ->
                    startOf(field, CivilDate.ofDays(days)) * MICROS_PER_DAY;
            case EPOCH, DOW, DOY, ISODOW, ISOYEAR, JULIAN -> throw field.unrecognized(type);
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw field.unsupported(type);
        };
    }

    private static long startOf(DateTimeField field, long date) {
        int year = CivilDate.year(date);
        int month = CivilDate.month(date);
        if (field == DateTimeField.MONTH) {
            return CivilDate.toDays(year, month, 1);
        }
        if (field == DateTimeField.QUARTER) {
            return CivilDate.toDays(year, (month - 1) / 3 * 3 + 1, 1);
        }
        int start = year;
        if (field == DateTimeField.DECADE) {
            start = Math.floorDiv(year, 10) * 10;
        } else if (field == DateTimeField.CENTURY) {
            start = Math.floorDiv(year - 1, 100) * 100 + 1;
        } else if (field == DateTimeField.MILLENNIUM) {
            start = Math.floorDiv(year - 1, 1000) * 1000 + 1;
        }
        return CivilDate.toDays(start, 1, 1);
    }

    private static void truncateInterval(DateTimeField field, Datum value, Datum out) {
        int months = value.intervalMonths();
        int days = value.intervalDays();
        long micros = value.intervalMicros();
        switch (field) {
            case MICROSECONDS -> out.setInterval(months, days, micros);
            case MILLISECONDS -> out.setInterval(months, days, micros - micros % 1000);
            case SECOND -> out.setInterval(months, days, micros - micros % MICROS_PER_SECOND);
            case MINUTE -> out.setInterval(months, days, micros - micros % MICROS_PER_MINUTE);
            case HOUR -> out.setInterval(months, days, micros - micros % MICROS_PER_HOUR);
            case DAY -> out.setInterval(months, days, 0);
            case MONTH -> out.setInterval(months, 0, 0);
            case QUARTER -> out.setInterval(months - months % 3, 0, 0);
            case YEAR -> out.setInterval(months - months % 12, 0, 0);
            case DECADE -> out.setInterval(months - months % 120, 0, 0);
            case CENTURY -> out.setInterval(months - months % 1200, 0, 0);
            case MILLENNIUM -> out.setInterval(months - months % 12000, 0, 0);
            case WEEK ->
                    throw field.unsupported("interval")
                            .withDetail("Months usually have fractional weeks.");
            case EPOCH, DOW, DOY, ISODOW, ISOYEAR, JULIAN -> throw field.unrecognized("interval");
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw field.unsupported("interval");
        }
    }

    private static long bin(Datum stride, long timestamp, long origin) {
        if (Timestamps.isInfinite(timestamp)) {
            return timestamp;
        }
        if (Timestamps.isInfinite(origin)) {
            throw new DatabaseException(SqlState.DATETIME_FIELD_OVERFLOW, "origin out of range");
        }
        if (stride.intervalMonths() != 0) {
            throw Failures.unsupported(
                    "timestamps cannot be binned into intervals containing months or years");
        }
        long micros =
                IntegerOperators.add(
                        IntegerOperators.multiply(stride.intervalDays(), MICROS_PER_DAY),
                        stride.intervalMicros());
        if (micros <= 0) {
            throw new DatabaseException(
                    SqlState.DATETIME_FIELD_OVERFLOW, "stride must be greater than zero");
        }
        long difference = timestamp - origin;
        return origin + difference - Math.floorMod(difference, micros);
    }
}
