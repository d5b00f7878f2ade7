package org.cladedb.exec;

import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Collects rows with their sort keys and gives them out in order; equal ones in the order they
/// came. With a limit only the first rows are kept: when twice as many (and some) have come, the
/// others are thrown away, and from then on rows that sort behind the last one are not taken.
///
/// Rows that do not fit in memory are written to disk as sorted runs, which are merged at the end.
///
/// Calls: `begin`, any number of `add`, `sort`, `next` until false, `clear`.
final class RowSorter {
    private static final int INSERTION_SORT_MAX = 7;
    private static final int KEPT_MIN = 1024;
    private static final long LIMIT_MAX = Integer.MAX_VALUE / 4;
    private static final int CANCEL_CHECK_ROWS = 4096;

    private final List<SqlType> rowTypes;
    private final MemoryAccount memory;
    private final WorkSpace space;
    private RowBuffer rows;
    private SortKeys keys;
    private int[] order = {};
    private long limit = Long.MAX_VALUE;
    // The number of the last row that is kept for sure, once rows were thrown away.
    private int last = -1;
    private long reservedBytes;
    private int position;
    private @Nullable SortRuns runs;

    RowSorter(List<SqlType> rowTypes, List<SortColumn> columns, WorkSpace space) {
        this.rowTypes = rowTypes;
        memory = space.memory();
        this.space = space;
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
            sortInMemory();
            int kept = (int) limit;
            rows = rows.keep(order, kept);
            keys = keys.keep(order, kept);
            last = kept - 1;
        }
        if (rows.hasGrown() && rows.size() > 1 && space.isFullBy(rows.usedBytes())) {
            writeRun();
        }
    }

    private void writeRun() {
        SortRuns current = runs;
        if (current == null) {
            current = new SortRuns(space.open(), keys, new RowBytes(rowTypes), limit, memory);
            runs = current;
        }
        sortInMemory();
        current.write(rows, keys, order, (int) Math.min(limit, rows.size()));
        space.counters().wrote(current.diskBytes());
        clearMemory();
        // A new one begins small, or with little memory its first chunk would fill half of it.
        rows = new RowBuffer(rowTypes, memory);
    }

    /// Puts the rows in order; from then on they are given out.
    void sort() {
        position = 0;
        SortRuns current = runs;
        if (current == null) {
            sortInMemory();
            return;
        }
        if (rows.size() > 0) {
            writeRun();
        }
        current.merge();
        space.counters().wrote(current.diskBytes());
    }

    private void sortInMemory() {
        int size = rows.size();
        long bytes = 2L * size * Integer.BYTES;
        memory.reserve(bytes);
        order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        keys.prepare();
        mergeSort(order.clone(), order, 0, size);
        memory.release(bytes / 2);
        memory.release(reservedBytes);
        reservedBytes = bytes / 2;
    }

    /// Reads the next row in the order; false when there is none. Values are valid until the next
    /// call.
    boolean next(Datum[] out) {
        SortRuns current = runs;
        if (current != null) {
            return current.next(out);
        }
        if (position == Math.min(limit, rows.size())) {
            return false;
        }
        rows.read(order[position++], out);
        return true;
    }

    /// Sorts a range of `target`; `source` has the same numbers there.
    private void mergeSort(int[] source, int[] target, int from, int to) {
        if (to - from <= INSERTION_SORT_MAX) {
            insertionSort(target, from, to);
            return;
        }
        if (to - from >= CANCEL_CHECK_ROWS) {
            space.checkCancelled();
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

    private void clearMemory() {
        rows.clear();
        keys.clear();
        order = new int[0];
        last = -1;
        memory.release(reservedBytes);
        reservedBytes = 0;
    }

    void clear() {
        clearMemory();
        position = 0;
        if (runs != null) {
            runs.close();
            runs = null;
        }
    }
}
