package org.cladedb.ddl;

import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.SchemaStatement;
import org.cladedb.txn.Databases;

/// CREATE, DROP and ALTER DATABASE.
///
/// Making and dropping are transactions of their own; the session sees to it that they run outside
/// of its transaction blocks. Changes belong to the transaction of the statement.
final class DatabaseStatements {
    private final DdlContext context;
    private final Databases databases;
    private final DatabaseUsers users;

    DatabaseStatements(DdlContext context) {
        this.context = context;
        databases = context.databases();
        users = context.databaseUsers();
    }

    void create(SchemaStatement.CreateDatabase statement) {
        DatabaseOptions options = new DatabaseOptions(context, statement.options());
        databases.create(
                options.newDatabase(statement.name()),
                template -> {
                    // The one that this session is in may be copied; nobody else changes it then.
                    requireNoOthers(
                            template,
                            "source database \""
                                    + template.name()
                                    + "\" is being accessed by other users");
                });
    }

    void drop(SchemaStatement.DropDatabase statement) {
        boolean found =
                databases.drop(
                        statement.name(),
                        database -> {
                            if (database.template()) {
                                throw new DatabaseException(
                                        SqlState.WRONG_OBJECT_TYPE,
                                        "cannot drop a template database");
                            }
                            if (database.oid() == users.current()) {
                                throw new DatabaseException(
                                        SqlState.OBJECT_IN_USE,
                                        "cannot drop the currently open database");
                            }
                            if (statement.force()) {
                                users.terminateOthers(database.oid());
                            }
                            requireNoOthers(database);
                        });
        if (found) {
            return;
        }
        if (!statement.ifExists()) {
            throw Databases.missing(statement.name());
        }
        context.notice("database \"" + statement.name() + "\" does not exist, skipping");
    }

    void rename(SchemaStatement.Rename statement) {
        databases.rename(
                context.transaction(),
                statement.object().name().last(),
                statement.newName(),
                database -> {
                    if (database.oid() == users.current()) {
                        throw new DatabaseException(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "current database cannot be renamed");
                    }
                    requireNoOthers(database);
                });
    }

    void alter(SchemaStatement.AlterDatabase statement) {
        DatabaseOptions options = new DatabaseOptions(context, statement.options());
        options.requireAlterable();
        databases.alter(
                context.transaction(),
                statement.name(),
                database -> {
                    DatabaseDefinition changed = options.applyTo(database);
                    if (!changed.allowsConnections() && database.oid() == users.current()) {
                        throw new DatabaseException(
                                SqlState.INVALID_PARAMETER_VALUE,
                                "cannot disallow connections for current database");
                    }
                    return changed;
                });
    }

    /// Comments on databases are accepted and forgotten.
    void comment(SchemaStatement.Comment statement) {
        String name = statement.object().name().last();
        if (!exists(name)) {
            DatabaseException missing = Databases.missing(name);
            context.warning(missing.state(), missing.message());
        }
    }

    private boolean exists(String name) {
        return databases.list(context.transaction()).stream()
                .anyMatch(database -> database.name().equals(name));
    }

    private void requireNoOthers(DatabaseDefinition database) {
        requireNoOthers(
                database, "database \"" + database.name() + "\" is being accessed by other users");
    }

    private void requireNoOthers(DatabaseDefinition database, String message) {
        int others = users.awaitOthers(database.oid());
        if (others > 0) {
            throw new DatabaseException(SqlState.OBJECT_IN_USE, message)
                    .withDetail(
                            others == 1
                                    ? "There is 1 other session using the database."
                                    : "There are "
                                            + others
                                            + " other sessions using the database.");
        }
    }
}
