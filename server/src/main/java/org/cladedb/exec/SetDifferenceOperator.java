package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
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
    private final RowSet rows;
    // Rows that EXCEPT gives out once, when there is no room for them among the others.
    private final DistinctRows late;
    private int[] counts = {};
    private long countBytes;
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
        rows = new RowSet(types, space.memory());
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
            count(rows.findOrAdd(right.row()), 1);
            if (rows.hasGrown() && space.isFull()) {
                divide(context);
                return;
            }
        }
        right.close();
        left.open(context);
    }

    /// Counts `more` of row `number`.
    private void count(int number, int more) {
        if (number >= counts.length) {
            int length = Math.max(16, number * 2);
            long bytes = (long) (length - counts.length) * Integer.BYTES;
            space.memory().reserve(bytes);
            countBytes += bytes;
            counts = Arrays.copyOf(counts, length);
        }
        counts[number] += more;
    }

    /// Writes both sides to disk: the right one with the counts up to now.
    private void divide(ExecutionContext context) {
        List<SqlType> withCount = new ArrayList<>(types);
        withCount.add(SqlType.INTEGER);
        TapePairs target = new TapePairs(new RowBytes(types), new RowBytes(withCount), space);
        pairs = target;
        Datum count = counted[types.size()];
        for (int i = 0; i < rows.size(); i++) {
            rows.read(i, counted);
            count.setLong(counts[i]);
            target.addRight(rows.hash(counted), true, counted);
        }
        clearRows();
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
        clearRows();
        source = Source.LATE;
    }

    /// Loads the right side of the next pair; false when there is none.
    private boolean nextPair() {
        TapePairs current = pairs;
        TapePairs.Sides sides = current == null ? null : current.next(left.row(), counted);
        if (current == null || sides == null) {
            return false;
        }
        clearRows();
        full = false;
        try (RowTapeReader reader = sides.right()) {
            while (reader.next(counted)) {
                int count = (int) counted[types.size()].longValue();
                count(rows.findOrAdd(counted), count);
            }
        }
        leftTape = current.leftReader(sides.left(), true);
        return true;
    }

    private boolean isCommon() {
        int number = rows.find(left.row());
        if (number < 0 || counts[number] == 0) {
            return false;
        }
        counts[number] = all ? counts[number] - 1 : 0;
        return true;
    }

    private boolean isLeftOnly() {
        if (!all) {
            return isNew();
        }
        int number = rows.find(left.row());
        if (number < 0 || counts[number] == 0) {
            return true;
        }
        counts[number]--;
        return false;
    }

    /// Rows given out join those of the right side, so that none comes twice.
    private boolean isNew() {
        if (full) {
            if (rows.find(left.row()) < 0) {
                late.defer(left.row());
            }
            return false;
        }
        boolean isNew = rows.add(left.row());
        full = isNew && rows.hasGrown() && space.isFull();
        return isNew;
    }

    @Override
    public SpillCounters spilled() {
        return space.counters();
    }

    private void clearRows() {
        rows.clear();
        counts = new int[0];
        space.memory().release(countBytes);
        countBytes = 0;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        clearRows();
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
