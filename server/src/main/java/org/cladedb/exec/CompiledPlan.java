package org.cladedb.exec;

import org.cladedb.types.Datum;

/// The root of a compiled plan: begins and ends executions of the whole tree.
final class CompiledPlan implements ModificationOperator {
    private final Operator root;
    private final PlanState state;

    CompiledPlan(Operator root, PlanState state) {
        this.root = root;
        this.state = state;
    }

    @Override
    public Datum[] row() {
        return root.row();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        state.begin(context);
        try {
            root.open(context);
        } catch (RuntimeException | Error failure) {
            // Nobody closes what could not be opened.
            closeAfter(failure);
            throw failure;
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    @Override
    public boolean next() {
        return root.next();
    }

    @Override
    public long affected() {
        return affected(root);
    }

    /// What the operator affected, if it is one that changes rows.
    static long affected(Operator operator) {
        return operator instanceof ModificationOperator modification ? modification.affected() : 0;
    }

    @Override
    public void close() {
        try {
            root.close();
        } finally {
            state.end();
        }
    }
}
