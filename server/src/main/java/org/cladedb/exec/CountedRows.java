package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Distinct rows in memory, and how often each is there. NULLs count as equal.
final class CountedRows {
    private final WorkSpace space;
    private final RowSet rows;
    private int[] counts = {};
    private long countBytes;

    CountedRows(List<SqlType> types, WorkSpace space) {
        this.space = space;
        rows = new RowSet(types, space.memory());
    }

    /// Counts a row `more` times; true when what is kept should go to disk.
    boolean add(Datum[] row, int more) {
        int number = rows.findOrAdd(row);
        if (number >= counts.length) {
            int length = Math.max(16, number * 2);
            long bytes = (long) (length - counts.length) * Integer.BYTES;
            space.memory().reserve(bytes);
            countBytes += bytes;
            counts = Arrays.copyOf(counts, length);
        }
        counts[number] += more;
        return hasBecomeFull();
    }

    /// Adds a row that counts for nothing; false when it was there already.
    boolean addUncounted(Datum[] row) {
        return rows.add(row);
    }

    /// Whether memory was taken since the last call, and what is kept should go to disk.
    boolean hasBecomeFull() {
        return rows.hasGrown() && space.isFull();
    }

    boolean has(Datum[] row) {
        return rows.find(row) >= 0;
    }

    /// Takes a row away, once or, with `every`, as often as it is there; false when it is not.
    boolean take(Datum[] row, boolean every) {
        int number = rows.find(row);
        if (number < 0 || counts[number] == 0) {
            return false;
        }
        counts[number] = every ? 0 : counts[number] - 1;
        return true;
    }

    int size() {
        return rows.size();
    }

    /// Fills `out` with row `number` and returns how often it is there.
    int read(int number, Datum[] out) {
        rows.read(number, out);
        return counts[number];
    }

    /// The hash that a row is found by.
    int hash(Datum[] row) {
        return rows.hash(row);
    }

    void clear() {
        rows.clear();
        counts = new int[0];
        space.memory().release(countBytes);
        countBytes = 0;
    }
}
