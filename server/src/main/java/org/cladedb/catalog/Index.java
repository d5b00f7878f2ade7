package org.cladedb.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An index of a table, in a key space of its own (except where `isHkey`).
///
/// @param spaceId its key space; for the primary key that is the table's own hkey order, the
///   group's
/// @param columns the key, in order
/// @param included slots of INCLUDE columns (stored nowhere; reads go to the row)
/// @param unique whether two rows may not have equal keys (NULLs are distinct)
/// @param primary whether it is the primary key's
/// @param isHkey whether the group itself is this index: the primary key of a root table
/// @param predicate SQL text of a partial index's WHERE; null for none
public record Index(
        int oid,
        String name,
        int spaceId,
        List<IndexColumn> columns,
        List<Integer> included,
        boolean unique,
        boolean primary,
        boolean isHkey,
        @Nullable String predicate) {
    public Index {
        columns = List.copyOf(columns);
        included = List.copyOf(included);
    }

    /// One key column.
    ///
    /// @param slot the column's number; 0 for an expression
    /// @param expression SQL text where `slot` is 0
    public record IndexColumn(
            int slot, @Nullable String expression, boolean descending, boolean nullsFirst) {}
}
