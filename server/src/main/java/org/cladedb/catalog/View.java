package org.cladedb.catalog;

import java.util.List;

/// A view.
///
/// @param query its query as stored text (see `org.cladedb.stored`)
/// @param references what the query depends on, in order
/// @param options `name=value`
public record View(
        int oid,
        String schema,
        String name,
        List<Column> columns,
        String query,
        List<ObjectReference> references,
        List<String> options)
        implements Relation {
    public View {
        columns = List.copyOf(columns);
        references = List.copyOf(references);
        options = List.copyOf(options);
    }

    /// The view elsewhere or under another name.
    public View moved(String newSchema, String newName) {
        return new View(oid, newSchema, newName, columns, query, references, options);
    }

    public View withColumns(List<Column> newColumns) {
        return new View(oid, schema, name, newColumns, query, references, options);
    }

    public View withOptions(List<String> newOptions) {
        return new View(oid, schema, name, columns, query, references, newOptions);
    }

    /// Whether the query depends on the object or a part of it.
    public boolean reads(int objectOid) {
        return references.stream().anyMatch(reference -> reference.oid() == objectOid);
    }

    public boolean reads(int objectOid, int column) {
        return references.contains(new ObjectReference(objectOid, column));
    }
}
