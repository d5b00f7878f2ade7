package org.cladedb.analysis;

import org.jspecify.annotations.Nullable;

/// Which query a column belongs to, and what it is there.
///
/// @param item the range variable of a source column, null for computed ones
/// @param slot the column's slot in a table, 0 where it has none
/// @param name as error messages call it, without the range variable
record ColumnOwner(QueryScope scope, Kind kind, @Nullable RangeItem item, int slot, String name) {
    enum Kind {
        /// Of a FROM item.
        SOURCE,
        /// The result of an aggregate.
        AGGREGATE,
        /// The result of a window function.
        WINDOW,
        /// The result of a set-returning function in the select list.
        SET
    }

    /// As PostgreSQL prints it: `t.x`.
    String label() {
        return item == null || item.alias() == null ? name : item.alias() + "." + name;
    }
}
