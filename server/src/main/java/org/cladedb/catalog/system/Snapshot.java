package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Schema;

/// What rows are made from: user objects and system relations together.
record Snapshot(CatalogSnapshot catalog, RelationDefinitions system, SystemSession session) {
    int schemaOid(String name) {
        return switch (name) {
            case "pg_catalog" -> Oids.PG_CATALOG;
            case "information_schema" -> Oids.INFORMATION_SCHEMA;
            default -> {
                Schema schema = catalog.schema(name);
                yield schema == null ? 0 : schema.oid();
            }
        };
    }

    /// Tables and views, of users first.
    List<Relation> relations() {
        List<Relation> all = new ArrayList<>(catalog.tables());
        all.addAll(catalog.views());
        all.addAll(system.all());
        return all;
    }
}
