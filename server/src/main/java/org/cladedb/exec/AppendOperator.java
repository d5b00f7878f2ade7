package org.cladedb.exec;

import org.cladedb.types.Datum;

/// The rows of one input, then those of the other: UNION ALL.
final class AppendOperator implements Operator {
    private final Operator first;
    private final Operator second;
    private final PlanState state;
    private final Datum[] row;
    private boolean inSecond;

    AppendOperator(Operator first, Operator second, PlanState state) {
        this.first = first;
        this.second = second;
        this.state = state;
        row = Datum.row(first.row().length);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        inSecond = false;
        first.open(context);
    }

    @Override
    public boolean next() {
        if (!inSecond) {
            if (first.next()) {
                return take(first);
            }
            first.close();
            inSecond = true;
            second.open(state.context());
        }
        return second.next() && take(second);
    }

    private boolean take(Operator source) {
        Datum[] values = source.row();
        for (int i = 0; i < row.length; i++) {
            row[i].copyFrom(values[i]);
        }
        return true;
    }

    @Override
    public void close() {
        inSecond = true;
        first.close();
        second.close();
    }
}
