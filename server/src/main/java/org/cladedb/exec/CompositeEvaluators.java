package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.RowValue;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueForm;
import org.jspecify.annotations.Nullable;

/// Construction of arrays and rows, and access to their parts.
final class CompositeEvaluators {
    private CompositeEvaluators() {}

    /// ARRAY[…] of plain elements.
    record NewArray(Evaluator[] elements, SqlType elementType, Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            List<Datum> values = new ArrayList<>(elements.length);
            for (Evaluator element : elements) {
                values.add(element.evaluate(context).freeze(elementType.form()));
            }
            cell.setObject(ArrayValue.of(elementType, values));
            return cell;
        }
    }

    /// ARRAY[…] of arrays, which makes one more dimension.
    record NewNestedArray(Evaluator[] elements, SqlType elementType, Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            List<Datum> values = new ArrayList<>();
            @Nullable ArrayValue first = null;
            for (Evaluator element : elements) {
                Datum value = element.evaluate(context);
                if (value.isNull()) {
                    throw mismatch();
                }
                ArrayValue array = value.arrayValue();
                if (first == null) {
                    first = array;
                } else if (!first.dimensions().equals(array.dimensions())
                        || !first.lowerBounds().equals(array.lowerBounds())) {
                    throw mismatch();
                }
                values.addAll(array.elements());
            }
            cell.setObject(
                    first == null || values.isEmpty()
                            ? ArrayValue.of(elementType, List.of())
                            : nested(first, values));
            return cell;
        }

        private ArrayValue nested(ArrayValue first, List<Datum> values) {
            List<Integer> dimensions = new ArrayList<>();
            dimensions.add(elements.length);
            dimensions.addAll(first.dimensions());
            List<Integer> lowerBounds = new ArrayList<>();
            lowerBounds.add(1);
            lowerBounds.addAll(first.lowerBounds());
            return new ArrayValue(elementType, dimensions, lowerBounds, values);
        }

        private static DatabaseException mismatch() {
            return new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR,
                    "multidimensional arrays must have array expressions with matching dimensions");
        }
    }

    /// ROW(…).
    record NewRow(Evaluator[] fields, SqlType.Row type, ValueForm[] forms, Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            List<Datum> values = new ArrayList<>(fields.length);
            for (int i = 0; i < fields.length; i++) {
                values.add(frozen(fields[i].evaluate(context), forms[i]));
            }
            cell.setObject(new RowValue(type, values));
            return cell;
        }
    }

    /// A copy that shares no bytes. A nested result has an array's form, but is text.
    static Datum frozen(Datum value, ValueForm form) {
        boolean text = form == ValueForm.ARRAY && !(value.object() instanceof ArrayValue);
        return value.freeze(text ? ValueForm.BYTES : form);
    }

    /// `(row).field`.
    record Field(Evaluator row, int index, Datum nothing) implements Evaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum value = row.evaluate(context);
            return value.isNull() ? nothing : value.rowValue().values().get(index);
        }
    }

    /// `array[i][j]…`: NULL outside of the bounds.
    record Element(Evaluator array, Evaluator[] subscripts, Datum nothing) implements Evaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum value = array.evaluate(context);
            if (value.isNull()) {
                return nothing;
            }
            ArrayValue elements = value.arrayValue();
            boolean outside = elements.dimensions().size() != subscripts.length;
            int position = 0;
            for (int i = 0; i < subscripts.length; i++) {
                Datum subscript = subscripts[i].evaluate(context);
                if (outside || subscript.isNull()) {
                    outside = true;
                } else {
                    long index = subscript.longValue() - elements.lowerBounds().get(i);
                    int length = elements.dimensions().get(i);
                    outside = index < 0 || index >= length;
                    position = position * length + (int) index;
                }
            }
            return outside ? nothing : elements.elements().get(position);
        }
    }

    /// `array[a:b][c:d]…`; bounds that are left out are null here.
    record Slice(
            Evaluator array, @Nullable Evaluator[] lowers, @Nullable Evaluator[] uppers, Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum value = array.evaluate(context);
            if (value.isNull()) {
                cell.setNull();
                return cell;
            }
            ArrayValue source = value.arrayValue();
            int depth = source.dimensions().size();
            int[] from = new int[depth];
            int[] to = new int[depth];
            for (int i = 0; i < depth; i++) {
                from[i] = source.lowerBounds().get(i);
                to[i] = from[i] + source.dimensions().get(i) - 1;
            }
            boolean empty = lowers.length > depth;
            for (int i = 0; i < lowers.length; i++) {
                Integer lower = bound(lowers[i], context, i < depth ? from[i] : 0);
                Integer upper = bound(uppers[i], context, i < depth ? to[i] : 0);
                if (lower == null || upper == null) {
                    cell.setNull();
                    return cell;
                }
                if (i < depth) {
                    from[i] = Math.max(from[i], lower);
                    to[i] = Math.min(to[i], upper);
                    empty |= from[i] > to[i];
                }
            }
            cell.setObject(
                    empty || depth == 0
                            ? ArrayValue.of(source.elementType(), List.of())
                            : cut(source, from, to));
            return cell;
        }

        private static @Nullable Integer bound(
                @Nullable Evaluator bound, ExecutionContext context, int otherwise) {
            if (bound == null) {
                return otherwise;
            }
            Datum value = bound.evaluate(context);
            return value.isNull() ? null : Math.toIntExact(value.longValue());
        }

        private static ArrayValue cut(ArrayValue source, int[] from, int[] to) {
            List<Integer> dimensions = new ArrayList<>();
            List<Integer> lowerBounds = new ArrayList<>();
            for (int i = 0; i < from.length; i++) {
                dimensions.add(to[i] - from[i] + 1);
                lowerBounds.add(1);
            }
            List<Datum> elements = new ArrayList<>();
            collect(source, from, to, 0, 0, elements);
            return new ArrayValue(source.elementType(), dimensions, lowerBounds, elements);
        }

        private static void collect(
                ArrayValue source,
                int[] from,
                int[] to,
                int dimension,
                int position,
                List<Datum> elements) {
            if (dimension == from.length) {
                elements.add(source.elements().get(position));
                return;
            }
            int length = source.dimensions().get(dimension);
            int lower = source.lowerBounds().get(dimension);
            for (int i = from[dimension]; i <= to[dimension]; i++) {
                collect(source, from, to, dimension + 1, position * length + i - lower, elements);
            }
        }
    }
}
