package org.cladedb.exec;

import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;

/// The row that INSERT or UPDATE is about to write: a cell per slot, and the checks it must pass.
final class NewRow {
    private final Table table;
    private final Datum[] cells;
    private final int[] generatedSlots;
    private final Evaluator[] generated;
    private final List<Modification.Check> checks;
    private final Evaluator[] checkEvaluators;

    /// @param columns what the cells are called in expressions
    /// @param outer what is around the row
    NewRow(
            Table table,
            List<OutputColumn> columns,
            List<Modification.Generated> generated,
            List<Modification.Check> checks,
            ExpressionCompiler compiler,
            Scope outer) {
        this.table = table;
        this.checks = checks;
        cells = Datum.row(table.columns().size());
        Scope scope = outer.with(columns, cells);
        generatedSlots = generated.stream().mapToInt(Modification.Generated::slot).toArray();
        this.generated =
                compiler.compileAll(
                        generated.stream().map(Modification.Generated::expression).toList(), scope);
        checkEvaluators =
                compiler.compileAll(
                        checks.stream().map(Modification.Check::expression).toList(), scope);
    }

    /// The cells, by slot - 1.
    Datum[] cells() {
        return cells;
    }

    /// Computes generated columns and checks the row, once all other cells are filled.
    void complete(ExecutionContext context) {
        for (int i = 0; i < generated.length; i++) {
            cells[generatedSlots[i] - 1].copyFrom(generated[i].evaluate(context));
        }
        for (Column column : table.columns()) {
            if (column.notNull() && !column.dropped() && cells[column.number() - 1].isNull()) {
                throw notNullViolation(column, context);
            }
        }
        for (int i = 0; i < checkEvaluators.length; i++) {
            Datum outcome = checkEvaluators[i].evaluate(context);
            if (!outcome.isNull() && !outcome.booleanValue()) {
                throw checkViolation(checks.get(i), context);
            }
        }
    }

    private DatabaseException notNullViolation(Column column, ExecutionContext context) {
        return new DatabaseException(
                        SqlState.NOT_NULL_VIOLATION,
                        "null value in column \""
                                + column.name()
                                + "\" of relation \""
                                + table.name()
                                + "\" violates not-null constraint")
                .withDetail(FailingRow.describe(table, cells, context.types()))
                .withObject(table.schema(), table.name(), column.name(), null)
                .withRoutine("ReportNotNullViolationError");
    }

    private DatabaseException checkViolation(Modification.Check check, ExecutionContext context) {
        return new DatabaseException(
                        SqlState.CHECK_VIOLATION,
                        "new row for relation \""
                                + table.name()
                                + "\" violates check constraint \""
                                + check.name()
                                + "\"")
                .withDetail(FailingRow.describe(table, cells, context.types()))
                .withObject(table.schema(), table.name(), null, check.name())
                .withRoutine("ExecConstraints");
    }
}
