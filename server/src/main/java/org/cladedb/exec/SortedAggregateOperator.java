package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Aggregates input whose groups come one after the other; each is given out when it ends.
final class SortedAggregateOperator implements Operator {
    private final Operator input;
    private final Evaluator[] groupColumns;
    private final RowEquality equality;
    private final RowBuffer group;
    private final AggregateStates states;
    private final PlanState state;
    private final Datum[] keyValues;
    private final Datum[] row;
    private final Datum[] groupCells;
    // Whether the input stands on the first row of a group that was not begun.
    private boolean pending;

    SortedAggregateOperator(
            Operator input,
            Evaluator[] groupColumns,
            List<SqlType> groupTypes,
            AggregateStates states,
            int columnCount,
            PlanState state) {
        this.input = input;
        this.groupColumns = groupColumns;
        this.states = states;
        this.state = state;
        equality = new RowEquality(groupTypes);
        group = new RowBuffer(groupTypes, state.operatorMemory());
        keyValues = new Datum[groupColumns.length];
        row = Datum.row(columnCount);
        groupCells = Arrays.copyOf(row, groupColumns.length);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        input.open(context);
        pending = input.next();
    }

    @Override
    public boolean next() {
        if (!pending) {
            return false;
        }
        ExecutionContext context = state.context();
        evaluateKeys(context);
        group.clear();
        group.add(keyValues);
        group.read(0, groupCells);
        states.clear();
        states.startGroup();
        do {
            states.add(0, context);
            pending = input.next();
            if (!pending) {
                break;
            }
            evaluateKeys(context);
        } while (equality.isEqual(keyValues, groupCells));
        states.finish(0, row, context);
        return true;
    }

    private void evaluateKeys(ExecutionContext context) {
        for (int i = 0; i < groupColumns.length; i++) {
            keyValues[i] = groupColumns[i].evaluate(context);
        }
    }

    @Override
    public void close() {
        pending = false;
        input.close();
        group.clear();
        states.clear();
    }
}
