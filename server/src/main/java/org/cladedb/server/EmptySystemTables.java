package org.cladedb.server;

import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.catalog.SystemTable;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.session.Session;
import org.cladedb.session.SystemTables;
import org.cladedb.types.Datum;
import org.cladedb.types.ObjectNames;

import java.util.List;

/// Stands in until the system catalog is there.
final class EmptySystemTables implements SystemTables {
    @Override
    public SystemRelations relations() {
        return SystemRelations.NONE;
    }

    @Override
    public Iterable<List<Datum>> rows(SystemTable table, CatalogSnapshot catalog, Session session) {
        return List.of();
    }

    @Override
    public ObjectNames names(CatalogSnapshot catalog, List<String> searchPath) {
        return ObjectNames.NONE;
    }

    @Override
    public CatalogAccess access(CatalogSnapshot catalog, List<String> searchPath) {
        throw new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED, "the system catalog is not supported yet");
    }
}
