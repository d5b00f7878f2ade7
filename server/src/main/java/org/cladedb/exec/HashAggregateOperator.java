package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Aggregates its whole input into groups found by hash, in the order in which they first appear;
/// without grouping columns into exactly one group.
final class HashAggregateOperator implements Operator {
    private final Operator input;
    private final Evaluator[] groupColumns;
    private final RowSet groups;
    private final AggregateStates states;
    private final PlanState state;
    private final Datum[] keyValues;
    private final Datum[] row;
    private final Datum[] groupCells;
    private int position;
    private int size;

    HashAggregateOperator(
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
        groups = new RowSet(groupTypes, state.operatorMemory());
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
        if (groupColumns.length == 0) {
            aggregateAll(context);
        } else {
            aggregateGroups(context);
        }
        input.close();
        size = states.size();
    }

    private void aggregateAll(ExecutionContext context) {
        states.startGroup();
        while (input.next()) {
            states.add(0, context);
        }
    }

    private void aggregateGroups(ExecutionContext context) {
        while (input.next()) {
            for (int i = 0; i < groupColumns.length; i++) {
                keyValues[i] = groupColumns[i].evaluate(context);
            }
            int group = groups.findOrAdd(keyValues);
            if (group == states.size()) {
                states.startGroup();
            }
            states.add(group, context);
        }
    }

    @Override
    public boolean next() {
        if (position == size) {
            return false;
        }
        if (groupCells.length > 0) {
            groups.read(position, groupCells);
        }
        states.finish(position++, row, state.context());
        return true;
    }

    @Override
    public void close() {
        position = 0;
        size = 0;
        input.close();
        groups.clear();
        states.clear();
    }
}
