package org.cladedb.exec;

import org.cladedb.types.Datum;

/// VALUES: each row is computed when it is asked for.
final class ValuesOperator implements Operator {
    private final Evaluator[][] rows;
    private final PlanState state;
    private final Datum[] row;
    private int position;

    ValuesOperator(Evaluator[][] rows, int columnCount, PlanState state) {
        this.rows = rows;
        this.state = state;
        row = Datum.row(columnCount);
        position = rows.length;
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        position = 0;
    }

    @Override
    public boolean next() {
        if (position == rows.length) {
            return false;
        }
        Evaluators.evaluateAll(rows[position++], state.context(), row);
        return true;
    }

    @Override
    public void close() {
        position = rows.length;
    }
}
