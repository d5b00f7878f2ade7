package org.cladedb.session;

import org.cladedb.sql.ast.CommandTags;
import org.cladedb.sql.ast.Copy;
import org.cladedb.sql.ast.CursorStatement;
import org.cladedb.sql.ast.Definition;
import org.cladedb.sql.ast.Explain;
import org.cladedb.sql.ast.MaintenanceStatement;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.PreparedStatementCommand;
import org.cladedb.sql.ast.SchemaStatement;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.SettingStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableStatement;
import org.cladedb.sql.ast.TransactionStatement;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.txn.IsolationLevel;
import org.jspecify.annotations.Nullable;

/// Hands every statement that is no query to what runs its kind.
final class UtilityCommands {
    /// How often a definition is run again because the catalog had changed.
    private static final int RESTARTS_MAX = 100;

    private final Session session;
    private final TransactionCommands transactions;
    private final PreparedCommands prepared;
    private final CursorCommands cursors;
    private final MaintenanceCommands maintenance;
    private final CopyCommands copies;
    private final ExplainCommand explain;

    UtilityCommands(Session session) {
        this.session = session;
        transactions = new TransactionCommands(session);
        prepared = new PreparedCommands(session);
        cursors = new CursorCommands(session);
        maintenance = new MaintenanceCommands(session);
        copies = new CopyCommands(session);
        explain = new ExplainCommand(session);
    }

    UtilityResult execute(Statement statement, Portal portal, ResultReceiver receiver) {
        return switch (statement) {
            case TransactionStatement transaction -> transactions.execute(transaction);
            case SettingStatement setting -> session.settingCommands().execute(setting);
            case PreparedStatementCommand command ->
                    prepared.execute(command, portal.prepared().text());
            case CursorStatement cursor -> cursors.execute(cursor, portal, receiver);
            case MaintenanceStatement upkeep -> maintenance.execute(upkeep);
            case Copy copy -> copies.execute(copy, receiver);
            case Explain explained -> explain.execute(explained, portal);
            case Definition definition -> define(definition, portal);
            case SelectStatement _, ModifyStatement _ ->
                    throw new IllegalStateException("queries have plans");
        };
    }

    /// What a statement is called that runs in a transaction of its own; null for all others.
    private static @Nullable String alone(Definition statement) {
        return switch (statement) {
            case SchemaStatement.CreateDatabase _ -> "CREATE DATABASE";
            case SchemaStatement.DropDatabase _ -> "DROP DATABASE";
            case SchemaStatement.AlterDatabase alter
                    when alter.options().stream()
                            .anyMatch(option -> option.name().equals("tablespace")) ->
                    "ALTER DATABASE SET TABLESPACE";
            case TableStatement.CreateIndex create when create.concurrently() ->
                    "CREATE INDEX CONCURRENTLY";
            case SchemaStatement.Drop drop when drop.concurrently() -> "DROP INDEX CONCURRENTLY";
            default -> null;
        };
    }

    private UtilityResult define(Definition statement, Portal portal) {
        String alone = alone(statement);
        session.transaction().preventReadOnly(CommandTags.of(statement));
        if (alone != null) {
            session.transaction().preventBlock(alone);
        }
        for (int restarts = 0; ; restarts++) {
            session.beginStatement();
            session.transaction().takeUnused();
            try {
                return UtilityResult.of(defineOnce(statement, portal));
            } catch (StaleRowException stale) {
                // Another session has changed the catalog since the statement began. This one holds
                // the catalog's lock by now, so that the next attempt sees the newest and keeps it.
                session.transaction().rollbackStatement();
                if (session.transaction().isolation() != IsolationLevel.READ_COMMITTED
                        || restarts >= RESTARTS_MAX) {
                    throw stale;
                }
                session.control().check();
            }
        }
    }

    private String defineOnce(Definition statement, Portal portal) {
        String tag =
                session.services()
                        .utilityStatements()
                        .execute(
                                statement,
                                portal.prepared().text(),
                                session.transaction().transaction(),
                                session);
        session.transaction().endStatement();
        return tag;
    }
}
