package org.cladedb.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemTable;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.error.Unsupported;
import org.cladedb.sql.ast.MaintenanceStatement;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.txn.TableLockMode;

/// Upkeep, table locks and notifications. What the engine does by itself is accepted and checked.
final class MaintenanceCommands {
    private final Session session;

    MaintenanceCommands(Session session) {
        this.session = session;
    }

    UtilityResult execute(MaintenanceStatement statement) {
        return UtilityResult.of(
                switch (statement) {
                    case MaintenanceStatement.Analyze analyze -> {
                        VacuumOptions.check(analyze);
                        check(analyze.tables(), "analyze");
                        yield "ANALYZE";
                    }
                    case MaintenanceStatement.Vacuum vacuum -> {
                        VacuumOptions.check(vacuum);
                        session.transaction().preventBlock("VACUUM");
                        check(vacuum.tables(), "vacuum");
                        yield "VACUUM";
                    }
                    case MaintenanceStatement.Checkpoint _ -> "CHECKPOINT";
                    case MaintenanceStatement.Discard discard -> discard(discard);
                    case MaintenanceStatement.Reindex reindex -> reindex(reindex);
                    case MaintenanceStatement.Cluster _ -> throw unsupported("CLUSTER");
                    case MaintenanceStatement.Lock lock -> new LockCommand(session).run(lock);
                    case MaintenanceStatement.Listen _ -> throw unsupported("LISTEN");
                    case MaintenanceStatement.Unlisten _ -> "UNLISTEN";
                    case MaintenanceStatement.Notify _ -> throw unsupported("NOTIFY");
                    case MaintenanceStatement.DoBlock block -> {
                        String language = block.language();
                        throw new DatabaseException(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "language \"%s\" is not supported"
                                        .formatted(language == null ? "plpgsql" : language));
                    }
                    case MaintenanceStatement.Call _ -> throw unsupported("CALL");
                    case MaintenanceStatement.Load _ -> throw unsupported("LOAD");
                });
    }

    private static DatabaseException unsupported(String command) {
        return Unsupported.of(command, command + " is not supported");
    }

    /// @param verb what is done to the tables
    private void check(List<MaintenanceStatement.TableAndColumns> tables, String verb) {
        if (tables.isEmpty()) {
            return;
        }
        session.beginStatement();
        TableNames names = new TableNames(session);
        for (MaintenanceStatement.TableAndColumns entry : tables) {
            switch (names.findAny(entry.table())) {
                case Table _ -> {
                    Table table =
                            names.locked(
                                    () -> names.find(entry.table()),
                                    TableLockMode.SHARE_UPDATE_EXCLUSIVE);
                    checkColumns(table, entry.columns());
                }
                case View _, Index _, Sequence _ ->
                        session.notice(
                                Notice.warning(
                                        SqlState.WARNING,
                                        "skipping \"%s\" --- cannot %s non-tables or special system tables"
                                                .formatted(entry.table().last(), verb)));
                // Relations of the system are made when they are read.
                case SystemTable system -> checkColumns(system, entry.columns());
                default -> {}
            }
        }
        session.transaction().endUnused();
    }

    private static void checkColumns(Relation table, List<String> columns) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (table.columns().stream()
                    .noneMatch(each -> !each.dropped() && each.name().equals(column))) {
                throw new DatabaseException(
                        SqlState.UNDEFINED_COLUMN,
                        "column \"%s\" of relation \"%s\" does not exist"
                                .formatted(column, table.name()));
            }
            if (!seen.add(column)) {
                throw new DatabaseException(
                        SqlState.DUPLICATE_COLUMN,
                        "column \"%s\" of relation \"%s\" appears more than once"
                                .formatted(column, table.name()));
            }
        }
    }

    /// Indexes need no upkeep; what is named must be there.
    private String reindex(MaintenanceStatement.Reindex reindex) {
        for (Option option : reindex.options()) {
            if (!Set.of("verbose", "concurrently", "tablespace").contains(option.name())) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR,
                                "unrecognized REINDEX option \"%s\"".formatted(option.name()))
                        .at(option.position());
            }
        }
        ObjectKind kind = reindex.kind() == null ? ObjectKind.DATABASE : reindex.kind();
        switch (kind) {
            case INDEX, TABLE -> {
                if (reindex.concurrently()) {
                    session.transaction().preventBlock("REINDEX CONCURRENTLY");
                }
            }
            case SCHEMA -> session.transaction().preventBlock("REINDEX SCHEMA");
            default -> session.transaction().preventBlock("REINDEX DATABASE");
        }
        QualifiedName name = reindex.name();
        if (name != null) {
            session.beginStatement();
            new TableNames(session).requireReindexable(kind, name, reindex.concurrently());
            session.transaction().endUnused();
        }
        return "REINDEX";
    }

    private String discard(MaintenanceStatement.Discard discard) {
        switch (discard.target()) {
            case ALL -> {
                session.transaction().preventBlock("DISCARD ALL");
                session.portals().closeCursors();
                session.settings().resetAll();
                session.statements().removeAll();
                session.statements().forgetPlans();
                session.sessionFunctions().advisoryUnlockAll();
                session.sessionFunctions().forgetSequences();
            }
            case PLANS -> session.statements().forgetPlans();
            case SEQUENCES -> session.sessionFunctions().forgetSequences();
            case TEMPORARY -> {
                // There are no temporary tables to drop.
            }
        }
        return switch (discard.target()) {
            case ALL -> "DISCARD ALL";
            case PLANS -> "DISCARD PLANS";
            case SEQUENCES -> "DISCARD SEQUENCES";
            case TEMPORARY -> "DISCARD TEMP";
        };
    }
}
