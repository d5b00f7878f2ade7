package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.words.SqlText;
import org.jspecify.annotations.Nullable;

/// Looks up the objects that DDL statements name, and finds names for new ones.
final class Names {
    private final DdlContext context;

    Names(DdlContext context) {
        this.context = context;
    }

    /// The schema a new object of this name goes to.
    String creationSchema(QualifiedName name) {
        CatalogSnapshot catalog = context.catalog();
        if (name.isQualified()) {
            String schema = name.qualifier().getLast();
            requireSchema(schema, name.position());
            return schema;
        }
        for (String schema : context.searchPath()) {
            if (catalog.schema(schema) != null) {
                return schema;
            }
        }
        throw new DatabaseException(
                        SqlState.INVALID_SCHEMA_NAME, "no schema has been selected to create in")
                .at(name.position());
    }

    /// Fails unless there is such a schema that users may create in.
    void requireSchema(String schema, int position) {
        if (schema.equals("pg_catalog") || schema.equals("information_schema")) {
            throw new DatabaseException(
                    SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for schema " + schema);
        }
        if (context.catalog().schema(schema) == null) {
            throw new DatabaseException(
                            SqlState.INVALID_SCHEMA_NAME,
                            "schema \"" + schema + "\" does not exist")
                    .at(position);
        }
    }

    /// The table, view, sequence or index that `name` means; null when there is none.
    @Nullable Object find(QualifiedName name) {
        if (name.isQualified()) {
            return find(name.qualifier().getLast(), name.last());
        }
        for (String schema : context.searchPath()) {
            Object found = find(schema, name.last());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Object find(String schema, String name) {
        Object found = context.catalog().object(schema, name);
        return found != null ? found : context.system().find(schema, name);
    }

    /// The name of a relation for messages: with its schema where the search path hides it.
    String shown(Relation relation) {
        for (String schema : context.searchPath()) {
            if (find(schema, relation.name()) instanceof Relation found) {
                if (found.oid() == relation.oid()) {
                    return relation.name();
                }
                break;
            }
        }
        return relation.schema() + "." + relation.name();
    }

    /// As [#shown(Relation)].
    String shown(Sequence sequence) {
        String qualified = SqlText.qualified(List.of(sequence.schema(), sequence.name()));
        for (String schema : context.searchPath()) {
            Object found = find(schema, sequence.name());
            if (found != null) {
                return found instanceof Sequence other && other.oid() == sequence.oid()
                        ? SqlText.identifier(sequence.name())
                        : qualified;
            }
        }
        return qualified;
    }

    /// The table of this name, or an error.
    Table table(QualifiedName name) {
        return switch (find(name)) {
            case Table table -> table;
            case null -> throw undefined("relation", name);
            case Relation relation when !(relation instanceof View) ->
                    throw new DatabaseException(
                            SqlState.INSUFFICIENT_PRIVILEGE,
                            "permission denied: \"" + relation.name() + "\" is a system catalog");
            case Object _ ->
                    throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE, "\"" + name.last() + "\" is not a table");
        };
    }

    /// The sequence of this name, or an error.
    Sequence sequence(QualifiedName name) {
        return switch (find(name)) {
            case Sequence sequence -> sequence;
            case null -> throw undefined("relation", name);
            case Object _ ->
                    throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "\"" + name.last() + "\" is not a sequence");
        };
    }

    static DatabaseException undefined(String kind, QualifiedName name) {
        return new DatabaseException(
                kind.equals("index") || kind.equals("schema")
                        ? SqlState.UNDEFINED_OBJECT
                        : SqlState.UNDEFINED_TABLE,
                kind + " \"" + name.dotted() + "\" does not exist");
    }

    static DatabaseException duplicate(String name) {
        return new DatabaseException(
                SqlState.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
    }

    /// Fails when a relation of this name is there already.
    void requireFree(String schema, String name) {
        if (context.catalog().object(schema, name) != null) {
            throw duplicate(name);
        }
    }

    static boolean exists(CatalogSnapshot catalog, String schema, String name) {
        return catalog.object(schema, name) != null;
    }

    static @Nullable Index asIndex(@Nullable Object object) {
        return object instanceof Index index ? index : null;
    }
}
