package org.cladedb.sql.ast;

import java.util.List;
import org.cladedb.sql.ast.Expression.FunctionCall;
import org.jspecify.annotations.Nullable;

/// Upkeep of the database, locks, notifications and other commands that return no rows.
public sealed interface MaintenanceStatement extends Statement {
    /// @param tables empty for all
    record Analyze(List<Option> options, List<TableAndColumns> tables, int position)
            implements MaintenanceStatement {
        public Analyze {
            options = List.copyOf(options);
            tables = List.copyOf(tables);
        }
    }

    /// @param tables empty for all
    record Vacuum(List<Option> options, List<TableAndColumns> tables, int position)
            implements MaintenanceStatement {
        public Vacuum {
            options = List.copyOf(options);
            tables = List.copyOf(tables);
        }
    }

    record TableAndColumns(QualifiedName table, List<String> columns) {
        public TableAndColumns {
            columns = List.copyOf(columns);
        }
    }

    record Checkpoint(int position) implements MaintenanceStatement {}

    record Discard(DiscardTarget target, int position) implements MaintenanceStatement {}

    enum DiscardTarget {
        ALL,
        PLANS,
        SEQUENCES,
        TEMPORARY
    }

    /// @param kind INDEX, TABLE, SCHEMA or DATABASE; null for SYSTEM
    /// @param name null for the current database
    record Reindex(
            @Nullable ObjectKind kind,
            @Nullable QualifiedName name,
            boolean concurrently,
            List<Option> options,
            int position)
            implements MaintenanceStatement {
        public Reindex {
            options = List.copyOf(options);
        }
    }

    /// @param table null for all tables clustered before
    record Cluster(
            @Nullable QualifiedName table,
            @Nullable String index,
            List<Option> options,
            int position)
            implements MaintenanceStatement {
        public Cluster {
            options = List.copyOf(options);
        }
    }

    record Lock(List<LockedTable> tables, TableLockMode mode, boolean nowait, int position)
            implements MaintenanceStatement {
        public Lock {
            tables = List.copyOf(tables);
        }
    }

    record LockedTable(QualifiedName name, boolean only) {}

    enum TableLockMode {
        ACCESS_SHARE,
        ROW_SHARE,
        ROW_EXCLUSIVE,
        SHARE_UPDATE_EXCLUSIVE,
        SHARE,
        SHARE_ROW_EXCLUSIVE,
        EXCLUSIVE,
        ACCESS_EXCLUSIVE
    }

    record Listen(String channel, int position) implements MaintenanceStatement {}

    /// @param channel null for all
    record Unlisten(@Nullable String channel, int position) implements MaintenanceStatement {}

    record Notify(String channel, @Nullable String payload, int position)
            implements MaintenanceStatement {}

    /// @param language null if not given
    record DoBlock(String body, @Nullable String language, int position)
            implements MaintenanceStatement {}

    record Call(FunctionCall call, int position) implements MaintenanceStatement {}

    record Load(String library, int position) implements MaintenanceStatement {}
}
