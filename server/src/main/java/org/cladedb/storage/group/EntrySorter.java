package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import org.cladedb.common.Cancellation;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Transaction;
import org.jspecify.annotations.Nullable;

/// Sorts the entries of one key range in bounded memory: what does not fit is put aside in sorted
/// runs, which are merged at the end. Owned by one thread.
///
/// Runs are loads that are never committed, so nothing is left of them, whatever happens.
final class EntrySorter implements AutoCloseable {
    /// What an entry costs besides its bytes: two arrays and the entry itself.
    private static final int ENTRY_OVERHEAD_BYTES = 64;

    private static final Comparator<Entry> KEY_ORDER =
            (left, right) -> Arrays.compareUnsigned(left.key, right.key);

    private record Entry(byte[] key, byte[] value) {}

    /// A run that is being read, and its number: equal keys come in the order they were added.
    private static final class Run {
        final RangeCursor cursor;
        final int number;
        Entry head = new Entry(new byte[0], new byte[0]);
        private int index = -1;

        Run(RangeCursor cursor, int number) {
            this.cursor = cursor;
            this.number = number;
        }

        boolean advance() {
            EntryBatch batch = cursor.batch();
            index++;
            if (index >= batch.size()) {
                if (!cursor.next()) {
                    return false;
                }
                index = 0;
            }
            head = new Entry(batch.copyKey(index), batch.copyValue(index));
            return true;
        }
    }

    private final Transaction kv;
    private final KeyRange range;
    private final long memoryBytesMax;
    private final BiConsumer<byte[], byte[]> duplicates;
    private final List<BulkLoad> runs = new ArrayList<>();
    private List<Entry> buffer = new ArrayList<>();
    private long bufferedBytes;
    private long bytes;
    private boolean ascends = true;

    /// @param duplicates takes an entry with the key of one before it, and throws
    EntrySorter(
            Transaction kv,
            KeyRange range,
            long memoryBytesMax,
            BiConsumer<byte[], byte[]> duplicates) {
        this.kv = kv;
        this.range = range;
        this.memoryBytesMax = memoryBytesMax;
        this.duplicates = duplicates;
    }

    /// Keys and values added.
    long bytes() {
        return bytes;
    }

    /// What is in memory now.
    long bufferedBytes() {
        return bufferedBytes;
    }

    /// How many sorted runs were put aside.
    int runs() {
        return runs.size();
    }

    void add(byte[] key, byte[] value) {
        if (ascends && !buffer.isEmpty()) {
            ascends = Arrays.compareUnsigned(buffer.getLast().key, key) < 0;
        }
        buffer.add(new Entry(key, value));
        bytes += key.length + value.length;
        bufferedBytes += key.length + value.length + ENTRY_OVERHEAD_BYTES;
        if (bufferedBytes > memoryBytesMax) {
            putAside();
        }
    }

    private void putAside() {
        sortBuffer();
        BulkLoad run = kv.scratch(range);
        for (Entry entry : buffer) {
            Cancellation.check();
            run.add(entry.key, entry.value);
        }
        runs.add(run);
        buffer = new ArrayList<>(buffer.size());
        bufferedBytes = 0;
        ascends = true;
    }

    private void sortBuffer() {
        if (ascends) {
            return;
        }
        buffer.sort((left, right) -> {
            Cancellation.check();
            return KEY_ORDER.compare(left, right);
        });
        for (int i = 1; i < buffer.size(); i++) {
            Entry entry = buffer.get(i);
            if (Arrays.equals(buffer.get(i - 1).key, entry.key)) {
                duplicates.accept(entry.key, entry.value);
            }
        }
    }

    /// Hands all entries in key order to `target`, once.
    void drain(BiConsumer<byte[], byte[]> target) {
        if (runs.isEmpty()) {
            sortBuffer();
            for (Entry entry : buffer) {
                Cancellation.check();
                target.accept(entry.key, entry.value);
            }
        } else {
            if (!buffer.isEmpty()) {
                putAside();
            }
            merge(target);
        }
        buffer = new ArrayList<>();
        close();
    }

    private void merge(BiConsumer<byte[], byte[]> target) {
        List<RangeCursor> cursors = new ArrayList<>();
        try {
            PriorityQueue<Run> queue =
                    new PriorityQueue<>(
                            Comparator.comparing((Run run) -> run.head, KEY_ORDER)
                                    .thenComparingInt(run -> run.number));
            for (BulkLoad load : runs) {
                RangeCursor cursor = load.view().scan(range, ScanOptions.FORWARD);
                cursors.add(cursor);
                Run run = new Run(cursor, cursors.size());
                if (run.advance()) {
                    queue.add(run);
                }
            }
            byte @Nullable [] last = null;
            while (!queue.isEmpty()) {
                Cancellation.check();
                Run run = queue.remove();
                Entry entry = run.head;
                if (last != null && Arrays.equals(last, entry.key)) {
                    duplicates.accept(entry.key, entry.value);
                }
                last = entry.key;
                target.accept(entry.key, entry.value);
                if (run.advance()) {
                    queue.add(run);
                }
            }
        } finally {
            cursors.forEach(RangeCursor::close);
        }
    }

    /// Forgets what was put aside. Idempotent.
    @Override
    public void close() {
        runs.forEach(BulkLoad::close);
        runs.clear();
    }
}
