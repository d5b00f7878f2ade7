package org.cladedb.exec;

import org.cladedb.catalog.Column;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.storage.group.TableWriter;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// INSERT.
///
/// Nothing in it sees the rows it writes. When it may read the table itself all rows are collected
/// first: reading would otherwise have to pass over more and more of what was written.
final class InsertOperator implements ModificationOperator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Operator input;
    private final Modification.Insert modification;
    private final Evaluator[] values;
    private final NewRow newRow;
    private final Returning returning;
    private final @Nullable ConflictHandler conflicts;
    private final boolean collects;
    private final RowBuffer collected;
    private long affected;

    InsertOperator(
            PhysicalNode.Insert node, Operator input, ExpressionCompiler compiler, Scope outer) {
        this.input = input;
        modification = node.modification();
        Scope inputScope = outer.with(node.input().columns(), input.row());
        values = compiler.compileAll(modification.values(), inputScope);
        newRow =
                new NewRow(
                        modification.table(),
                        modification.rowColumns(),
                        modification.generated(),
                        modification.checks(),
                        compiler,
                        outer);
        Scope rowScope = outer.with(modification.rowColumns(), newRow.cells());
        returning = new Returning(modification, compiler, rowScope);
        Modification.OnConflict onConflict = modification.onConflict();
        conflicts =
                onConflict == null
                        ? null
                        : new ConflictHandler(modification, onConflict, newRow, compiler, outer);
        collects = PhysicalNodes.mayRead(node, modification.table().oid());
        collected =
                RowBuffer.spilling(
                        modification.table().columns().stream().map(Column::type).toList(),
                        compiler.state());
    }

    @Override
    public Datum[] row() {
        return returning.row();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        affected = 0;
        TableWriter writer = context.transaction().writer(modification.table());
        input.open(context);
        int count = 0;
        while (input.next()) {
            if ((++count & CANCEL_CHECK_MASK) == 0) {
                context.checkCancelled();
            }
            Evaluators.evaluateAll(values, context, newRow.cells());
            newRow.complete(context);
            if (collects) {
                collected.add(newRow.cells());
            } else {
                write(writer, context);
            }
        }
        input.close();
        for (int i = 0; i < collected.size(); i++) {
            collected.read(i, newRow.cells());
            write(writer, context);
        }
        collected.clear();
    }

    private void write(TableWriter writer, ExecutionContext context) {
        if (conflicts == null) {
            writer.insert(newRow.cells());
        } else if (!conflicts.write(writer, context)) {
            return;
        }
        returning.add(context);
        affected++;
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
        collected.clear();
        returning.clear();
        if (conflicts != null) {
            conflicts.clear();
        }
    }
}
