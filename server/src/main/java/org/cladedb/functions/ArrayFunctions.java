package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeNames;

/// Shape, search and change of arrays.
final class ArrayFunctions {
    private static final int ELEMENTS_MAX = 134_217_727;

    private ArrayFunctions() {}

    static void define(Definitions define) {
        defineShape(define);
        defineJoining(define);
        defineSearch(define);
        defineContainment(define);
        defineFilling(define);
    }

    private static void defineShape(Definitions define) {
        define.function(
                "array_ndims(anyarray) int4",
                (in, out, _) -> {
                    int count = in[0].arrayValue().dimensions().size();
                    if (count == 0) {
                        out.setNull();
                    } else {
                        out.setLong(count);
                    }
                });
        define.function(
                "cardinality(anyarray) int4",
                (in, out, _) -> out.setLong(in[0].arrayValue().elements().size()));
        define.function(
                "array_length(anyarray, int4) int4",
                (in, out, _) -> bound(in, (array, i) -> array.dimensions().get(i), out));
        define.function(
                "array_lower(anyarray, int4) int4",
                (in, out, _) -> bound(in, (array, i) -> array.lowerBounds().get(i), out));
        define.function(
                "array_upper(anyarray, int4) int4",
                (in, out, _) ->
                        bound(
                                in,
                                (array, i) ->
                                        array.lowerBounds().get(i) + array.dimensions().get(i) - 1,
                                out));
        define.function(
                "array_dims(anyarray) text",
                (in, out, _) -> {
                    ArrayValue array = in[0].arrayValue();
                    if (array.dimensions().isEmpty()) {
                        out.setNull();
                        return;
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < array.dimensions().size(); i++) {
                        int lower = array.lowerBounds().get(i);
                        text.append('[')
                                .append(lower)
                                .append(':')
                                .append(lower + array.dimensions().get(i) - 1)
                                .append(']');
                    }
                    out.setText(text.toString());
                });
    }

    @FunctionalInterface
    private interface Bound {
        int of(ArrayValue array, int dimension);
    }

    private static void bound(Datum[] in, Bound bound, Datum out) {
        ArrayValue array = in[0].arrayValue();
        long dimension = in[1].longValue();
        if (dimension < 1 || dimension > array.dimensions().size()) {
            out.setNull();
        } else {
            out.setLong(bound.of(array, (int) dimension - 1));
        }
    }

    private static void defineJoining(Definitions define) {
        define.bound(
                "array_append(anycompatiblearray, anycompatible) anycompatiblearray lax",
                (types, _) -> append(types.get(1), false));
        define.bound(
                "array_prepend(anycompatible, anycompatiblearray) anycompatiblearray lax",
                (types, _) -> append(types.get(0), true));
        define.function(
                "array_cat(anycompatiblearray, anycompatiblearray) anycompatiblearray lax",
                (in, out, _) -> concatenate(in[0], in[1], out));
        define.boundOperator(
                "||(anycompatiblearray, anycompatible) anycompatiblearray lax",
                (types, _) -> append(types.get(1), false));
        define.boundOperator(
                "||(anycompatible, anycompatiblearray) anycompatiblearray lax",
                (types, _) -> append(types.get(0), true));
        define.operator(
                "||(anycompatiblearray, anycompatiblearray) anycompatiblearray lax",
                (in, out, _) -> concatenate(in[0], in[1], out));
    }

    private static ScalarFunction append(SqlType element, boolean before) {
        return (in, out, _) -> {
            Datum target = before ? in[1] : in[0];
            Datum added = (before ? in[0] : in[1]).freeze(element.form());
            ArrayValue array =
                    target.isNull() ? ArrayValue.of(element, List.of()) : target.arrayValue();
            if (array.dimensions().size() > 1) {
                throw new DatabaseException(
                        SqlState.DATA_EXCEPTION, "argument must be empty or one-dimensional array");
            }
            List<Datum> elements = new ArrayList<>(array.elements().size() + 1);
            elements.addAll(array.elements());
            if (before) {
                elements.addFirst(added);
            } else {
                elements.add(added);
            }
            checkSize(elements.size());
            List<Integer> bounds = array.lowerBounds().isEmpty() ? List.of(1) : array.lowerBounds();
            out.setObject(new ArrayValue(element, List.of(elements.size()), bounds, elements));
        };
    }

