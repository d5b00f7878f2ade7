package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;

/// The rows of one input after the other, each open only while it is read: UNION ALL.
final class AppendOperator implements Operator {
    private final List<Operator> inputs;
    private final PlanState state;
    private final Datum[] row;

    /// The input that is open; all before it are closed.
    private int position;

    AppendOperator(List<Operator> inputs, PlanState state) {
        this.inputs = List.copyOf(inputs);
        this.state = state;
        row = Datum.row(inputs.getFirst().row().length);
        position = inputs.size();
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        position = 0;
        inputs.getFirst().open(context);
    }

    @Override
    public boolean next() {
        while (position < inputs.size()) {
            Operator input = inputs.get(position);
            if (input.next()) {
                take(input.row());
                return true;
            }
            input.close();
            position++;
            if (position < inputs.size()) {
                state.context().checkCancelled();
                inputs.get(position).open(state.context());
            }
        }
        return false;
    }

    private void take(Datum[] values) {
        for (int i = 0; i < row.length; i++) {
            row[i].copyFrom(values[i]);
        }
    }

    @Override
    public void close() {
        if (position < inputs.size()) {
            inputs.get(position).close();
        }
        position = inputs.size();
    }
}
