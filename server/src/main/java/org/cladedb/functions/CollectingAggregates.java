package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;
import org.jspecify.annotations.Nullable;

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

    /// Arrays of equal shape become one array with a dimension more.
    private static final class Slices implements Accumulator {
        private final SqlType element;
        private final List<Datum> values = new ArrayList<>();
        private @Nullable ArrayValue first;
        private int count;

        Slices(SqlType element) {
            this.element = element;
        }

        @Override
        public void add(Datum[] arguments, EvaluationContext context) {
            if (arguments[0].isNull()) {
                throw new DatabaseException(
                        SqlState.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
            }
            ArrayValue value = arguments[0].arrayValue();
            if (value.dimensions().isEmpty()) {
                throw new DatabaseException(
                        SqlState.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate empty arrays");
            }
            if (first == null) {
                first = value;
            } else if (!first.dimensions().equals(value.dimensions())) {
                throw new DatabaseException(
                        SqlState.ARRAY_SUBSCRIPT_ERROR,
                        "cannot accumulate arrays of different dimensionality");
            }
            values.addAll(value.elements());
            count++;
        }

        @Override
        public void result(Datum out, EvaluationContext context) {
            if (first == null) {
                out.setNull();
                return;
            }
            List<Integer> dimensions = new ArrayList<>(first.dimensions());
            dimensions.addFirst(count);
            List<Integer> lowerBounds = new ArrayList<>(first.lowerBounds());
            lowerBounds.addFirst(1);
            out.setObject(new ArrayValue(element, dimensions, lowerBounds, values));
        }

        @Override
        public long retainedBytes() {
            return (long) values.size() * CELL_BYTES;
        }
    }
}
