package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;

/// `+ - * /` of dates, times, timestamps and intervals.
final class DateTimeOperators {
    private DateTimeOperators() {}

    static void define(Definitions define) {
        defineDates(define);
        defineTimes(define);
        defineTimestamps(define);
        defineIntervals(define);
    }

    private static void defineDates(Definitions define) {
        define.operator(
                "+(date, int4) date",
                (in, out, _) -> out.setLong(addDays(in[0], in[1].longValue())));
        define.operator(
                "+(int4, date) date",
                (in, out, _) -> out.setLong(addDays(in[1], in[0].longValue())));
        define.operator(
                "-(date, int4) date",
                (in, out, _) -> out.setLong(addDays(in[0], -in[1].longValue())));
        define.operator(
                "-(date, date) int4",
                (in, out, _) -> {
                    if (Timestamps.isInfiniteDate(in[0].longValue())
                            || Timestamps.isInfiniteDate(in[1].longValue())) {
                        throw new DatabaseException(
                                SqlState.DATETIME_FIELD_OVERFLOW, "cannot subtract infinite dates");
                    }
                    out.setLong(in[0].longValue() - in[1].longValue());
                });
        define.operator("+(date, time) timestamp", (in, out, _) -> join(in[0], in[1], out));
        define.operator("+(time, date) timestamp", (in, out, _) -> join(in[1], in[0], out));
        define.operator(
                "+(date, interval) timestamp",
                (in, out, _) -> out.setLong(addToDate(in[0], in[1], 1)));
        define.operator(
                "+(interval, date) timestamp",
                (in, out, _) -> out.setLong(addToDate(in[1], in[0], 1)));
        define.operator(
                "-(date, interval) timestamp",
                (in, out, _) -> out.setLong(addToDate(in[0], in[1], -1)));
    }

    private static long addDays(Datum date, long days) {
        return Timestamps.isInfiniteDate(date.longValue())
                ? date.longValue()
                : Timestamps.checkDateRange(date.longValue() + days);
    }

    private static void join(Datum date, Datum time, Datum out) {
        long midnight = Timestamps.fromDate(date.longValue());
        out.setLong(
                Timestamps.isInfinite(midnight)
                        ? midnight
                        : Timestamps.checkRange(midnight + time.longValue()));
    }

    private static long addToDate(Datum date, Datum interval, int sign) {
        return IntervalMath.addToLocal(Timestamps.fromDate(date.longValue()), interval, sign);
    }

    private static void defineTimes(Definitions define) {
        define.operator(
                "+(time, interval) time",
                (in, out, _) -> out.setLong(wrap(in[0].longValue() + in[1].intervalMicros())));
        define.operator(
                "+(interval, time) time",
                (in, out, _) -> out.setLong(wrap(in[1].longValue() + in[0].intervalMicros())));
        define.operator(
                "-(time, interval) time",
                (in, out, _) -> out.setLong(wrap(in[0].longValue() - in[1].intervalMicros())));
        define.operator(
                "-(time, time) interval",
                (in, out, _) -> out.setInterval(0, 0, in[0].longValue() - in[1].longValue()));
    }

    private static long wrap(long time) {
        return Math.floorMod(time, MICROS_PER_DAY);
    }

    private static void defineTimestamps(Definitions define) {
        define.operator(
                "+(timestamp, interval) timestamp",
                (in, out, _) -> out.setLong(IntervalMath.addToLocal(in[0].longValue(), in[1], 1)));
        define.operator(
                "+(interval, timestamp) timestamp",
                (in, out, _) -> out.setLong(IntervalMath.addToLocal(in[1].longValue(), in[0], 1)));
        define.operator(
                "-(timestamp, interval) timestamp",
                (in, out, _) -> out.setLong(IntervalMath.addToLocal(in[0].longValue(), in[1], -1)));
        define.operator(
                "+(timestamptz, interval) timestamptz stable",
                (in, out, context) -> out.setLong(addToInstant(in[0], in[1], 1, context)));
        define.operator(
                "+(interval, timestamptz) timestamptz stable",
                (in, out, context) -> out.setLong(addToInstant(in[1], in[0], 1, context)));
        define.operator(
                "-(timestamptz, interval) timestamptz stable",
                (in, out, context) -> out.setLong(addToInstant(in[0], in[1], -1, context)));
        for (String type : new String[] {"timestamp", "timestamptz"}) {
            define.operator(
                    "-(" + type + ", " + type + ") interval",
                    (in, out, _) ->
                            IntervalMath.between(in[0].longValue(), in[1].longValue(), out));
        }
    }

    private static long addToInstant(
            Datum instant, Datum interval, int sign, EvaluationContext context) {
        return IntervalMath.addToInstant(
                instant.longValue(), interval, sign, context.types().timeZone());
    }

    private static void defineIntervals(Definitions define) {
        define.operator(
                "+(interval, interval) interval",
                (in, out, _) -> IntervalMath.add(in[0], in[1], 1, out));
        define.operator(
                "-(interval, interval) interval",
                (in, out, _) -> IntervalMath.add(in[0], in[1], -1, out));
        define.operator("-(interval) interval", (in, out, _) -> IntervalMath.negate(in[0], out));
        define.operator(
                "*(interval, float8) interval",
                (in, out, _) -> IntervalMath.multiply(in[0], in[1].doubleValue(), out));
        define.operator(
                "*(float8, interval) interval",
                (in, out, _) -> IntervalMath.multiply(in[1], in[0].doubleValue(), out));
        define.operator(
                "/(interval, float8) interval",
                (in, out, _) -> IntervalMath.divide(in[0], in[1].doubleValue(), out));
    }
}
