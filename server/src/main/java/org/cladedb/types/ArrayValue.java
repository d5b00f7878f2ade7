package org.cladedb.types;

import java.util.List;

/// An immutable array of any number of dimensions (0 for the empty array), elements in row-major
/// order.
///
/// @param dimensions the length of each dimension
/// @param lowerBounds the first subscript of each dimension, usually 1
/// @param elements detached cells that nobody changes
public record ArrayValue(
        SqlType elementType,
        List<Integer> dimensions,
        List<Integer> lowerBounds,
        List<Datum> elements) {
    /// How many dimensions an array may have.
    public static final int DIMENSIONS_MAX = 6;

    public ArrayValue {
        dimensions = List.copyOf(dimensions);
        lowerBounds = List.copyOf(lowerBounds);
        elements = List.copyOf(elements);
    }

    /// A one-dimensional array from subscript 1, or the empty array.
    public static ArrayValue of(SqlType elementType, List<Datum> elements) {
        return elements.isEmpty()
                ? new ArrayValue(elementType, List.of(), List.of(), List.of())
                : new ArrayValue(elementType, List.of(elements.size()), List.of(1), elements);
    }
}
