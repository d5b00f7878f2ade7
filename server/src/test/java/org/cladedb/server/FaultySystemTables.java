package org.cladedb.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.catalog.SystemTable;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.session.Session;
import org.cladedb.session.SystemTables;
import org.cladedb.types.Datum;
import org.cladedb.types.ObjectNames;
import org.jspecify.annotations.Nullable;

/// System tables that fail when names of objects are asked for, while a test wants it.
final class FaultySystemTables implements SystemTables {
    private final SystemTables sound;
    private final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();

    FaultySystemTables(SystemTables sound) {
        this.sound = sound;
    }

    /// Null mends them.
    void setFault(@Nullable Fault newFault) {
        fault.set(newFault);
    }

    @Override
    public SystemRelations relations() {
        return sound.relations();
    }

    @Override
    public Iterable<List<Datum>> rows(
            SystemTable table,
            @Nullable SystemSearch search,
            CatalogSnapshot catalog,
            Session session) {
        return sound.rows(table, search, catalog, session);
    }

    @Override
    public ObjectNames names(CatalogSnapshot catalog, List<String> searchPath) {
        Fault current = fault.get();
        if (current != null) {
            current.happen();
        }
        return sound.names(catalog, searchPath);
    }

    @Override
    public CatalogAccess access(CatalogSnapshot catalog, List<String> searchPath) {
        return sound.access(catalog, searchPath);
    }
}
