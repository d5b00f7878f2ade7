package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// The rows that a hash aggregation puts off when its memory is full: those of groups that were not
/// begun, by hash, and those for which groups at hand have no room, in the order of the groups.
final class AggregateOverflow {
    private static final int NONE = -1;

    private final KeyedRows rows;
    private final WorkSpace space;
    private final PlanState state;
    private final DeferredRows deferred;
    private @Nullable RowSorter growth;
    // Rows of groups at hand are stored with the number of their group behind them.
    private final Datum[] groupNumber = Datum.row(1);
    private final Datum[] grown;
    private final Datum[] grownCells;
    private int nextGroup = NONE;
    private boolean pending;

    /// @param rows of the aggregation's input
    AggregateOverflow(KeyedRows rows, WorkSpace space, PlanState state) {
        this.rows = rows;
        this.space = space;
        this.state = state;
        deferred = new DeferredRows(rows.types(), space);
        grown = new Datum[rows.types().size() + 1];
        grownCells = new Datum[grown.length];
        System.arraycopy(rows.cells(), 0, grownCells, 0, rows.types().size());
        grownCells[rows.types().size()] = groupNumber[0];
    }

    /// Puts off the current row, of a group that is not at hand.
    void defer(int hash, Datum[] keyValues) {
        deferred.defer(hash, rows.stored(keyValues));
    }

    boolean nextRound() {
        return deferred.nextRound();
    }

    /// Reads the next row of the round, and its keys.
    boolean next(Datum[] keyValues) {
        if (!deferred.next(rows.cells())) {
            return false;
        }
        rows.takeKeys(keyValues);
        return true;
    }

    /// Puts off the current row, of a group that is at hand.
    void deferGrowth(int group, Datum[] keyValues) {
        RowSorter sorter = growth;
        if (sorter == null) {
            sorter = sorter();
            growth = sorter;
        }
        Datum[] stored = rows.stored(keyValues);
        System.arraycopy(stored, 0, grown, 0, stored.length);
        groupNumber[0].setLong(group);
        grown[stored.length] = groupNumber[0];
        sorter.add(grown, groupNumber);
    }

    private RowSorter sorter() {
        List<SqlType> types = new ArrayList<>(rows.types());
        types.add(SqlType.INTEGER);
        // Memory of its own: that of the groups is full.
        WorkSpace own = new WorkSpace(state.operatorMemory(), space.disk(), space.counters());
        RowSorter sorter =
                new RowSorter(types, List.of(new SortColumn(SqlType.INTEGER, false, false)), own);
        sorter.begin(Long.MAX_VALUE);
        return sorter;
    }

    /// No more rows of groups at hand will come in this round.
    void endGrowth() {
        RowSorter sorter = growth;
        if (sorter != null) {
            sorter.sort();
            pending = true;
            advance(sorter);
        }
    }

    private void advance(RowSorter sorter) {
        if (sorter.next(grownCells)) {
            nextGroup = (int) groupNumber[0].longValue();
        } else {
            nextGroup = NONE;
            sorter.clear();
            growth = null;
        }
    }

    /// Reads the next row that was put off of a group; groups come in their order.
    boolean nextGrowth(int group) {
        RowSorter sorter = growth;
        if (sorter == null) {
            return false;
        }
        if (!pending) {
            advance(sorter);
        }
        pending = nextGroup != group;
        return !pending;
    }

    void clear() {
        deferred.clear();
        if (growth != null) {
            growth.clear();
            growth = null;
        }
        nextGroup = NONE;
        pending = false;
    }
}
