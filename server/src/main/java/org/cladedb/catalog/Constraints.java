package org.cladedb.catalog;

import java.util.List;

/// The constraints of a table other than NOT NULL.
///
/// @param keys PRIMARY KEY and UNIQUE constraints
public record Constraints(
        List<KeyConstraint> keys, List<CheckConstraint> checks, List<ForeignKey> foreignKeys) {
    public static final Constraints NONE = new Constraints(List.of(), List.of(), List.of());

    public Constraints {
        keys = List.copyOf(keys);
        checks = List.copyOf(checks);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /// A PRIMARY KEY or UNIQUE constraint; the index has its columns.
    public record KeyConstraint(int oid, String name, boolean primary, int indexOid) {}

    /// A CHECK constraint; `expression` is SQL text.
    public record CheckConstraint(int oid, String name, String expression) {}
}
