package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// INTERSECT and EXCEPT, with and without ALL: counts the rows of the right side, then decides for
/// each row of the left. NULLs count as equal.
///
/// When the right side does not fit in memory both sides are divided by hash and gone through pair
/// by pair, left rows read into the cells of the left input, which has ended then.
final class SetDifferenceOperator implements SpillingOperator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Operator left;
    private final Operator right;
    private final boolean intersect;
    private final boolean all;
    private final PlanState state;
    private final List<SqlType> types;
    private final WorkSpace space;
    private final CountedRows rows;
    // Rows that EXCEPT gives out once, when there is no room for them among the others.
    private final DistinctRows late;
    private int work;

    private Source source = Source.INPUT;
    private @Nullable TapePairs pairs;
    private @Nullable RowTapeReader leftTape;
    private boolean full;
    // A row of the right side and how often it is there, as it is written to disk.
    private final Datum[] counted;

    /// Where left rows come from.
    private enum Source {
        INPUT,
        PAIRS,
        LATE
    }

    SetDifferenceOperator(
            Operator left,
            Operator right,
            LogicalSet operation,
            List<SqlType> types,
            PlanState state) {
        this.left = left;
        this.right = right;
        intersect = operation.intersect();
        all = operation.all();
        this.types = types;
        this.state = state;
        space = state.workSpace();
        rows = new CountedRows(types, space);
        late = new DistinctRows(types, space);
        counted = Datum.row(types.size() + 1);
    }

    /// What is computed.
    record LogicalSet(boolean intersect, boolean all) {}

    @Override
    public Datum[] row() {
        return left.row();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        space.counters().clear();
        source = Source.INPUT;
        right.open(context);
        while (right.next()) {
            if (rows.add(right.row(), 1)) {
                divide(context);
                return;
            }
        }
        right.close();
        left.open(context);
    }

    /// Writes both sides to disk: the right one with the counts up to now.
    private void divide(ExecutionContext context) {
        List<SqlType> withCount = new ArrayList<>(types);
        withCount.add(SqlType.INTEGER);
        TapePairs target = new TapePairs(new RowBytes(types), new RowBytes(withCount), space);
        pairs = target;
        Datum count = counted[types.size()];
        for (int i = 0; i < rows.size(); i++) {
            count.setLong(rows.read(i, counted));
            target.addRight(rows.hash(counted), true, counted);
        }
        rows.clear();
        Datum[] single = counted.clone();
        count.setLong(1);
        while (right.next()) {
            Datum[] row = right.row();
            System.arraycopy(row, 0, single, 0, row.length);
            target.addRight(rows.hash(row), true, single);
        }
        right.close();
        target.finishRight();
        left.open(context);
        while (left.next()) {
            int hash = rows.hash(left.row());
            if (!intersect || target.hasRight(hash)) {
                target.addLeft(hash, true, left.row());
            }
        }
        left.close();
        source = Source.PAIRS;
    }

    @Override
    public boolean next() {
        while (nextLeft()) {
            if ((++work & CANCEL_CHECK_MASK) == 0) {
                state.context().checkCancelled();
            }
            if (source == Source.LATE) {
                if (late.add(left.row())) {
                    return true;
                }
            } else if (intersect ? isCommon() : isLeftOnly()) {
                return true;
            }
        }
        return false;
    }

    private boolean nextLeft() {
        while (true) {
            switch (source) {
                case INPUT -> {
                    if (left.next()) {
                        return true;
                    }
                    left.close();
                    startLate();
                }
                case PAIRS -> {
                    if (leftTape != null && leftTape.next(left.row())) {
                        return true;
                    }
                    if (!nextPair()) {
                        startLate();
                    }
                }
                case LATE -> {
                    if (late.next(left.row())) {
                        return true;
                    }
                    if (!late.nextRound()) {
                        return false;
                    }
                }
            }
        }
    }

    private void startLate() {
        rows.clear();
        source = Source.LATE;
    }

    /// Loads the right side of the next pair; false when there is none.
    private boolean nextPair() {
        TapePairs current = pairs;
        TapePairs.Sides sides = current == null ? null : current.next(left.row(), counted);
        if (current == null || sides == null) {
            return false;
        }
        rows.clear();
        full = false;
        try (RowTapeReader reader = sides.right()) {
            while (reader.next(counted)) {
                rows.add(counted, (int) counted[types.size()].longValue());
            }
        }
        leftTape = current.leftReader(sides.left(), true);
        return true;
    }

    private boolean isCommon() {
        return rows.take(left.row(), !all);
    }

    private boolean isLeftOnly() {
        return all ? !rows.take(left.row(), false) : isNew();
    }

    /// Rows given out join those of the right side, so that none comes twice.
    private boolean isNew() {
        if (full) {
            if (!rows.has(left.row())) {
                late.defer(left.row());
            }
            return false;
        }
        boolean isNew = rows.addUncounted(left.row());
        full = isNew && rows.hasBecomeFull();
        return isNew;
    }

    @Override
    public SpillCounters spilled() {
        return space.counters();
    }

    @Override
    public void close() {
        left.close();
        right.close();
        rows.clear();
        late.clear();
        full = false;
        source = Source.LATE;
        if (leftTape != null) {
            leftTape.close();
            leftTape = null;
        }
        if (pairs != null) {
            pairs.close();
            pairs = null;
        }
    }
}
