package org.cladedb.storage.group;

import java.util.List;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Which part of an ordered key to read: leading columns equal to values, then a range of the next
/// one.
///
/// NULL among the values means an empty result, except where the caller asks for IS NULL by
/// `equalNulls`.
///
/// @param equal values of the leading key columns
/// @param lower bound of the next column, null for none
/// @param upper bound of the next column, null for none
/// @param equalNulls whether NULL in `equal` matches NULL keys rather than nothing
/// @param notNull whether keys with NULL in the next column are left out where it has no bounds,
///   which leave them out themselves
public record ScanBounds(
        List<Datum> equal,
        @Nullable Datum lower,
        boolean lowerInclusive,
        @Nullable Datum upper,
        boolean upperInclusive,
        boolean equalNulls,
        boolean notNull) {
    /// Everything.
    public static final ScanBounds ALL = equalTo(List.of());

    public static ScanBounds equalTo(List<Datum> values) {
        return new ScanBounds(values, null, false, null, false, false, false);
    }
}