    private static void checkSize(long size) {
        if (size > ELEMENTS_MAX) {
            throw Failures.tooLarge(
                    "array size exceeds the maximum allowed (" + ELEMENTS_MAX + ")");
        }
    }

    private static void concatenate(Datum left, Datum right, Datum out) {
        if (left.isNull() || right.isNull()) {
            out.copyFrom(left.isNull() ? right : left);
            return;
        }
        ArrayValue a = left.arrayValue();
        ArrayValue b = right.arrayValue();
        if (a.dimensions().isEmpty() || b.dimensions().isEmpty()) {
            out.copyFrom(a.dimensions().isEmpty() ? right : left);
            return;
        }
        int difference = a.dimensions().size() - b.dimensions().size();
        List<Integer> inner = difference >= 0 ? tail(a.dimensions()) : a.dimensions();
        List<Integer> otherInner = difference > 0 ? b.dimensions() : tail(b.dimensions());
        List<Integer> bounds = difference >= 0 ? tail(a.lowerBounds()) : a.lowerBounds();
        List<Integer> otherBounds = difference > 0 ? b.lowerBounds() : tail(b.lowerBounds());
        if (Math.abs(difference) > 1 || !inner.equals(otherInner) || !bounds.equals(otherBounds)) {
            throw new DatabaseException(
                            SqlState.ARRAY_SUBSCRIPT_ERROR,
                            "cannot concatenate incompatible arrays")
                    .withDetail(
                            Math.abs(difference) > 1
                                    ? "Arrays of "
                                            + a.dimensions().size()
                                            + " and "
                                            + b.dimensions().size()
                                            + " dimensions are not compatible for concatenation."
                                    : "Arrays with differing element dimensions are not compatible"
                                            + " for concatenation.");
        }
        ArrayValue shape = difference >= 0 ? a : b;
        List<Integer> dimensions = new ArrayList<>(shape.dimensions());
        int first =
                difference == 0
                        ? a.dimensions().getFirst() + b.dimensions().getFirst()
                        : shape.dimensions().getFirst() + 1;
        dimensions.set(0, first);
        List<Datum> elements = new ArrayList<>(a.elements());
        elements.addAll(b.elements());
        checkSize(elements.size());
        out.setObject(new ArrayValue(a.elementType(), dimensions, shape.lowerBounds(), elements));
    }

    private static List<Integer> tail(List<Integer> list) {
        return list.subList(1, list.size());
    }

    private static void defineSearch(Definitions define) {
        define.bound(
                "array_position(anycompatiblearray, anycompatible) int4 lax",
                (types, _) -> position(types.get(1)));
        define.bound(
                "array_position(anycompatiblearray, anycompatible, int4) int4 lax",
                (types, _) -> position(types.get(1)));
        define.bound(
                "array_positions(anycompatiblearray, anycompatible) int4[] lax",
                (types, _) -> {
                    DatumComparator comparator = DatumComparator.of(types.get(1));
                    return (in, out, _) -> {
                        if (in[0].isNull()) {
                            out.setNull();
                            return;
                        }
                        List<Datum> found = new ArrayList<>();
                        ArrayValue array = oneDimension(in[0].arrayValue());
                        for (int i = 0; i < array.elements().size(); i++) {
                            Cancellation.check();
                            if (same(array.elements().get(i), in[1], comparator)) {
                                found.add(Datum.ofLong(array.lowerBounds().getFirst() + i));
                            }
                        }
                        out.setObject(ArrayValue.of(SqlType.INTEGER, found));
                    };
                });
        define.bound(
                "array_remove(anycompatiblearray, anycompatible) anycompatiblearray lax",
                (types, _) -> remove(types.get(1)));
        define.bound(
                "array_replace(anycompatiblearray, anycompatible, anycompatible)"
                        + " anycompatiblearray lax",
                (types, _) -> replace(types.get(1)));
    }

