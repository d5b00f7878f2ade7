package org.cladedb.exec;

import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Collects rows with their sort keys and gives them out in order; equal ones in the order they
/// came. With a limit only the first rows are kept: when twice as many (and some) have come, the
/// others are thrown away, and from then on rows that sort behind the last one are not taken.
final class RowSorter {
    private static final int INSERTION_SORT_MAX = 7;
    private static final int KEPT_MIN = 1024;
    private static final long LIMIT_MAX = Integer.MAX_VALUE / 4;

    private final MemoryAccount memory;
    private RowBuffer rows;
    private SortKeys keys;
    private int[] order = {};
    private long limit = Long.MAX_VALUE;
    // The number of the last row that is kept for sure, once rows were thrown away.
    private int last = -1;
    private long reservedBytes;

    RowSorter(List<SqlType> rowTypes, List<SortColumn> columns, MemoryAccount memory) {
        this.memory = memory;
        rows = new RowBuffer(rowTypes, memory);
        keys = SortKeys.of(columns, memory);
    }

    /// Starts again with no rows, to keep `newLimit` of those that will come.
    void begin(long newLimit) {
        clear();
        limit = newLimit;
    }

    /// Takes a copy of a row and of the values of its sort keys.
    void add(Datum[] row, Datum[] keyValues) {
        if (limit == 0 || (last >= 0 && keys.compareTo(keyValues, last) >= 0)) {
            return;
        }
        rows.add(row);
        keys.add(keyValues);
        if (limit < LIMIT_MAX && rows.size() >= Math.max(KEPT_MIN, limit * 2)) {
            sort();
            int kept = (int) limit;
            rows = rows.keep(order, kept);
            keys = keys.keep(order, kept);
            last = kept - 1;
        }
    }

    /// Puts the rows in order; afterwards they are numbered in it.
    void sort() {
        int size = rows.size();
        long bytes = 2L * size * Integer.BYTES;
        memory.reserve(bytes);
        order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        mergeSort(order.clone(), order, 0, size);
        memory.release(bytes / 2);
        memory.release(reservedBytes);
        reservedBytes = bytes / 2;
    }

    /// How many rows there are, after [#sort()].
    int size() {
        return (int) Math.min(limit, rows.size());
    }

    /// Reads the row at a position in the order.
    void read(int position, Datum[] out) {
        rows.read(order[position], out);
    }

    /// Whether the rows at two positions have equal sort keys.
    boolean isTie(int position, int other) {
        return keys.compare(order[position], order[other]) == 0;
    }

    /// Sorts a range of `target`; `source` has the same numbers there.
    private void mergeSort(int[] source, int[] target, int from, int to) {
        if (to - from <= INSERTION_SORT_MAX) {
            insertionSort(target, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(target, source, from, middle);
        mergeSort(target, source, middle, to);
        if (keys.compare(source[middle - 1], source[middle]) <= 0) {
            System.arraycopy(source, from, target, from, to - from);
            return;
        }
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft =
                    right >= to
                            || (left < middle && keys.compare(source[left], source[right]) <= 0);
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }

    private void insertionSort(int[] target, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = target[i];
            int at = i;
            while (at > from && keys.compare(target[at - 1], row) > 0) {
                target[at] = target[at - 1];
                at--;
            }
            target[at] = row;
        }
    }

    void clear() {
        rows.clear();
        keys.clear();
        order = new int[0];
        last = -1;
        memory.release(reservedBytes);
        reservedBytes = 0;
    }
}
