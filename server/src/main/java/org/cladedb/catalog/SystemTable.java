package org.cladedb.catalog;

import java.util.List;

/// A read-only table computed from the catalog snapshot, of `pg_catalog` or `information_schema`.
///
/// Its rows come from `catalog.system`, by OID.
public record SystemTable(int oid, String schema, String name, List<Column> columns)
        implements Relation {
    public SystemTable {
        columns = List.copyOf(columns);
    }
}
