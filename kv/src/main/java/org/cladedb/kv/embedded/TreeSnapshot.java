package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadCounters;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.jspecify.annotations.Nullable;

/// A snapshot: a pinned root.
final class TreeSnapshot implements Snapshot {
    private final PageStore pages;
    private final ReadCounters counters;
    private final TreePin pin;
    private final AtomicBoolean closed = new AtomicBoolean();

    TreeSnapshot(PageStore pages, ReadCounters counters, TreePin pin) {
        this.pages = pages;
        this.counters = counters;
        this.pin = pin;
    }

    @Override
    public long sequence() {
        return pin.version().sequence();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        acquire();
        try {
            counters.gets.increment();
            return TreeSearch.get(pages, pin.version().root(), key);
        } finally {
            pin.release();
        }
    }

    @Override
    public List<byte @Nullable []> getAll(List<byte[]> keys) {
        acquire();
        try {
            counters.gets.add(keys.size());
            List<byte @Nullable []> values = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                values.add(TreeSearch.get(pages, pin.version().root(), key));
            }
            return values;
        } finally {
            pin.release();
        }
    }

    @Override
    public RangeCursor scan(KeyRange range, ScanOptions options) {
        acquire();
        counters.cursors.increment();
        return new TreeCursor(pages, counters, pin, range, options);
    }

    @Override
    public long estimateEntries(KeyRange range) {
        acquire();
        try {
            return TreeEstimate.entries(pages, pin.version().root(), range);
        } finally {
            pin.release();
        }
    }

    private void acquire() {
        if (closed.get() || !pin.acquire()) {
            throw new IllegalStateException("the snapshot is closed");
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pin.release();
        }
    }
}
