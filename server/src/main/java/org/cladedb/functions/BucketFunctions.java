package org.cladedb.functions;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;

/// `width_bucket` over an array of thresholds.
final class BucketFunctions {
    private BucketFunctions() {}

    static void define(Definitions define) {
        define.bound(
                "width_bucket(anycompatible, anycompatiblearray) int4",
                (types, _) -> {
                    DatumComparator comparator = DatumComparator.of(types.getFirst());
                    return (in, out, _) ->
                            out.setLong(bucket(in[0], in[1].arrayValue(), comparator));
                });
    }

    /// The number of thresholds that are not above the value.
    private static int bucket(Datum value, ArrayValue thresholds, DatumComparator comparator) {
        if (thresholds.dimensions().size() > 1) {
            throw new DatabaseException(
                    SqlState.ARRAY_SUBSCRIPT_ERROR, "thresholds must be one-dimensional array");
        }
        List<Datum> elements = thresholds.elements();
        if (elements.stream().anyMatch(Datum::isNull)) {
            throw new DatabaseException(
                    SqlState.NULL_VALUE_NOT_ALLOWED, "thresholds array must not contain NULLs");
        }
        int low = 0;
        int high = elements.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (comparator.compare(value, elements.get(middle)) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
