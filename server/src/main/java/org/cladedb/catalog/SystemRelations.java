package org.cladedb.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The relations of `pg_catalog` and `information_schema`; implemented by `catalog.system`.
public interface SystemRelations {
    /// None at all; for tests.
    SystemRelations NONE =
            new SystemRelations() {
                @Override
                public @Nullable Relation find(String schema, String name) {
                    return null;
                }

                @Override
                public List<Relation> all() {
                    return List.of();
                }
            };

    /// The [SystemTable], or [View] over system tables, of that name; null when there is none.
    @Nullable Relation find(String schema, String name);

    List<Relation> all();
}
