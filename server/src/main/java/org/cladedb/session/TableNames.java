package org.cladedb.session;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.TableLockMode;
import org.jspecify.annotations.Nullable;

/// Finds the tables that utility statements name.
final class TableNames {
    private final Session session;

    TableNames(Session session) {
        this.session = session;
    }

    /// @throws DatabaseException 42P01, 3F000, 42809
    Table find(QualifiedName name) {
        return find(name, "\"%2$s\" is a %1$s, not a table", null);
    }

    /// For COPY; `direction` is "to" or "from".
    Table findToCopy(QualifiedName name, String direction) {
        return find(
                name,
                "cannot copy " + direction + " %s \"%s\"",
                direction.equals("from")
                        ? "Try the COPY (SELECT ...) TO variant."
                        : "To enable copying to a view, provide an INSTEAD OF INSERT trigger.");
    }

    /// Whatever the name means, system relations included.
    ///
    /// @throws DatabaseException 42P01, 3F000
    Object findAny(QualifiedName name) {
        Object found = lookUp(name);
        if (found == null) {
            found = system(name);
        }
        if (found == null) {
            throw missing(name);
        }
        return found;
    }

    /// Finds a table and locks it; looks again when that had to wait, since the name may mean
    /// another table by then.
    <T extends Relation> T locked(Supplier<T> find, TableLockMode mode) {
        DatabaseTransaction transaction = session.transaction().transaction();
        while (true) {
            T found = find.get();
            if (transaction.lock(List.of(transaction.relationLock(found.oid(), mode)), true)) {
                return found;
            }
        }
    }

    /// @param viewHint what to do about a view
    private Table find(QualifiedName name, String refusal, @Nullable String viewHint) {
        Object found = lookUp(name);
        if (found instanceof Table table) {
            return table;
        }
        if (found == null) {
            throw missing(name);
        }
        String kind =
                switch (found) {
                    case View _ -> "view";
                    case Index _ -> "index";
                    default -> "sequence";
                };
        DatabaseException refused =
                new DatabaseException(
                        SqlState.WRONG_OBJECT_TYPE, refusal.formatted(kind, name.last()));
        throw viewHint != null && found instanceof View ? refused.withHint(viewHint) : refused;
    }

    /// For REINDEX.
    ///
    /// @throws DatabaseException 42P01, 3F000, 42809, or 0A000 for what cannot be
    void requireReindexable(ObjectKind kind, QualifiedName name, boolean concurrently) {
        switch (kind) {
            case INDEX, TABLE -> {
                if (isSystem(name)) {
                    if (concurrently) {
                        throw new DatabaseException(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "cannot reindex system catalogs concurrently");
                    }
                    return;
                }
                Object found = lookUp(name);
                if (found == null) {
                    throw missing(name);
                }
                if (kind == ObjectKind.INDEX && !(found instanceof Index)) {
                    throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "\"%s\" is not an index".formatted(name.last()));
                }
                if (kind == ObjectKind.TABLE && !(found instanceof Table)) {
                    throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "\"%s\" is not a table or materialized view".formatted(name.last()));
                }
            }
            case SCHEMA -> {
                if (session.transaction().transaction().catalog().schema(name.last()) == null
                        && !name.last().equals("pg_catalog")) {
                    throw new DatabaseException(
                            SqlState.INVALID_SCHEMA_NAME,
                            "schema \"%s\" does not exist".formatted(name.last()));
                }
            }
            default -> {
                if (!name.last().equals(session.identity().database())) {
                    throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "can only reindex the currently open database");
                }
            }
        }
    }

    private DatabaseException missing(QualifiedName name) {
        if (name.isQualified()) {
            String schema = name.qualifier().getLast();
            if (session.transaction().transaction().catalog().schema(schema) == null
                    && !Set.of("pg_catalog", "information_schema").contains(schema)) {
                return new DatabaseException(
                        SqlState.INVALID_SCHEMA_NAME,
                        "schema \"%s\" does not exist".formatted(schema));
            }
        }
        return new DatabaseException(
                SqlState.UNDEFINED_TABLE,
                "relation \"%s\" does not exist".formatted(name.dotted()));
    }

    private boolean isSystem(QualifiedName name) {
        return system(name) != null;
    }

    private @Nullable Relation system(QualifiedName name) {
        return session.services()
                .systemTables()
                .relations()
                .find(name.isQualified() ? name.qualifier().getLast() : "pg_catalog", name.last());
    }

    private @Nullable Object lookUp(QualifiedName name) {
        CatalogSnapshot catalog = session.transaction().transaction().catalog();
        if (name.isQualified()) {
            return catalog.object(name.qualifier().getLast(), name.last());
        }
        for (String schema : session.typed().lookupPath()) {
            Object found = catalog.object(schema, name.last());
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
