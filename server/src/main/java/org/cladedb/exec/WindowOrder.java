package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// The partition of a window that is being computed, cut into groups of peers. Its rows come from
/// an input in the window's order and are read when somebody asks for them. Positions count from 0
/// in each partition.
///
/// Calls: `open`; [#nextPartition()] until false, and for each partition any of the others;
/// `close`.
final class WindowOrder {
    private static final int CANCEL_CHECK_MASK = 1023;
    private static final int FORGET_AT_LEAST = 1024;

    private final Operator input;
    private final WindowKeys keys;
    private RowBuffer rows;
    private final Datum[] cells;
    private final MemoryAccount memory;
    private final @Nullable Evaluator orderKey;
    private final Datum[] orderCells;

    private @Nullable ExecutionContext context;
    private boolean waiting;
    private boolean complete = true;
    private int end;
    private int forgotten;
    private int loaded = -1;
    private int[] groupStarts = {};
    private int groupCount;
    private int firstGroup;

    /// @param rows where the rows of the partition are kept
    /// @param cells which are filled with the row that functions look at
    WindowOrder(
            WindowCall call,
            Operator input,
            WindowKeys keys,
            RowBuffer rows,
            Datum[] cells,
            WindowCompiler compiler) {
        this.input = input;
        this.keys = keys;
        this.rows = rows;
        this.cells = cells;
        memory = compiler.groupMemory();
        orderCells = Datum.row(cells.length);
        List<SortKey> orderBy = call.orderBy();
        orderKey =
                orderBy.isEmpty()
                        ? null
                        : compiler.compile(orderBy.getFirst().expression(), orderCells);
    }

    void open(ExecutionContext newContext) {
        close();
        context = newContext;
        input.open(newContext);
        waiting = input.next();
        if (waiting) {
            keys.read(newContext);
        }
    }

    /// Goes on to the next partition, whose first row is read; false after the last.
    boolean nextPartition() {
        for (int i = 0; !complete; i++) {
            checkCancelled(i);
            advance();
        }
        clear();
        if (!waiting) {
            return false;
        }
        complete = false;
        take(true);
        return true;
    }

    /// Keeps the row that the input stands on.
    private void take(boolean startsGroup) {
        if (startsGroup) {
            addGroup(end);
        }
        if (end == Integer.MAX_VALUE) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED, "a partition of a window has too many rows");
        }
        keys.keep();
        rows.add(input.row());
        end++;
        waiting = false;
    }

    /// Moves the input to its next row; false if that is none of this partition's.
    private boolean advance() {
        waiting = input.next();
        if (waiting) {
            keys.read(current());
        }
        complete = !waiting || !keys.samePartition();
        return !complete;
    }

    /// Reads one more row of the partition; false at its end.
    private boolean readMore() {
        if (complete || !advance()) {
            return false;
        }
        checkCancelled(end);
        take(!keys.samePeers());
        return true;
    }

    private void checkCancelled(int count) {
        if ((count & CANCEL_CHECK_MASK) == CANCEL_CHECK_MASK) {
            current().checkCancelled();
        }
    }

    private ExecutionContext current() {
        if (context == null) {
            throw new IllegalStateException("the window is not open");
        }
        return context;
    }

    private void addGroup(int position) {
        int kept = groupCount - firstGroup;
        if (kept == groupStarts.length) {
            int length = Math.max(16, kept * 2);
            memory.reserve((long) (length - kept) * Integer.BYTES);
            groupStarts = Arrays.copyOf(groupStarts, length);
        }
        groupStarts[kept] = position;
        groupCount++;
    }

    /// Whether the partition has a row at `position`; reads as far as that.
    boolean has(long position) {
        while (end <= position) {
            if (!readMore()) {
                return false;
            }
        }
        return position >= 0;
    }

    /// `position`, or the partition's start or end if it is outside; reads no further than that.
    int clamp(long position) {
        if (position <= 0) {
            return 0;
        }
        return has(position - 1) ? (int) position : end;
    }

    /// How many rows the partition has; reads all of them.
    int end() {
        while (readMore()) {}
        return end;
    }

    /// The group of peers that a position belongs to.
    int group(int position) {
        int found = Arrays.binarySearch(groupStarts, 0, groupCount - firstGroup, position);
        return firstGroup + (found >= 0 ? found : -found - 2);
    }

    /// Whether the partition has so many groups; reads until it does.
    boolean hasGroup(long group) {
        while (group >= groupCount) {
            if (!readMore()) {
                return false;
            }
        }
        return true;
    }

    int groupStart(int group) {
        return groupStarts[group - firstGroup];
    }

    /// Where the group ends (exclusive); reads the group, and a row more.
    int groupEnd(int group) {
        return hasGroup(group + 1L) ? groupStart(group + 1) : end;
    }

    /// Loads the row at a position into the cells that expressions read.
    void load(int position) {
        if (position != loaded) {
            rows.read(position - forgotten, cells);
            loaded = position;
        }
    }

    /// The value of the first ORDER BY key at a position; valid until the next call.
    Datum orderValue(int position) {
        if (orderKey == null) {
            throw new IllegalStateException("the window has no order");
        }
        rows.read(position - forgotten, orderCells);
        return orderKey.evaluate(current());
    }

    /// Says that rows before `position` and groups that end before it are not asked for any more.
    void forget(int position) {
        int count = position - forgotten;
        int left = end - position;
        if (complete || count < FORGET_AT_LEAST || count < left) {
            return;
        }
        rows = rows.keep(IntStream.range(count, count + left).toArray(), left);
        forgotten = position;
        loaded = -1;
        int group = group(position);
        int gone = group - firstGroup;
        System.arraycopy(groupStarts, gone, groupStarts, 0, groupCount - group);
        firstGroup = group;
    }

    private void clear() {
        rows.clear();
        groupStarts = new int[0];
        memory.releaseAll();
        groupCount = 0;
        firstGroup = 0;
        end = 0;
        forgotten = 0;
        loaded = -1;
    }

    void close() {
        input.close();
        clear();
        waiting = false;
        complete = true;
    }
}
