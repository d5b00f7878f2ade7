package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Aggregates its whole input into groups found by hash, in the order in which they first appear;
/// without grouping columns into exactly one group.
///
/// When memory is full no more groups are begun: rows of others are put off, and aggregated after
/// the groups at hand were given out. If states themselves grow (they keep values), rows of groups
/// that were begun are put off as well, and each group is completed just before it is given out.
final class HashAggregateOperator implements SpillingOperator {
    private final Operator input;
    private final Evaluator[] groupColumns;
    private final RowSet groups;
    private final AggregateStates states;
    private final AggregateOverflow overflow;
    private final WorkSpace space;
    private final PlanState state;
    private final Datum[] keyValues;
    private final Datum[] row;
    private final Datum[] groupCells;
    private boolean full;
    private boolean keepsStates;
    private int position;
    private int size;

    /// How rows are told apart.
    ///
    /// @param types of the columns
    /// @param rows of the input, with the values of the columns
    record Grouping(Evaluator[] columns, List<SqlType> types, KeyedRows rows) {}

    HashAggregateOperator(
            Operator input,
            Grouping grouping,
            AggregateStates states,
            int columnCount,
            PlanState state) {
        this.input = input;
        this.states = states;
        this.state = state;
        groupColumns = grouping.columns();
        space = states.space();
        overflow = new AggregateOverflow(grouping.rows(), space, state);
        groups = new RowSet(grouping.types(), space.memory());
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
        space.counters().clear();
        input.open(context);
        if (groupColumns.length == 0) {
            aggregateAll(context);
        } else {
            aggregateGroups(context);
        }
        input.close();
        endRound();
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
            aggregate(context);
        }
    }

    /// Aggregates the current row, whose keys were computed.
    private void aggregate(ExecutionContext context) {
        if (full) {
            aggregateOrDefer(context);
            return;
        }
        int group = groups.findOrAdd(keyValues);
        if (group == states.size()) {
            states.startGroup();
        }
        states.add(group, context);
        boolean statesHaveGrown = states.hasGrown();
        if ((groups.hasGrown() || statesHaveGrown) && space.isFull()) {
            full = true;
            keepsStates = states.grow();
        }
    }

    private void aggregateOrDefer(ExecutionContext context) {
        int group = groups.find(keyValues);
        if (group < 0) {
            overflow.defer(groups.hash(keyValues), keyValues);
        } else if (keepsStates) {
            overflow.deferGrowth(group, keyValues);
        } else {
            states.add(group, context);
        }
    }

    private void endRound() {
        position = 0;
        size = states.size();
        overflow.endGrowth();
    }

    /// Aggregates rows that were put off; false when there are none.
    private boolean nextRound(ExecutionContext context) {
        if (!overflow.nextRound()) {
            return false;
        }
        groups.clear();
        states.clear();
        full = false;
        keepsStates = false;
        while (overflow.next(keyValues)) {
            aggregate(context);
        }
        endRound();
        return true;
    }

    @Override
    public boolean next() {
        ExecutionContext context = state.context();
        while (position == size) {
            if (!nextRound(context)) {
                return false;
            }
        }
        if (groupCells.length > 0) {
            groups.read(position, groupCells);
        }
        while (overflow.nextGrowth(position)) {
            states.add(position, context);
        }
        states.finish(position++, row, context);
        return true;
    }

    @Override
    public SpillCounters spilled() {
        return space.counters();
    }

    @Override
    public void close() {
        position = 0;
        size = 0;
        full = false;
        keepsStates = false;
        input.close();
        groups.clear();
        states.clear();
        overflow.clear();
    }
}
