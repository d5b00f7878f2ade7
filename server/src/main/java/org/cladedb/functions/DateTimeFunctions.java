package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;
import static org.cladedb.types.Intervals.MICROS_PER_HOUR;
import static org.cladedb.types.Intervals.MICROS_PER_MINUTE;
import static org.cladedb.types.Intervals.MICROS_PER_SECOND;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.CivilDate;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The clocks, `age`, `make_…`, `justify_…`, AT TIME ZONE and their like.
final class DateTimeFunctions {
    private DateTimeFunctions() {}

    static void define(Definitions define) {
        defineClocks(define);
        defineIntervals(define);
        defineAges(define);
        defineMakers(define);
        defineZones(define);
        defineFinite(define);
    }

    private static void defineClocks(Definitions define) {
        for (String name : new String[] {"now", "transaction_timestamp", "current_timestamp"}) {
            define.function(
                    name + "() timestamptz stable",
                    (_, out, context) -> out.setLong(context.types().transactionMicros()));
        }
        define.function(
                "statement_timestamp() timestamptz stable",
                (_, out, context) -> out.setLong(context.statementMicros()));
        define.function(
                "clock_timestamp() timestamptz volatile",
                (_, out, context) -> out.setLong(context.clockMicros()));
        define.bound(
                "timeofday() text volatile",
                (_, _) -> {
                    DateTimeFormat format = DateTimeFormat.parse("Dy Mon DD HH24:MI:SS.US YYYY TZ");
                    return (_, out, context) ->
                            out.setText(
                                    format.print(
                                            Moment.ofInstant(
                                                    context.clockMicros(),
                                                    context.types().timeZone())));
                });
        define.function(
                "current_date() date stable",
                (_, out, context) -> out.setLong(Timestamps.toDate(localNow(context))));
        define.function(
                "localtimestamp() timestamp stable",
                (_, out, context) -> out.setLong(localNow(context)));
        define.function(
                "localtime() time stable",
                (_, out, context) -> out.setLong(Timestamps.timeOfDay(localNow(context))));
    }

    private static long localNow(EvaluationContext context) {
        return Timestamps.toLocal(context.types().transactionMicros(), context.types().timeZone());
    }

    private static void defineIntervals(Definitions define) {
        define.function(
                "justify_hours(interval) interval",
                (in, out, _) -> IntervalMath.justifyHours(in[0], out));
        define.function(
                "justify_days(interval) interval",
                (in, out, _) -> IntervalMath.justifyDays(in[0], out));
        define.function(
                "justify_interval(interval) interval",
                (in, out, _) -> IntervalMath.justify(in[0], out));
    }

    private static void defineAges(Definitions define) {
        define.function(
                "age(timestamp, timestamp) interval",
                (in, out, _) -> IntervalMath.age(in[0].longValue(), in[1].longValue(), out));
        define.function(
                "age(timestamp) interval stable",
                (in, out, context) -> IntervalMath.age(today(context), in[0].longValue(), out));
        define.function(
                "age(timestamptz, timestamptz) interval stable",
                (in, out, context) ->
                        IntervalMath.age(
                                local(in[0].longValue(), context),
                                local(in[1].longValue(), context),
                                out));
        define.function(
                "age(timestamptz) interval stable",
                (in, out, context) ->
                        IntervalMath.age(today(context), local(in[0].longValue(), context), out));
    }

    private static long local(long instant, EvaluationContext context) {
        return Timestamps.toLocal(instant, context.types().timeZone());
    }

    private static long today(EvaluationContext context) {
        return Timestamps.fromDate(Timestamps.toDate(localNow(context)));
    }

