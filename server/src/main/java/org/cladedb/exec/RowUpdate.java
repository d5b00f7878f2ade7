package org.cladedb.exec;

import org.cladedb.plan.ir.Modification;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Computes the new version of a row from the old one.
final class RowUpdate {
    private final Datum[] oldCells;
    private final @Nullable Evaluator condition;
    private final int[] setSlots;
    private final Evaluator[] sets;
    private final NewRow newRow;

    /// @param oldCells the row before the change, filled by the caller
    /// @param scope what new values may refer to besides the old row
    RowUpdate(
            Modification.Update update,
            Datum[] oldCells,
            ExpressionCompiler compiler,
            Scope scope) {
        this.oldCells = oldCells;
        Scope inside = scope.with(update.oldColumns(), oldCells);
        condition = compiler.compileOptional(update.condition(), inside);
        setSlots = update.sets().stream().mapToInt(Modification.SetSlot::slot).toArray();
        sets =
                compiler.compileAll(
                        update.sets().stream().map(Modification.SetSlot::expression).toList(),
                        inside);
        newRow =
                new NewRow(
                        update.table(),
                        update.rowColumns(),
                        update.generated(),
                        update.checks(),
                        compiler,
                        inside);
    }

    Datum[] oldCells() {
        return oldCells;
    }

    Datum[] newCells() {
        return newRow.cells();
    }

    /// Fills the new cells from the old ones; false when the row is to stay as it is.
    boolean compute(ExecutionContext context) {
        if (condition != null && !Evaluators.isTrue(condition, context)) {
            return false;
        }
        Datum[] cells = newRow.cells();
        for (int i = 0; i < cells.length; i++) {
            cells[i].copyFrom(oldCells[i]);
        }
        for (int i = 0; i < sets.length; i++) {
            cells[setSlots[i] - 1].copyFrom(sets[i].evaluate(context));
        }
        newRow.complete(context);
        return true;
    }
}