    private static ArrayValue oneDimension(ArrayValue array) {
        if (array.dimensions().size() > 1) {
            throw Failures.unsupported(
                    "searching for elements in multidimensional arrays is not supported");
        }
        return array;
    }

    private static boolean same(Datum left, Datum right, DatumComparator comparator) {
        return (left.isNull() || right.isNull())
                ? left.isNull() && right.isNull()
                : comparator.compare(left, right) == 0;
    }

    private static ScalarFunction position(SqlType element) {
        DatumComparator comparator = DatumComparator.of(element);
        return (in, out, _) -> {
            out.setNull();
            if (in[0].isNull()) {
                return;
            }
            ArrayValue array = oneDimension(in[0].arrayValue());
            if (in.length > 2 && in[2].isNull()) {
                throw new DatabaseException(
                        SqlState.NULL_VALUE_NOT_ALLOWED, "initial position must not be null");
            }
            int lower = array.lowerBounds().isEmpty() ? 1 : array.lowerBounds().getFirst();
            long start = in.length > 2 ? Math.max(0, in[2].longValue() - lower) : 0;
            for (long i = start; i < array.elements().size(); i++) {
                Cancellation.check();
                if (same(array.elements().get((int) i), in[1], comparator)) {
                    out.setLong(lower + i);
                    return;
                }
            }
        };
    }

    private static ScalarFunction remove(SqlType element) {
        DatumComparator comparator = DatumComparator.of(element);
        return (in, out, _) -> {
            if (in[0].isNull()) {
                out.setNull();
                return;
            }
            ArrayValue array = in[0].arrayValue();
            if (array.dimensions().size() > 1) {
                throw Failures.unsupported(
                        "removing elements from multidimensional arrays is not supported");
            }
            List<Datum> kept = new ArrayList<>();
            for (Datum item : array.elements()) {
                Cancellation.check();
                if (!same(item, in[1], comparator)) {
                    kept.add(item);
                }
            }
            out.setObject(
                    kept.isEmpty()
                            ? ArrayValue.of(array.elementType(), kept)
                            : new ArrayValue(
                                    array.elementType(),
                                    List.of(kept.size()),
                                    array.lowerBounds(),
                                    kept));
        };
    }

    private static ScalarFunction replace(SqlType element) {
        DatumComparator comparator = DatumComparator.of(element);
        return (in, out, _) -> {
            if (in[0].isNull()) {
                out.setNull();
                return;
            }
            ArrayValue array = in[0].arrayValue();
            Datum replacement = in[2].freeze(element.form());
            List<Datum> changed = new ArrayList<>();
            for (Datum item : array.elements()) {
                Cancellation.check();
                changed.add(same(item, in[1], comparator) ? replacement : item);
            }
            out.setObject(
                    new ArrayValue(
                            array.elementType(), array.dimensions(), array.lowerBounds(), changed));
        };
    }

    private static void defineContainment(Definitions define) {
        define.boundOperator(
                "@>(anyarray, anyarray) bool",
                (types, _) -> {
                    DatumComparator comparator = elementComparator(types);
                    return (in, out, _) -> out.setBoolean(contains(in[0], in[1], comparator));
                });
        define.boundOperator(
                "<@(anyarray, anyarray) bool",
                (types, _) -> {
                    DatumComparator comparator = elementComparator(types);
                    return (in, out, _) -> out.setBoolean(contains(in[1], in[0], comparator));
                });
        define.boundOperator(
                "&&(anyarray, anyarray) bool",
                (types, _) -> {
                    DatumComparator comparator = elementComparator(types);
                    return (in, out, _) -> out.setBoolean(overlap(in[0], in[1], comparator));
                });
    }

    private static DatumComparator elementComparator(List<SqlType> types) {
        SqlType element = Coercions.elementType(types.getFirst());
        if (element == null) {
            throw new IllegalStateException("not an array");
        }
        return DatumComparator.of(element);
    }

    private static boolean contains(Datum outer, Datum inner, DatumComparator comparator) {
        for (Datum wanted : inner.arrayValue().elements()) {
            if (wanted.isNull() || !has(outer.arrayValue(), wanted, comparator)) {
                return false;
            }
        }
        return true;
    }