    private static void defineMakers(Definitions define) {
        define.function(
                "make_date(int4, int4, int4) date",
                (in, out, _) -> out.setLong(date(in[0].longValue(), in[1], in[2])));
        define.function(
                "make_time(int4, int4, float8) time",
                (in, out, _) -> out.setLong(time(in[0], in[1], in[2])));
        define.function(
                "make_timestamp(int4, int4, int4, int4, int4, float8) timestamp",
                (in, out, _) -> out.setLong(timestamp(in)));
        define.function(
                "make_timestamptz(int4, int4, int4, int4, int4, float8) timestamptz stable",
                (in, out, context) ->
                        out.setLong(
                                Timestamps.toInstant(timestamp(in), context.types().timeZone())));
        define.function(
                "make_timestamptz(int4, int4, int4, int4, int4, float8, text) timestamptz stable",
                (in, out, context) ->
                        out.setLong(
                                TimeZoneNames.toInstantOfArgument(
                                        timestamp(in), in[6].text(), context.types().timeZone())));
        define.function(
                "make_interval(int4=, int4=, int4=, int4=, int4=, int4=, float8=) interval",
                DateTimeFunctions::interval);
        define.function(
                "to_timestamp(float8) timestamptz",
                (in, out, _) -> out.setLong(fromEpoch(in[0].doubleValue())));
    }

    private static long fromEpoch(double seconds) {
        if (Double.isNaN(seconds)) {
            throw Failures.timeOutOfRange("timestamp cannot be NaN: value");
        }
        if (Double.isInfinite(seconds)) {
            return seconds > 0 ? Timestamps.INFINITY : Timestamps.NEGATIVE_INFINITY;
        }
        double shifted = seconds - Timestamps.EPOCH_SECONDS;
        double micros = Math.rint(shifted * MICROS_PER_SECOND);
        if (micros < Timestamps.LEAST || micros >= Timestamps.END) {
            throw new DatabaseException(
                    SqlState.DATETIME_FIELD_OVERFLOW,
                    "timestamp out of range: \""
                            + String.format(java.util.Locale.ROOT, "%g", seconds)
                            + "\"");
        }
        return (long) micros;
    }

    private static long date(long year, Datum month, Datum day) {
        // Negative years are BC; there is no year 0.
        long astronomical = year < 0 ? year + 1 : year;
        boolean valid =
                year != 0
                        && astronomical > -4800
                        && astronomical < 5_874_898
                        && month.longValue() >= 1
                        && month.longValue() <= 12
                        && day.longValue() >= 1
                        && day.longValue()
                                <= CivilDate.daysInMonth(
                                        (int) astronomical, (int) month.longValue());
        if (!valid) {
            throw new DatabaseException(
                    SqlState.DATETIME_FIELD_OVERFLOW,
                    "date field value out of range: "
                            + year
                            + "-"
                            + twoDigits(month.longValue())
                            + "-"
                            + twoDigits(day.longValue()));
        }
        long days =
                CivilDate.toDays(
                        (int) astronomical, (int) month.longValue(), (int) day.longValue());
        return Timestamps.checkDateRange(days);
    }

    private static String twoDigits(long value) {
        return value >= 0 && value < 10 ? "0" + value : Long.toString(value);
    }

    private static long time(Datum hour, Datum minute, Datum second) {
        long hours = hour.longValue();
        long minutes = minute.longValue();
        double seconds = second.doubleValue();
        long micros = (long) Math.rint(seconds * MICROS_PER_SECOND);
        boolean valid =
                hours >= 0
                        && hours <= 24
                        && minutes >= 0
                        && minutes < 60
                        && seconds >= 0
                        && micros <= MICROS_PER_MINUTE
                        && (hours < 24 || (minutes == 0 && micros == 0));
        if (!valid) {
            throw new DatabaseException(
                    SqlState.DATETIME_FIELD_OVERFLOW,
                    "time field value out of range: "
                            + hours
                            + ":"
                            + twoDigits(minutes)
                            + ":"
                            + trimmed(seconds));
        }
        return hours * MICROS_PER_HOUR + minutes * MICROS_PER_MINUTE + micros;
    }

    private static String trimmed(double seconds) {
        String text = Double.toString(seconds);
        text = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        return seconds >= 0 && seconds < 10 ? "0" + text : text;
    }

