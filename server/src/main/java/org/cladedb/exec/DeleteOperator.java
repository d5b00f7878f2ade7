package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.storage.group.TableWriter;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// DELETE: finds all rows (and computes RETURNING) before it deletes the first, so that it never
/// sees its own changes.
final class DeleteOperator implements ModificationOperator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Operator input;
    private final Modification.Delete modification;
    private final Returning returning;
    private final Datum locator;
    private final LocatorSet locators;
    // Locator, row.
    private final RowBuffer victims;
    private final Datum[] victim;
    private long affected;

    DeleteOperator(
            PhysicalNode.Delete node, Operator input, ExpressionCompiler compiler, Scope outer) {
        this.input = input;
        modification = node.modification();
        Scope scope = outer.with(node.input().columns(), input.row());
        locator = scope.cell(modification.locator().id());
        returning = new Returning(modification, compiler, scope);
        locators = new LocatorSet(PhysicalNodes.mayRepeatRows(node.input()), compiler.state());
        List<SqlType> types = new ArrayList<>();
        types.add(SqlType.BYTEA);
        modification.rowColumns().stream().map(OutputColumn::type).forEach(types::add);
        victims = RowBuffer.spilling(types, compiler.state());
        victim = new Datum[types.size()];
        victim[0] = locator;
        for (int i = 1; i < victim.length; i++) {
            victim[i] = scope.cell(modification.rowColumns().get(i - 1).id());
        }
    }

    @Override
    public Datum[] row() {
        return returning.row();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        TableWriter writer = context.transaction().writer(modification.table());
        input.open(context);
        while (input.next()) {
            if (!locator.isNull() && locators.add(locator)) {
                returning.add(context);
                victims.add(victim);
            }
        }
        input.close();
        locators.clear();
        affected = victims.size();
        Datum[] row = Datum.row(victim.length);
        Datum[] oldRow = Arrays.copyOfRange(row, 1, row.length);
        for (int i = 0; i < victims.size(); i++) {
            if ((i & CANCEL_CHECK_MASK) == CANCEL_CHECK_MASK) {
                context.checkCancelled();
            }
            victims.read(i, row);
            writer.delete(row[0].copyBytes(), oldRow);
        }
        victims.clear();
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
        victims.clear();
        returning.clear();
    }
}