    private static boolean overlap(Datum left, Datum right, DatumComparator comparator) {
        for (Datum wanted : left.arrayValue().elements()) {
            if (!wanted.isNull() && has(right.arrayValue(), wanted, comparator)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(ArrayValue array, Datum wanted, DatumComparator comparator) {
        for (Datum item : array.elements()) {
            Cancellation.check();
            if (!item.isNull() && comparator.compare(item, wanted) == 0) {
                return true;
            }
        }
        return false;
    }

    private static void defineFilling(Definitions define) {
        define.bound(
                "array_fill(anyelement, int4[]) anyarray lax", (types, _) -> fill(types.get(0)));
        define.bound(
                "array_fill(anyelement, int4[], int4[]) anyarray lax",
                (types, _) -> fill(types.get(0)));
        define.function(
                "trim_array(anyarray, int4) anyarray",
                (in, out, _) -> {
                    ArrayValue array = in[0].arrayValue();
                    int size = array.dimensions().isEmpty() ? 0 : array.dimensions().getFirst();
                    long count = in[1].longValue();
                    if (count < 0 || count > size) {
                        throw new DatabaseException(
                                SqlState.ARRAY_SUBSCRIPT_ERROR,
                                "number of elements to trim must be between 0 and " + size);
                    }
                    int kept = (int) (size - count);
                    if (kept == 0) {
                        out.setObject(ArrayValue.of(array.elementType(), List.of()));
                        return;
                    }
                    List<Integer> dimensions = new ArrayList<>(array.dimensions());
                    dimensions.set(0, kept);
                    List<Datum> elements =
                            array.elements().subList(0, array.elements().size() / size * kept);
                    out.setObject(
                            new ArrayValue(
                                    array.elementType(),
                                    dimensions,
                                    dimensions.stream().map(_ -> 1).toList(),
                                    elements));
                });
    }

    private static ScalarFunction fill(SqlType element) {
        if (element instanceof SqlType.Array) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "could not find array type for data type " + TypeNames.format(element));
        }
        return (in, out, context) -> {
            if (in[1].isNull() || (in.length > 2 && in[2].isNull())) {
                throw new DatabaseException(
                        SqlState.NULL_VALUE_NOT_ALLOWED,
                        "dimension array or low bound array cannot be null");
            }
            if (in[1].arrayValue().dimensions().size() > 1) {
                throw new DatabaseException(
                                SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts")
                        .withDetail("Dimension array must be one dimensional.");
            }
            List<Integer> dimensions = integers(in[1]);
            List<Integer> bounds =
                    in.length > 2 ? integers(in[2]) : dimensions.stream().map(_ -> 1).toList();
            if (dimensions.size() > ArrayValue.DIMENSIONS_MAX) {
                throw Failures.tooLarge(
                        "number of array dimensions ("
                                + dimensions.size()
                                + ") exceeds the maximum allowed ("
                                + ArrayValue.DIMENSIONS_MAX
                                + ")");
            }
            if (bounds.size() != dimensions.size()) {
                throw new DatabaseException(
                                SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts")
                        .withDetail("Low bound array has different size than dimensions array.");
            }
            long size = dimensions.isEmpty() ? 0 : 1;
            for (int dimension : dimensions) {
                size = dimension < 0 ? Long.MAX_VALUE / 2 : size * dimension;
                checkSize(size);
            }
            Datum value = in[0].freeze(element.form());
            // All elements are one cell.
            context.memory().check(size * 2 * Long.BYTES);
            List<Datum> elements = new ArrayList<>();
            for (long i = 0; i < size; i++) {
                Cancellation.check();
                elements.add(value);
            }
            out.setObject(
                    size == 0
                            ? ArrayValue.of(element, List.of())
                            : new ArrayValue(element, dimensions, bounds, elements));
        };
    }

    private static List<Integer> integers(Datum array) {
        List<Integer> result = new ArrayList<>();
        for (Datum item : array.arrayValue().elements()) {
            Cancellation.check();
            if (item.isNull()) {
                throw new DatabaseException(
                        SqlState.NULL_VALUE_NOT_ALLOWED, "dimension values cannot be null");
            }
            result.add((int) item.longValue());
        }
        return result;
    }
}
