package org.cladedb.storage.group;

import org.cladedb.catalog.TableGroup;
import org.cladedb.storage.catalogstore.CatalogKeys;

/// Locks that keep a referenced row from losing its key while a row that refers to it is written.
///
/// They are apart from the locks of the rows themselves, so that updates of a parent's other
/// columns and inserts of children do not wait for each other.
final class RowGuards {
    private RowGuards() {}

    /// For who refers to the row at `key`.
    static void share(WriteContext context, TableGroup group, byte[] key) {
        context.shareGuard(group, CatalogKeys.guard(key));
    }

    /// For who deletes the row at `key` or changes its key. Whoever refers to it has committed when
    /// this returns, perhaps after the current snapshot.
    static void exclude(WriteContext context, TableGroup group, byte[] key) {
        context.excludeGuard(group, CatalogKeys.guard(key));
    }
}
