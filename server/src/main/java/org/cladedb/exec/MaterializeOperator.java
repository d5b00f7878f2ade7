package org.cladedb.exec;

import java.util.List;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;

/// Runs its input once per execution of the plan and gives out its rows at every `open`.
final class MaterializeOperator implements Operator {
    private final Operator input;
    private final PlanState state;
    private final RowBuffer rows;
    private final Datum[] row;
    private long filledFor;
    private int position;

    MaterializeOperator(Operator input, List<OutputColumn> columns, PlanState state) {
        this.input = input;
        this.state = state;
        rows = RowBuffer.of(columns, state);
        row = Datum.row(columns.size());
        state.whenClosed(rows::clear);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        position = 0;
        if (filledFor != state.execution()) {
            rows.clear();
            input.open(context);
            while (input.next()) {
                rows.add(input.row());
            }
            input.close();
            filledFor = state.execution();
        }
    }

    @Override
    public boolean next() {
        if (position == rows.size()) {
            return false;
        }
        rows.read(position++, row);
        return true;
    }

    @Override
    public void close() {
        input.close();
    }
}