    private static long timestamp(Datum[] in) {
        long days = date(in[0].longValue(), in[1], in[2]);
        return Timestamps.checkRange(days * MICROS_PER_DAY + time(in[3], in[4], in[5]));
    }

    private static void interval(Datum[] in, Datum out, EvaluationContext context) {
        long months = argument(in, 0) * 12 + argument(in, 1);
        long days = argument(in, 2) * 7 + argument(in, 3);
        if (months != (int) months || days != (int) days) {
            throw Failures.timeOutOfRange("interval");
        }
        double seconds = in.length > 6 ? in[6].doubleValue() : 0;
        double secondMicros = Math.rint(seconds * MICROS_PER_SECOND);
        if (Double.isInfinite(secondMicros) && !Double.isInfinite(seconds)) {
            throw Failures.overflow();
        }
        // Beyond that a double does not fit into a long; NaN is not below either.
        if (!(Math.abs(secondMicros) < 0x1p63)) {
            throw Failures.timeOutOfRange("interval");
        }
        try {
            long micros =
                    Math.addExact(
                            argument(in, 4) * MICROS_PER_HOUR + argument(in, 5) * MICROS_PER_MINUTE,
                            (long) secondMicros);
            IntervalMath.set(out, months, days, micros);
        } catch (ArithmeticException _) {
            throw Failures.timeOutOfRange("interval");
        }
    }

    private static long argument(Datum[] in, int index) {
        return index < in.length ? in[index].longValue() : 0;
    }

    /// Moved by an interval that stands for a time zone.
    private static long shifted(
            long timestamp, Datum interval, int sign, EvaluationContext context) {
        if (Timestamps.isInfinite(timestamp)) {
            return timestamp;
        }
        if (interval.intervalMonths() != 0 || interval.intervalDays() != 0) {
            throw Failures.invalidParameter(
                    "interval time zone \""
                            + TypeText.ofValue(SqlType.INTERVAL, interval, context)
                            + "\" must not include months or days");
        }
        long seconds = (int) (interval.intervalMicros() / MICROS_PER_SECOND);
        return Timestamps.checkRange(timestamp + sign * seconds * MICROS_PER_SECOND);
    }

    private static void defineZones(Definitions define) {
        define.function(
                "timezone(text, timestamp) timestamptz",
                (in, out, context) ->
                        out.setLong(
                                TimeZoneNames.toInstant(
                                        in[1].longValue(),
                                        in[0].text(),
                                        context.types().timeZone())));
        define.function(
                "timezone(text, timestamptz) timestamp",
                (in, out, context) ->
                        out.setLong(
                                TimeZoneNames.toLocal(
                                        in[1].longValue(),
                                        in[0].text(),
                                        context.types().timeZone())));
        define.function(
                "timezone(interval, timestamp) timestamptz",
                (in, out, context) -> out.setLong(shifted(in[1].longValue(), in[0], -1, context)));
        define.function(
                "timezone(interval, timestamptz) timestamp",
                (in, out, context) -> out.setLong(shifted(in[1].longValue(), in[0], 1, context)));
        defineLocalZone(define);
    }

    private static void defineLocalZone(Definitions define) {
        define.function(
                "timezone(timestamp) timestamptz stable",
                (in, out, context) ->
                        out.setLong(
                                Timestamps.toInstant(
                                        in[0].longValue(), context.types().timeZone())));
        define.function(
                "timezone(timestamptz) timestamp stable",
                (in, out, context) ->
                        out.setLong(
                                Timestamps.toLocal(in[0].longValue(), context.types().timeZone())));
    }

    private static void defineFinite(Definitions define) {
        define.function(
                "isfinite(date) bool",
                (in, out, _) -> out.setBoolean(!Timestamps.isInfiniteDate(in[0].longValue())));
        for (String type : new String[] {"timestamp", "timestamptz"}) {
            define.function(
                    "isfinite(" + type + ") bool",
                    (in, out, _) -> out.setBoolean(!Timestamps.isInfinite(in[0].longValue())));
        }
        define.function("isfinite(interval) bool", (_, out, _) -> out.setBoolean(true));
    }
}
