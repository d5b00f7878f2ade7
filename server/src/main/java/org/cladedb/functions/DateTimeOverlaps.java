package org.cladedb.functions;

import static org.cladedb.types.Intervals.MICROS_PER_DAY;

import org.cladedb.types.Datum;

/// `(start, end or length) OVERLAPS (start, end or length)`.
final class DateTimeOverlaps {
    private DateTimeOverlaps() {}

    /// The end of a period that starts at `start` and lasts as long as an interval.
    @FunctionalInterface
    private interface End {
        long after(long start, Datum interval, EvaluationContext context);
    }

    static void define(Definitions define) {
        defineFor(define, "timestamp", "", (s, i, _) -> IntervalMath.addToLocal(s, i, 1));
        defineFor(
                define,
                "timestamptz",
                " stable",
                (s, i, context) -> IntervalMath.addToInstant(s, i, 1, context.types().timeZone()));
        defineFor(
                define,
                "time",
                "",
                (s, i, _) -> Math.floorMod(s + i.intervalMicros(), MICROS_PER_DAY));
    }

    private static void defineFor(Definitions define, String type, String tail, End end) {
        for (String first : new String[] {type, "interval"}) {
            for (String second : new String[] {type, "interval"}) {
                String types = type + "," + first + "," + type + "," + second;
                boolean firstLength = first.equals("interval");
                boolean secondLength = second.equals("interval");
                define.function(
                        "overlaps(" + types + ") bool lax" + tail,
                        (in, out, context) -> {
                            Datum firstEnd = endOf(in[0], in[1], firstLength, end, context);
                            Datum secondEnd = endOf(in[2], in[3], secondLength, end, context);
                            overlap(in[0], firstEnd, in[2], secondEnd, out);
                        });
            }
        }
    }

    private static Datum endOf(
            Datum start, Datum given, boolean isLength, End end, EvaluationContext context) {
        if (!isLength) {
            return given;
        }
        Datum result = new Datum();
        if (!start.isNull() && !given.isNull()) {
            result.setLong(end.after(start.longValue(), given, context));
        }
        return result;
    }

    /// Bounds may come in either order; a NULL bound leaves the answer open unless the other one
    /// decides it.
    private static void overlap(Datum s1, Datum e1, Datum s2, Datum e2, Datum out) {
        if ((s1.isNull() && e1.isNull()) || (s2.isNull() && e2.isNull())) {
            out.setNull();
            return;
        }
        boolean swapFirst = s1.isNull() || (!e1.isNull() && s1.longValue() > e1.longValue());
        boolean swapSecond = s2.isNull() || (!e2.isNull() && s2.longValue() > e2.longValue());
        Datum start1 = swapFirst ? e1 : s1;
        Datum end1 = swapFirst ? s1 : e1;
        Datum start2 = swapSecond ? e2 : s2;
        Datum end2 = swapSecond ? s2 : e2;
        int order = Long.compare(start1.longValue(), start2.longValue());
        if (order == 0) {
            if (end1.isNull() || end2.isNull()) {
                out.setNull();
            } else {
                out.setBoolean(true);
            }
            return;
        }
        Datum earlierEnd = order > 0 ? end2 : end1;
        Datum laterEnd = order > 0 ? end1 : end2;
        long laterStart = Math.max(start1.longValue(), start2.longValue());
        if (earlierEnd.isNull()) {
            out.setNull();
        } else if (laterStart < earlierEnd.longValue()) {
            out.setBoolean(true);
        } else if (laterEnd.isNull()) {
            out.setNull();
        } else {
            out.setBoolean(false);
        }
    }
}
