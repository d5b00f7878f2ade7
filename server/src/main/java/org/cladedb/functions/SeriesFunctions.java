package org.cladedb.functions;

import java.util.List;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.Intervals;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;

/// `generate_series`, `generate_subscripts` and `unnest`.
final class SeriesFunctions {
    private SeriesFunctions() {}

    static void define(Definitions define) {
        for (String type : new String[] {"int4", "int8"}) {
            for (String tail : new String[] {"", ", " + type}) {
                define.set(
                        "generate_series(" + type + ", " + type + tail + ") setof " + type,
                        (_, _) ->
                                (in, context) ->
                                        new Longs(
                                                in[0].longValue(),
                                                in[1].longValue(),
                                                in.length > 2 ? in[2].longValue() : 1,
                                                context));
            }
        }
        for (String tail : new String[] {"", ", numeric"}) {
            define.set(
                    "generate_series(numeric, numeric" + tail + ") setof numeric",
                    (_, _) -> (in, context) -> numerics(in, context));
        }
        define.set(
                "generate_series(timestamp, timestamp, interval) setof timestamp",
                (_, _) ->
                        (in, context) ->
                                times(
                                        in,
                                        (at, step) -> IntervalMath.addToLocal(at, step, 1),
                                        context));
        define.set(
                "generate_series(timestamptz, timestamptz, interval) setof timestamptz stable",
                (_, _) ->
                        (in, context) ->
                                times(
                                        in,
                                        (at, step) ->
                                                IntervalMath.addToInstant(
                                                        at, step, 1, context.types().timeZone()),
                                        context));
        for (String tail : new String[] {"", ", bool"}) {
            define.set(
                    "generate_subscripts(anyarray, int4" + tail + ") setof int4",
                    (_, _) -> (in, context) -> subscripts(in, context));
        }
        define.set("unnest(anyarray) setof anyelement", (_, type) -> unnest(type));
    }

    private static final class Longs implements SetFunction.Rows {
        private final EvaluationContext context;
        private final long last;
        private final long step;
        private long next;
        private boolean done;

        Longs(long first, long last, long step, EvaluationContext context) {
            if (step == 0) {
                throw Failures.invalidParameter("step size cannot equal zero");
            }
            next = first;
            this.last = last;
            this.step = step;
            this.context = context;
            done = step > 0 ? first > last : first < last;
        }

        @Override
        public boolean next(Datum[] out) {
            if (done) {
                return false;
            }
            if ((next & 0xFFFF) == 0) {
                context.checkCancelled();
            }
            out[0].setLong(next);
            // The distance left, unsigned, so that nothing overflows at the ends of bigint.
            done =
                    step > 0
                            ? Long.compareUnsigned(last - next, step) < 0
                            : Long.compareUnsigned(next - last, -step) < 0;
            next += step;
            return true;
        }
    }

    private static SetFunction.Rows numerics(Datum[] in, EvaluationContext context) {
        for (int i = 0; i < in.length; i++) {
            if (Numeric.isSpecial(in[i])) {
                String name = i == 0 ? "start value" : i == 1 ? "stop value" : "step size";
                throw Failures.invalidParameter(
                        name + " cannot be " + (Numeric.isNaN(in[i]) ? "NaN" : "infinity"));
            }
        }
        Datum step = new Datum();
        step.setNumeric(1, 0);
        if (in.length > 2) {
            step.copyFrom(in[2]);
        }
        int direction = Numeric.signum(step);
        if (direction == 0) {
            throw Failures.invalidParameter("step size cannot equal zero");
        }
        Datum next = new Datum();
        next.copyFrom(in[0]);
        Datum last = new Datum();
        last.copyFrom(in[1]);
        Datum sum = new Datum();
        return out -> {
            context.checkCancelled();
            if (Numeric.compare(next, last) * direction > 0) {
                return false;
            }
            out[0].copyFrom(next);
            Numeric.add(next, step, sum);
            next.copyFrom(sum);
            return true;
        };
    }

    @FunctionalInterface
    private interface Advance {
        long by(long timestamp, Datum step);
    }

    private static SetFunction.Rows times(Datum[] in, Advance advance, EvaluationContext context) {
        Datum step = new Datum();
        step.copyFrom(in[2]);
        int direction =
                Long.signum(
                        Intervals.comparableDays(step) != 0
                                ? Intervals.comparableDays(step)
                                : Intervals.microsOfDay(step));
        if (direction == 0) {
            throw Failures.invalidParameter("step size cannot equal zero");
        }
        long last = in[1].longValue();
        long[] next = {in[0].longValue()};
        return out -> {
            context.checkCancelled();
            if (direction > 0 ? next[0] > last : next[0] < last) {
                return false;
            }
            out[0].setLong(next[0]);
            next[0] = advance.by(next[0], step);
            return true;
        };
    }

    private static SetFunction.Rows subscripts(Datum[] in, EvaluationContext context) {
        ArrayValue array = in[0].arrayValue();
        long dimension = in[1].longValue();
        if (dimension < 1 || dimension > array.dimensions().size()) {
            return _ -> false;
        }
        int lower = array.lowerBounds().get((int) dimension - 1);
        int upper = lower + array.dimensions().get((int) dimension - 1) - 1;
        boolean reverse = in.length > 2 && in[2].booleanValue();
        return reverse ? new Longs(upper, lower, -1, context) : new Longs(lower, upper, 1, context);
    }

    /// Elements that are rows fill one cell a field.
    private static SetFunction unnest(SqlType element) {
        return (in, _) -> {
            List<Datum> elements = in[0].arrayValue().elements();
            int[] next = {0};
            return out -> {
                if (next[0] == elements.size()) {
                    return false;
                }
                Datum item = elements.get(next[0]++);
                if (element instanceof SqlType.Row) {
                    spread(item, out);
                } else {
                    out[0].copyFrom(item);
                }
                return true;
            };
        };
    }

    private static void spread(Datum item, Datum[] out) {
        RowValue row = item.isNull() ? null : item.rowValue();
        for (int i = 0; i < out.length; i++) {
            if (row == null) {
                out[i].setNull();
            } else {
                out[i].copyFrom(row.values().get(i));
            }
        }
    }
}
