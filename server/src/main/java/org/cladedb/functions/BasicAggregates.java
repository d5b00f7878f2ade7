package org.cladedb.functions;

import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;

/// count, min, max, any_value, and the aggregates of booleans and bits.
final class BasicAggregates {
    private static final String[] ORDERED = {
        "int2",
        "int4",
        "int8",
        "float4",
        "float8",
        "numeric",
        "date",
        "time",
        "timestamp",
        "timestamptz",
        "interval",
        "text",
        "bpchar",
        "oid",
        "anyarray",
        "bytea"
    };

    private BasicAggregates() {}

    static void define(Definitions define) {
        define.aggregate("count() int8", (_, _) -> Count::new);
        define.aggregate("count(any) int8", (_, _) -> Count::new);
        for (String type : ORDERED) {
            String types = "(" + type + ") " + type;
            define.aggregate("min" + types, (in, _) -> extreme(in.getFirst(), -1));
            define.aggregate("max" + types, (in, _) -> extreme(in.getFirst(), 1));
        }
        define.aggregate(
                "any_value(anyelement) anyelement",
                (in, _) -> {
                    ValueForm form = in.getFirst().form();
                    return () -> new First(form);
                });
        for (String name : new String[] {"bool_and", "every"}) {
            define.aggregate(name + "(bool) bool", (_, _) -> () -> new Bits((a, b) -> a & b));
        }
        define.aggregate("bool_or(bool) bool", (_, _) -> () -> new Bits((a, b) -> a | b));
        for (String type : new String[] {"int2", "int4", "int8"}) {
            String types = "(" + type + ") " + type;
            define.aggregate("bit_and" + types, (_, _) -> () -> new Bits((a, b) -> a & b));
            define.aggregate("bit_or" + types, (_, _) -> () -> new Bits((a, b) -> a | b));
            define.aggregate("bit_xor" + types, (_, _) -> () -> new Bits((a, b) -> a ^ b));
        }
    }

    private static AggregateFunction extreme(SqlType type, int sign) {
        ValueForm form = type.form();
        if (form == ValueForm.LONG) {
            return sign < 0 ? () -> new LongExtreme(true) : () -> new LongExtreme(false);
        }
        DatumComparator comparator = DatumComparator.of(type);
        return () -> new Extreme(comparator, sign, form);
    }

    private static final class Count implements Accumulator {
        private long count;

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            count++;
        }

        @Override
        public boolean remove(Datum[] arguments, EvaluationContext context) {
            count--;
            return true;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            out.setLong(count);
        }
    }

    private static final class LongExtreme implements Accumulator {
        private final boolean least;
        private boolean empty = true;
        private long best;

        LongExtreme(boolean least) {
            this.least = least;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            long value = arguments[0].longValue();
            if (empty || (least ? value < best : value > best)) {
                best = value;
                empty = false;
            }
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (empty) {
                out.setNull();
            } else {
                out.setLong(best);
            }
        }
    }

    private static final class Extreme implements Accumulator {
        private final DatumComparator comparator;
        private final int sign;
        private final ValueForm form;
        private final Datum best = new Datum();

        Extreme(DatumComparator comparator, int sign, ValueForm form) {
            this.comparator = comparator;
            this.sign = sign;
            this.form = form;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            Datum value = arguments[0];
            // Of equal values that print differently, such as 1.5 and 1.50, the last one counts.
            int order = best.isNull() ? 1 : comparator.compare(value, best) * sign;
            if (order > 0 || (order == 0 && form != ValueForm.BYTES)) {
                best.copyFrom(value);
                if (form == ValueForm.BYTES) {
                    best.detach();
                }
            }
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            out.copyFrom(best);
        }

        @Override
        public long retainedBytes() {
            return form == ValueForm.BYTES ? best.length() : 0;
        }
    }

    private static final class First implements Accumulator {
        private final ValueForm form;
        private final Datum value = new Datum();

        First(ValueForm form) {
            this.form = form;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            if (value.isNull()) {
                value.copyFrom(arguments[0]);
                if (form == ValueForm.BYTES) {
                    value.detach();
                }
            }
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            out.copyFrom(value);
        }
    }

    @FunctionalInterface
    private interface BitOperation {
        long combine(long left, long right);
    }

    private static final class Bits implements Accumulator {
        private final BitOperation operation;
        private boolean empty = true;
        private long bits;

        Bits(BitOperation operation) {
            this.operation = operation;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            long value = arguments[0].longValue();
            bits = empty ? value : operation.combine(bits, value);
            empty = false;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (empty) {
                out.setNull();
            } else {
                out.setLong(bits);
            }
        }
    }
}
