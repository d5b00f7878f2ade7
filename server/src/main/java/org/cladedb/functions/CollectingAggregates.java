package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;

/// string_agg and array_agg.
final class CollectingAggregates {
    private static final int CELL_BYTES = 64;

    private CollectingAggregates() {}

    static void define(Definitions define) {
        define.aggregate("string_agg(text, text) text lax", (_, _) -> Strings::new);
        define.aggregate("string_agg(bytea, bytea) bytea lax", (_, _) -> Strings::new);
        define.aggregate(
                "array_agg(anynonarray) anyarray lax",
                (types, _) -> {
                    SqlType element = types.getFirst();
                    return () -> new Elements(element);
                });
        define.aggregate(
                "array_agg(anyarray) anyarray lax",
                (types, _) -> {
                    SqlType element = Coercions.elementType(types.getFirst());
                    if (element == null) {
                        throw new IllegalStateException("array_agg(anyarray) needs an array");
                    }
                    return () -> new Slices(element);
                });
    }

    private static final class Strings implements Accumulator {
        private final ByteWriter text = new ByteWriter();
        private boolean empty = true;

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            Datum value = arguments[0];
            if (value.isNull()) {
                return;
            }
            Datum delimiter = arguments[1];
            text.limitedBy(context.memory());
            if (!empty && !delimiter.isNull()) {
                text.writeBytes(delimiter.bytes(), delimiter.offset(), delimiter.length());
            }
            text.writeBytes(value.bytes(), value.offset(), value.length());
            empty = false;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (empty) {
                out.setNull();
            } else {
                out.setBytes(text.array(), 0, text.size());
            }
        }

        @Override
        public long retainedBytes() {
            return text.array().length;
        }
    }

    private static final class Elements implements Accumulator {
        private final SqlType element;
        private final ValueForm form;
        private final List<Datum> values = new ArrayList<>();
        private long bytes;

        Elements(SqlType element) {
            this.element = element;
            form = element.form();
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            values.add(arguments[0].freeze(form));
            bytes += CELL_BYTES;
            if (form == ValueForm.BYTES && !arguments[0].isNull()) {
                bytes += arguments[0].length();
            }
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (values.isEmpty()) {
                out.setNull();
            } else {
                out.setObject(ArrayValue.of(element, values));
            }
        }

        @Override
        public long retainedBytes() {
            return bytes;
        }
    }

    private static final class Slices implements Accumulator {
        private final ArraySlices slices;

        Slices(SqlType element) {
            slices = new ArraySlices(element);
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            slices.add(arguments[0]);
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (slices.count() == 0) {
                out.setNull();
            } else {
                out.setObject(slices.array());
            }
        }

        @Override
        public long retainedBytes() {
            return slices.retainedBytes();
        }
    }
}
