package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.storage.group.TableWriter;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// UPDATE: computes all new rows (and RETURNING) before it writes the first, so that it never sees
/// its own changes.
final class UpdateOperator implements ModificationOperator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Operator input;
    private final Modification.Update modification;
    private final RowUpdate update;
    private final Returning returning;
    private final Datum locator;
    private final LocatorSet locators;
    // Locator, old row, new row.
    private final RowBuffer changes;
    private final Datum[] change;
    private long affected;

    UpdateOperator(
            PhysicalNode.Update node, Operator input, ExpressionCompiler compiler, Scope outer) {
        this.input = input;
        modification = node.modification();
        Scope scope = outer.with(node.input().columns(), input.row());
        locator = scope.cell(modification.locator().id());
        Datum[] oldCells = new Datum[modification.oldColumns().size()];
        for (int i = 0; i < oldCells.length; i++) {
            oldCells[i] = scope.cell(modification.oldColumns().get(i).id());
        }
        update = new RowUpdate(modification, oldCells, compiler, scope);
        returning =
                new Returning(
                        modification,
                        compiler,
                        scope.with(modification.rowColumns(), update.newCells()));
        locators = new LocatorSet(PhysicalNodes.mayRepeatRows(node.input()), compiler.state());
        List<SqlType> types = new ArrayList<>();
        types.add(SqlType.BYTEA);
        modification.oldColumns().stream().map(OutputColumn::type).forEach(types::add);
        modification.table().columns().stream().map(Column::type).forEach(types::add);
        changes = RowBuffer.spilling(types, compiler.state());
        change = new Datum[types.size()];
        change[0] = locator;
        System.arraycopy(oldCells, 0, change, 1, oldCells.length);
        System.arraycopy(
                update.newCells(), 0, change, 1 + oldCells.length, update.newCells().length);
    }

    @Override
    public Datum[] row() {
        return returning.row();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        TableWriter writer = context.transaction().writer(modification.table());
        collect(context);
        affected = changes.size();
        Datum[] row = Datum.row(change.length);
        int slots = update.newCells().length;
        Datum[] oldRow = Arrays.copyOfRange(row, 1, 1 + slots);
        Datum[] newRow = Arrays.copyOfRange(row, 1 + slots, 1 + 2 * slots);
        for (int i = 0; i < changes.size(); i++) {
            if ((i & CANCEL_CHECK_MASK) == CANCEL_CHECK_MASK) {
                context.checkCancelled();
            }
            changes.read(i, row);
            writer.update(row[0].copyBytes(), oldRow, newRow);
        }
        changes.clear();
    }

    private void collect(ExecutionContext context) {
        input.open(context);
        while (input.next()) {
            if (!locator.isNull() && locators.add(locator) && update.compute(context)) {
                returning.add(context);
                changes.add(change);
            }
        }
        input.close();
        locators.clear();
    }

    @Override
    public long affected() {
        return affected;
    }

    @Override
    public boolean next() {
        return returning.next();
    }

    @Override
    public void close() {
        input.close();
        locators.clear();
        changes.clear();
        returning.clear();
    }
}
