package org.cladedb.ddl;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.words.SqlText;

/// Objects of all kinds, as statements about owners and privileges name them.
final class NamedObjects {
    private final DdlContext context;

    NamedObjects(DdlContext context) {
        this.context = context;
    }

    /// @throws DatabaseException when there is no such object
    void require(ObjectKind kind, ObjectName object) {
        QualifiedName name = object.name();
        switch (kind) {
            case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE, INDEX ->
                    requireRelation(name);
            case SCHEMA -> requireSchema(name.last());
            case DATABASE -> requireListed("pg_database", "datname", name, database(name));
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE ->
                    new NamedRoutines(context).require(kind, object);
            case TYPE, DOMAIN -> requireListed("pg_type", "typname", name, type(name));
            case LANGUAGE -> requireListed("pg_language", "lanname", kind, name);
            case TABLESPACE -> requireListed("pg_tablespace", "spcname", kind, name);
            case COLLATION ->
                    requireListed(
                            "pg_collation",
                            "collname",
                            name,
                            missing(
                                    "collation \"%s\" for encoding \"UTF8\" does not exist"
                                            .formatted(name.dotted())));
            case STATISTICS ->
                    throw missing("statistics object \"" + name.dotted() + "\" does not exist");
            case EXTENSION -> requireListed("pg_extension", "extname", kind, name);
            case ACCESS_METHOD -> requireListed("pg_am", "amname", kind, name);
            case COLUMN,
                    CONSTRAINT,
                    TRIGGER,
                    RULE,
                    POLICY,
                    ROLE,
                    CONVERSION,
                    SERVER,
                    FOREIGN_DATA_WRAPPER,
                    EVENT_TRIGGER,
                    PUBLICATION,
                    SUBSCRIPTION,
                    TEXT_SEARCH_CONFIGURATION,
                    TEXT_SEARCH_DICTIONARY,
                    TEXT_SEARCH_PARSER,
                    TEXT_SEARCH_TEMPLATE ->
                    // There are none of these.
                    throw missing(kind.words() + " \"" + name.dotted() + "\" does not exist");
        }
    }

    private void requireRelation(QualifiedName name) {
        if (context.names().find(name) == null) {
            throw Names.undefined("relation", name);
        }
    }

    boolean hasSchema(String name) {
        return context.catalog().schema(name) != null
                || name.equals("pg_catalog")
                || name.equals("information_schema");
    }

    void requireSchema(String name) {
        if (!hasSchema(name)) {
            throw new DatabaseException(
                    SqlState.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist");
        }
    }

    private void requireListed(
            String relation, String column, ObjectKind kind, QualifiedName name) {
        requireListed(
                relation,
                column,
                name,
                missing(kind.words() + " \"" + name.dotted() + "\" does not exist"));
    }

    private void requireListed(
            String relation, String column, QualifiedName name, DatabaseException missing) {
        String query =
                "SELECT 1 FROM pg_catalog.%s WHERE %s = %s"
                        .formatted(relation, column, SqlText.literal(name.last()));
        if (!context.queries().hasRows(query)) {
            throw missing;
        }
    }

    private static DatabaseException database(QualifiedName name) {
        return new DatabaseException(
                SqlState.INVALID_CATALOG_NAME, "database \"" + name.last() + "\" does not exist");
    }

    private static DatabaseException type(QualifiedName name) {
        return missing("type \"" + name.dotted() + "\" does not exist");
    }

    private static DatabaseException missing(String message) {
        return new DatabaseException(SqlState.UNDEFINED_OBJECT, message);
    }
}
