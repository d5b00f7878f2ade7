package org.cladedb.catalog;

import java.util.List;

/// A view.
///
/// @param query SQL text of the defining query
/// @param searchPath the schemas in which names of the query are looked up
public record View(
        int oid,
        String schema,
        String name,
        List<Column> columns,
        String query,
        List<String> searchPath)
        implements Relation {
    public View {
        columns = List.copyOf(columns);
        searchPath = List.copyOf(searchPath);
    }
}
