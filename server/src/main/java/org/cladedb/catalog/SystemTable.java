package org.cladedb.catalog;

import java.util.List;

/// A read-only table computed from the catalog snapshot, of `pg_catalog` or `information_schema`.
///
/// Its rows come from `catalog.system`, by OID.
///
/// @param lookups the columns by which rows are found without making all
public record SystemTable(
        int oid, String schema, String name, List<Column> columns, List<Lookup> lookups)
        implements Relation {
    public SystemTable {
        columns = List.copyOf(columns);
        lookups = List.copyOf(lookups);
    }

    public SystemTable(int oid, String schema, String name, List<Column> columns) {
        this(oid, schema, name, columns, List.of());
    }

    /// A column that a [SystemSearch] may name.
    ///
    /// @param rows how many rows one value has, roughly
    public record Lookup(int slot, double rows) {}
}
