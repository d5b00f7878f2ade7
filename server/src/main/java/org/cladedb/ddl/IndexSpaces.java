package org.cladedb.ddl;

import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;

/// Gives the new indexes of a draft their key spaces.
final class IndexSpaces {
    private IndexSpaces() {}

    /// Puts `table` with a key space for each index that has none.
    static CatalogSnapshot.Builder fill(CatalogSnapshot.Builder builder, Table table) {
        TableDraft draft = new TableDraft(table);
        for (Index index : table.indexes()) {
            if (index.spaceId() == 0) {
                draft.indexes.remove(index);
                draft.indexes.add(index.withSpace(builder.newSpaceId(), index.isHkey()));
            }
        }
        return builder.put(draft.build());
    }
}
