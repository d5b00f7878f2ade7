package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.words.SqlText;

/// What is asked of the rows that a table already has before its definition may change.
final class StoredRows {
    private final DdlContext context;

    StoredRows(DdlContext context) {
        this.context = context;
    }

    /// Whether a row of `table` meets an SQL condition.
    boolean exist(Table table, String condition) {
        context.transaction().requireNewest();
        return context.queries()
                .hasRows(
                        "SELECT 1 FROM "
                                + SqlText.qualified(List.of(table.schema(), table.name()))
                                + " WHERE "
                                + condition
                                + " LIMIT 1");
    }

    /// @throws DatabaseException 23502 when a row has NULL in the column
    void requireNoNulls(Table table, Column column) {
        if (exist(table, SqlText.quoted(column.name()) + " IS NULL")) {
            throw nullsIn(table, column);
        }
    }

    static DatabaseException nullsIn(Table table, Column column) {
        return new DatabaseException(
                        SqlState.NOT_NULL_VIOLATION,
                        "column \""
                                + column.name()
                                + "\" of relation \""
                                + table.name()
                                + "\" contains null values")
                .withObject(table.schema(), table.name(), column.name(), null);
    }

    /// Checks rows that have new values in one column.
    void checkRewritten(Table table, Column column) {
        if (table.isNeverNull(column)) {
            requireNoNulls(table, column);
        }
        for (Constraints.CheckConstraint check : table.constraints().checks()) {
            if (check.validated()) {
                requireMet(table, check);
            }
        }
    }

    /// Checks rows against the check constraints that `before` did not have.
    void check(Table table, Table before) {
        for (Constraints.CheckConstraint check : table.constraints().checks()) {
            boolean isNew =
                    before.constraints().checks().stream()
                            .noneMatch(old -> old.oid() == check.oid());
            if (isNew && check.validated()) {
                requireMet(table, check);
            }
        }
    }

    /// @throws DatabaseException 23514 when a row does not meet the condition
    void requireMet(Table table, Constraints.CheckConstraint check) {
        String condition = new StoredSql(context.catalog()).of(check.expression(), table);
        if (exist(table, "NOT (" + condition + ")")) {
            throw new DatabaseException(
                            SqlState.CHECK_VIOLATION,
                            "check constraint \""
                                    + check.name()
                                    + "\" of relation \""
                                    + table.name()
                                    + "\" is violated by some row")
                    .withObject(table.schema(), table.name(), null, check.name());
        }
    }
}
