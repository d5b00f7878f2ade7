package org.cladedb.storage.group;

import java.util.List;
import java.util.stream.Collectors;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;

/// The rules of a table that has no expressions: NOT NULL. For transactions without a session; asks
/// for one where there are expressions.
public final class PlainRowRules implements RowRules {
    private final Table table;

    public PlainRowRules(Table table) {
        this.table = table;
    }

    @Override
    public void setDefaults(Datum[] row, List<Integer> slots) {
        throw needsSession();
    }

    @Override
    public void complete(Datum[] row) {
        if (table.constraints().checks().stream().anyMatch(Constraints.CheckConstraint::enforced)) {
            throw needsSession();
        }
        for (Column column : table.columns()) {
            if (column.dropped()) {
                continue;
            }
            if (column.generation() == Column.Generation.STORED) {
                throw needsSession();
            }
            if (column.notNull() && row[column.number() - 1].isNull()) {
                throw new DatabaseException(
                                SqlState.NOT_NULL_VIOLATION,
                                "null value in column \"%s\" of relation \"%s\" violates not-null constraint"
                                        .formatted(column.name(), table.name()))
                        .withDetail("Failing row contains (" + text(row) + ").")
                        .withObject(table.schema(), table.name(), column.name(), null)
                        .withRoutine("ReportNotNullViolationError");
            }
        }
    }

    private String text(Datum[] row) {
        return table.columns().stream()
                .filter(column -> !column.dropped())
                .map(column -> ValueText.of(column.type(), row[column.number() - 1]))
                .collect(Collectors.joining(", "));
    }

    private IllegalStateException needsSession() {
        return new IllegalStateException(
                "the expressions of table \"" + table.name() + "\" need a session");
    }
}
