package org.cladedb.session;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.catalog.SystemTable;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.types.Datum;
import org.cladedb.types.ObjectNames;
import org.jspecify.annotations.Nullable;

/// The system catalog as sessions need it; implemented over `catalog.system` by the wiring.
public interface SystemTables {
    SystemRelations relations();

    /// The rows of a system table that a search is for, perhaps with others, or all without one, as
    /// `session` sees them.
    Iterable<List<Datum>> rows(
            SystemTable table,
            @Nullable SystemSearch search,
            CatalogSnapshot catalog,
            Session session);

    /// Names of objects for the reg… types.
    ObjectNames names(CatalogSnapshot catalog, List<String> searchPath);

    /// What catalog functions ask.
    CatalogAccess access(CatalogSnapshot catalog, List<String> searchPath);
}
