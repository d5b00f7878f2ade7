package org.cladedb.session;

import org.cladedb.exec.ExecutionContext;
import org.cladedb.exec.ModificationOperator;
import org.cladedb.types.Datum;

/// Rows as an operator computes them. The operator goes back to its plan at the end.
final class LiveRows implements RowSource {
    private final QueryPlan plan;
    private final ModificationOperator operator;
    private boolean closed;

    LiveRows(QueryPlan plan, ModificationOperator operator, ExecutionContext context) {
        this.plan = plan;
        this.operator = operator;
        boolean opened = false;
        try {
            operator.open(context);
            opened = true;
        } finally {
            if (!opened) {
                operator.close();
            }
        }
    }

    @Override
    public boolean next() {
        return !closed && operator.next();
    }

    @Override
    public Datum[] row() {
        return operator.row();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            operator.close();
            plan.giveBack(operator);
        }
    }
}
