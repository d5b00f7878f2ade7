package org.cladedb.kv.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadCounters;
import org.cladedb.kv.ScanOptions;
import org.jspecify.annotations.Nullable;

/// Walks one immutable tree.
final class MemoryCursor implements RangeCursor {
    private static final int BATCH_ENTRIES_MAX = 128;

    private final ReadCounters counters;
    private final PersistentTree.@Nullable Node root;
    private final KeyRange range;
    private final boolean reverse;
    private final EntryBatch batch = new EntryBatch();
    // The nodes from the root whose own key and far side are still to come; the next on top.
    private final ArrayDeque<PersistentTree.Node> path = new ArrayDeque<>();
    private long remaining;
    private byte @Nullable [] skippedTo;
    private boolean ended;

    MemoryCursor(
            ReadCounters counters,
            PersistentTree.@Nullable Node root,
            KeyRange range,
            ScanOptions options) {
        this.counters = counters;
        this.root = root;
        this.range = range;
        this.reverse = options.reverse();
        this.remaining = options.entriesMax();
        if (reverse) {
            descend(range.end(), false);
        } else {
            descend(range.start(), true);
        }
    }

    @Override
    public EntryBatch batch() {
        return batch;
    }

    @Override
    public boolean next() {
        batch.reset(BATCH_ENTRIES_MAX, 0);
        while (batch.size() < BATCH_ENTRIES_MAX && batch.size() < remaining) {
            PersistentTree.Node node = path.peek();
            if (node == null || !range.contains(node.key())) {
                break;
            }
            path.pop();
            batch.append(node.key(), node.value());
            push(reverse ? node.left() : node.right());
        }
        remaining -= batch.size();
        ended = batch.size() == 0;
        if (!ended) {
            counters.batches.increment();
            counters.entries.add(batch.size());
        }
        return !ended;
    }

    @Override
    public void skipTo(byte[] key) {
        if (ended || !isForward(key)) {
            return;
        }
        skippedTo = key;
        for (int index = batch.size() - 1; index >= 0 && !isBeyond(index, key); index--) {
            remaining++;
        }
        if (reverse) {
            byte[] end = range.end();
            if (end != null && Arrays.compareUnsigned(key, end) >= 0) {
                return;
            }
            descend(key, true);
        } else if (Arrays.compareUnsigned(key, range.start()) > 0) {
            descend(key, true);
        }
        batch.reset(0, 0);
    }

    /// Whether `key` lies beyond the current batch's first entry and beyond the last skip.
    private boolean isForward(byte[] key) {
        if (batch.size() > 0) {
            return compare(0, key) < 0;
        }
        byte[] before = skippedTo;
        int order = before == null ? -1 : Arrays.compareUnsigned(before, key);
        return before == null || (reverse ? order > 0 : order < 0);
    }

    /// Whether entry `index` comes before `key` in the cursor's direction.
    private boolean isBeyond(int index, byte[] key) {
        return compare(index, key) < 0;
    }

    private int compare(int index, byte[] key) {
        int from = batch.keyOffset(index);
        int to = from + batch.keyLength(index);
        int order = Arrays.compareUnsigned(batch.keys(), from, to, key, 0, key.length);
        return reverse ? -order : order;
    }

    /// Makes the first node at `key` (if `inclusive`) or after it, in the cursor's direction, the
    /// next; null means from the cursor's end of the key space.
    private void descend(byte @Nullable [] key, boolean inclusive) {
        path.clear();
        PersistentTree.Node node = root;
        while (node != null) {
            int order = key == null ? 1 : Arrays.compareUnsigned(node.key(), key);
            if (key != null && reverse) {
                order = -order;
            }
            if (order > 0 || (order == 0 && inclusive)) {
                path.push(node);
                node = reverse ? node.right() : node.left();
            } else {
                node = reverse ? node.left() : node.right();
            }
        }
    }

    private void push(PersistentTree.@Nullable Node subtree) {
        PersistentTree.Node node = subtree;
        while (node != null) {
            path.push(node);
            node = reverse ? node.right() : node.left();
        }
    }

    @Override
    public void close() {
        path.clear();
    }
}
