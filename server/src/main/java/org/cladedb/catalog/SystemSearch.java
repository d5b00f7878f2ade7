package org.cladedb.catalog;

import java.util.List;
import org.cladedb.types.Datum;

/// Which rows of a system table are asked for: those whose column `slot` has one of the values.
///
/// The answer may hold others besides; who asks tests them.
///
/// @param values numbers for OIDs, texts for names; none is NULL
public record SystemSearch(int slot, List<Datum> values) {
    public SystemSearch {
        values = List.copyOf(values);
    }
}
