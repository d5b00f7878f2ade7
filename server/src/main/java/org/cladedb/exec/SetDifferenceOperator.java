package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// INTERSECT and EXCEPT, with and without ALL: counts the rows of the right side, then decides for
/// each row of the left. NULLs count as equal.
final class SetDifferenceOperator implements Operator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Operator left;
    private final Operator right;
    private final boolean intersect;
    private final boolean all;
    private final PlanState state;
    private final RowSet rows;
    private final MemoryAccount countMemory;
    private int[] counts = {};
    private int work;

    SetDifferenceOperator(
            Operator left,
            Operator right,
            boolean intersect,
            boolean all,
            List<SqlType> types,
            PlanState state) {
        this.left = left;
        this.right = right;
        this.intersect = intersect;
        this.all = all;
        this.state = state;
        rows = new RowSet(types, state.operatorMemory());
        countMemory = state.operatorMemory();
    }

    @Override
    public Datum[] row() {
        return left.row();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        right.open(context);
        while (right.next()) {
            count(rows.findOrAdd(right.row()));
        }
        right.close();
        left.open(context);
    }

    /// Counts one more of row `number`.
    private void count(int number) {
        if (number >= counts.length) {
            int length = Math.max(16, number * 2);
            countMemory.reserve((long) (length - counts.length) * Integer.BYTES);
            counts = Arrays.copyOf(counts, length);
        }
        counts[number]++;
    }

    @Override
    public boolean next() {
        while (left.next()) {
            if ((++work & CANCEL_CHECK_MASK) == 0) {
                state.context().checkCancelled();
            }
            if (intersect ? isCommon() : isLeftOnly()) {
                return true;
            }
        }
        return false;
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
            // Rows given out join those of the right side, so that none comes twice.
            return rows.add(left.row());
        }
        int number = rows.find(left.row());
        if (number < 0 || counts[number] == 0) {
            return true;
        }
        counts[number]--;
        return false;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        rows.clear();
        counts = new int[0];
        countMemory.releaseAll();
    }
}
