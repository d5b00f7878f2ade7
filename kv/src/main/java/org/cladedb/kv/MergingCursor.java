package org.cladedb.kv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Merges a transaction's overlay, as it stood when the cursor was opened, into a cursor of its
/// snapshot. Later writes of the transaction do not show, so that a statement never meets the rows
/// it writes itself.
///
/// Each `next` consumes at most one batch of the snapshot's cursor, because values of a batch need
/// not outlive it.
final class MergingCursor implements RangeCursor {
    private static final int BATCH_ENTRIES_MAX = 256;

    private final Transaction owner;
    private final RangeCursor base;
    private final RangeDeletions deletions;
    private final RunWalk.Reader reader;
    private final boolean reverse;
    private WriteWalk walk;
    // Of the transaction's runs that the walk goes through.
    private int layout;
    private final EntryBatch batch = new EntryBatch();
    private long remaining;
    private int baseIndex;
    private int baseSize;
    private boolean baseEnded;
    private byte @Nullable [] skippedTo;
    private boolean ended;
    private boolean closed;

    /// Closes `base` with the cursor, or at once when there is none.
    static MergingCursor open(
            Transaction owner,
            RangeCursor base,
            RangeDeletions deletions,
            RunWalk.Reader reader,
            ScanOptions options) {
        MergingCursor cursor = null;
        try {
            cursor = new MergingCursor(owner, base, deletions, reader, options);
            return cursor;
        } finally {
            if (cursor == null) {
                base.close();
            }
        }
    }

    private MergingCursor(
            Transaction owner,
            RangeCursor base,
            RangeDeletions deletions,
            RunWalk.Reader reader,
            ScanOptions options) {
        this.owner = owner;
        this.base = base;
        this.deletions = deletions;
        this.reader = reader;
        this.reverse = options.reverse();
        this.walk = owner.walk(deletions, reader);
        this.layout = owner.layout();
        this.remaining = options.entriesMax();
    }

    @Override
    public EntryBatch batch() {
        return batch;
    }

    @Override
    public boolean next() {
        followWrites();
        batch.reset(BATCH_ENTRIES_MAX, 0);
        while (batch.size() < BATCH_ENTRIES_MAX && batch.size() < remaining) {
            if (!baseEnded && baseIndex == baseSize) {
                if (batch.size() > 0) {
                    break;
                }
                advanceBase();
            } else if (!step()) {
                break;
            }
        }
        remaining -= batch.size();
        ended = batch.size() == 0;
        return !ended;
    }

    /// Goes on in the runs that there are now, at the same place, if others are there than before.
    private void followWrites() {
        if (layout == owner.layout()) {
            return;
        }
        layout = owner.layout();
        Overlay.Entry place = walk.current();
        walk.close();
        walk = owner.walk(deletions, reader);
        if (place == null) {
            walk.seekEnd();
        } else {
            walk.seek(place.key);
        }
    }

    private void advanceBase() {
        if (base.next()) {
            baseIndex = 0;
            baseSize = base.batch().size();
            skipDeleted();
        } else {
            baseEnded = true;
        }
    }

    /// Moves the smaller of both heads to the batch; false when both have ended.
    private boolean step() {
        Overlay.Entry own = walk.current();
        if (baseEnded) {
            if (own == null) {
                return false;
            }
            emitOwn(own);
            return true;
        }
        int order = own == null ? 1 : compareWithBase(own.key);
        if (order <= 0 && own != null) {
            emitOwn(own);
        } else {
            batch.append(base.batch(), baseIndex);
        }
        if (order >= 0) {
            baseIndex++;
            skipDeleted();
        }
        return true;
    }

    private void emitOwn(Overlay.Entry own) {
        byte[] value = own.value;
        if (value != null) {
            batch.append(own.key, value);
        }
        walk.advance();
    }

    /// Negative when the overlay's key comes first in the cursor's direction.
    private int compareWithBase(byte[] key) {
        int order = compareBase(baseIndex, key);
        return reverse ? order : -order;
    }

    private int compareBase(int index, byte[] key) {
        EntryBatch entries = base.batch();
        int from = entries.keyOffset(index);
        int to = from + entries.keyLength(index);
        return Arrays.compareUnsigned(entries.keys(), from, to, key, 0, key.length);
    }

    /// Passes over the entries that a range deletion hides.
    private void skipDeleted() {
        if (deletions.isEmpty()) {
            return;
        }
        RangeDeletions.Segment hidden = null;
        while (baseIndex < baseSize) {
            EntryBatch entries = base.batch();
            int from = entries.keyOffset(baseIndex);
            hidden = deletions.covering(entries.keys(), from, from + entries.keyLength(baseIndex));
            if (hidden == null) {
                return;
            }
            baseIndex++;
        }
        if (hidden != null) {
            leave(hidden);
        }
    }

    private void leave(RangeDeletions.Segment hidden) {
        byte[] target = reverse ? hidden.start() : hidden.end();
        if (target == null) {
            baseEnded = true;
        } else {
            base.skipTo(target);
        }
    }

    @Override
    public void skipTo(byte[] key) {
        if (ended || !isForward(key)) {
            return;
        }
        skippedTo = key;
        // Entries that the merged batch holds count against the limit even when skipped over,
        // except those that will be read again from `key` on.
        remaining += entriesFrom(key);
        followWrites();
        walk.seek(key);
        if (!baseEnded) {
            seekBase(key);
        }
        batch.reset(0, 0);
    }

    /// Whether `key` lies beyond the current batch's first entry and beyond the last skip.
    private boolean isForward(byte[] key) {
        if (batch.size() > 0) {
            return isBefore(0, key);
        }
        byte[] before = skippedTo;
        int order = before == null ? -1 : Arrays.compareUnsigned(before, key);
        return before == null || (reverse ? order > 0 : order < 0);
    }

    /// Whether entry `index` comes before `key` in the cursor's direction.
    private boolean isBefore(int index, byte[] key) {
        int from = batch.keyOffset(index);
        int to = from + batch.keyLength(index);
        int order = Arrays.compareUnsigned(batch.keys(), from, to, key, 0, key.length);
        return reverse ? order > 0 : order < 0;
    }

    private int entriesFrom(byte[] key) {
        int count = 0;
        for (int index = batch.size() - 1; index >= 0 && !isBefore(index, key); index--) {
            count++;
        }
        return count;
    }

    private void seekBase(byte[] key) {
        int low = 0;
        int high = baseSize;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compareBase(middle, key);
            if (reverse ? order > 0 : order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == baseSize) {
            baseIndex = 0;
            baseSize = 0;
            base.skipTo(key);
        } else {
            baseIndex = low;
            skipDeleted();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            base.close();
            walk.close();
            owner.cursorClosed();
        }
    }
}
