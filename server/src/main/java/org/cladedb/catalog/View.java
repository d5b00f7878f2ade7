package org.cladedb.catalog;

import java.util.List;

/// A view.
///
/// @param query its query as stored text (see `org.cladedb.stored`)
/// @param references what the query depends on, in order
public record View(
        int oid,
        String schema,
        String name,
        List<Column> columns,
        String query,
        List<ObjectReference> references)
        implements Relation {
    public View {
        columns = List.copyOf(columns);
        references = List.copyOf(references);
    }

    /// Whether the query depends on the object or a part of it.
    public boolean reads(int objectOid) {
        return references.stream().anyMatch(reference -> reference.oid() == objectOid);
    }

    public boolean reads(int objectOid, int column) {
        return references.contains(new ObjectReference(objectOid, column));
    }
}
