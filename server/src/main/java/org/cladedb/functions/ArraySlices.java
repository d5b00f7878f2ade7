package org.cladedb.functions;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueSize;

/// Arrays of equal shape that become one array with a dimension more.
public final class ArraySlices {
    private final SqlType element;
    private final List<Datum> values = new ArrayList<>();
    private List<Integer> dimensions = List.of();
    private List<Integer> lowerBounds = List.of();
    private int count;
    private long bytes;

    /// @param element the type of the arrays' elements
    public ArraySlices(SqlType element) {
        this.element = element;
    }

    public void add(Datum slice) {
        if (slice.isNull()) {
            throw new DatabaseException(
                    SqlState.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
        }
        ArrayValue array = slice.arrayValue();
        if (array.dimensions().isEmpty()) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate empty arrays");
        }
        if (count == 0) {
            dimensions = array.dimensions();
            lowerBounds = array.lowerBounds();
            refuseTooDeep();
        } else if (!dimensions.equals(array.dimensions())) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR,
                    "cannot accumulate arrays of different dimensionality");
        }
        values.addAll(array.elements());
        bytes += ValueSize.ofObject(array);
        count++;
    }

    private void refuseTooDeep() {
        if (dimensions.size() >= ArrayValue.DIMENSIONS_MAX) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (%d) exceeds the maximum allowed (%d)"
                            .formatted(dimensions.size() + 1, ArrayValue.DIMENSIONS_MAX));
        }
    }

    /// How many arrays there are.
    int count() {
        return count;
    }

    /// What the elements take.
    long retainedBytes() {
        return bytes;
    }

    /// The array of them all; the empty array if there are none.
    public ArrayValue array() {
        if (count == 0) {
            return ArrayValue.of(element, List.of());
        }
        List<Integer> sizes = new ArrayList<>(dimensions);
        sizes.addFirst(count);
        List<Integer> starts = new ArrayList<>(lowerBounds);
        starts.addFirst(1);
        return new ArrayValue(element, sizes, starts, values);
    }
}
