package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.jspecify.annotations.Nullable;

/// What rows are made from: user objects and system relations together.
///
/// @param focus the objects that are asked for; null for all
record Snapshot(
        CatalogSnapshot catalog,
        RelationDefinitions system,
        SystemSession session,
        @Nullable Focus focus) {
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
        List<Relation> all = new ArrayList<>(tables());
        all.addAll(views());
        all.addAll(focus == null ? system.all() : focus.system());
        return all;
    }

    List<Table> tables() {
        return focus == null ? catalog.tables() : focus.tables();
    }

    List<View> views() {
        return focus == null ? catalog.views() : focus.views();
    }

    List<Sequence> sequences() {
        return focus == null ? catalog.sequences() : focus.sequences();
    }
}
