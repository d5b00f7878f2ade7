package org.cladedb.kv.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadCounters;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.jspecify.annotations.Nullable;

/// A root of the store's tree.
final class MemorySnapshot implements Snapshot {
    private final MemoryStore store;
    private final ReadCounters counters;
    private final PersistentTree.@Nullable Node root;
    private final long sequence;
    private final AtomicBoolean closed = new AtomicBoolean();

    MemorySnapshot(
            MemoryStore store,
            ReadCounters counters,
            PersistentTree.@Nullable Node root,
            long sequence) {
        this.store = store;
        this.counters = counters;
        this.root = root;
        this.sequence = sequence;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        requireOpen();
        counters.gets.increment();
        return PersistentTree.get(root, key);
    }

    @Override
    public List<byte @Nullable []> getAll(List<byte[]> keys) {
        requireOpen();
        counters.gets.add(keys.size());
        List<byte @Nullable []> values = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            values.add(PersistentTree.get(root, key));
        }
        return values;
    }

    @Override
    public RangeCursor scan(KeyRange range, ScanOptions options) {
        requireOpen();
        counters.cursors.increment();
        return new MemoryCursor(counters, root, range, options);
    }

    @Override
    public long estimateEntries(KeyRange range) {
        requireOpen();
        byte[] end = range.end();
        int below = end == null ? PersistentTree.size(root) : PersistentTree.rank(root, end);
        return Math.max(0, below - PersistentTree.rank(root, range.start()));
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the snapshot is closed");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            store.snapshotClosed(sequence);
        }
    }
}
