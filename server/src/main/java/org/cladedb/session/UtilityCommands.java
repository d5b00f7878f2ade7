package org.cladedb.session;

import org.cladedb.sql.ast.AlterTable;
import org.cladedb.sql.ast.Copy;
import org.cladedb.sql.ast.CursorStatement;
import org.cladedb.sql.ast.Explain;
import org.cladedb.sql.ast.MaintenanceStatement;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.PreparedStatementCommand;
import org.cladedb.sql.ast.RoleStatement;
import org.cladedb.sql.ast.SchemaStatement;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.SettingStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableStatement;
import org.cladedb.sql.ast.TransactionStatement;
import org.jspecify.annotations.Nullable;

/// Hands every statement that is no query to what runs its kind.
final class UtilityCommands {
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
            case TableStatement table -> define(table, portal);
            case AlterTable alter -> define(alter, portal);
            case SchemaStatement schema -> define(schema, portal);
            case RoleStatement role -> define(role, portal);
            case SelectStatement _, ModifyStatement _ ->
                    throw new IllegalStateException("queries have plans");
        };
    }

    /// What a statement is called that runs in a transaction of its own; null for all others.
    private static @Nullable String alone(Statement statement) {
        return switch (statement) {
            case SchemaStatement.CreateDatabase _ -> "CREATE DATABASE";
            case SchemaStatement.DropDatabase _ -> "DROP DATABASE";
            case SchemaStatement.AlterDatabase alter
                    when alter.options().stream()
                            .anyMatch(option -> option.name().equals("tablespace")) ->
                    "ALTER DATABASE SET TABLESPACE";
            default -> null;
        };
    }

    private UtilityResult define(Statement statement, Portal portal) {
        String alone = alone(statement);
        session.transaction().preventReadOnly(alone == null ? "DDL" : alone);
        if (alone != null) {
            session.transaction().preventBlock(alone);
        }
        session.beginStatement();
        session.transaction().takeUnused();
        String tag =
                session.services()
                        .utilityStatements()
                        .execute(
                                statement,
                                portal.prepared().text(),
                                session.transaction().transaction(),
                                session);
        session.transaction().endStatement();
        return UtilityResult.of(tag);
    }
}
