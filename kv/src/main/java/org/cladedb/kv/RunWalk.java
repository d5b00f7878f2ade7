package org.cladedb.kv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The writes of one run in a range, in a cursor's direction, as one reader sees them.
final class RunWalk implements WriteWalk {
    private final WrittenRun run;
    private final VoidStamps voids;
    private final RangeDeletions deletions;
    private final Reader reader;
    private RangeCursor cursor;
    private int index = -1;
    private Overlay.@Nullable Entry current;

    /// What is read, and how.
    ///
    /// @param stamp later writes do not show
    record Reader(KeyRange range, boolean reverse, long stamp) {
        /// The part of the range from `key` on in the direction of reading.
        KeyRange rangeFrom(byte[] key) {
            byte[] end = range.end();
            if (!reverse) {
                boolean inside = Arrays.compareUnsigned(key, range.start()) > 0;
                return inside ? new KeyRange(key, end) : range;
            }
            boolean inside = end == null || Arrays.compareUnsigned(key, end) < 0;
            return inside ? new KeyRange(range.start(), KeyRange.single(key).end()) : range;
        }
    }

    RunWalk(WrittenRun run, VoidStamps voids, RangeDeletions deletions, Reader reader) {
        this.run = run;
        this.voids = voids;
        this.deletions = deletions;
        this.reader = reader;
        cursor = open(reader.range());
        settle();
    }

    private RangeCursor open(KeyRange range) {
        return run.view().scan(range, reader.reverse() ? ScanOptions.REVERSE : ScanOptions.FORWARD);
    }

    @Override
    public Overlay.@Nullable Entry current() {
        return current;
    }

    @Override
    public void advance() {
        if (current != null) {
            settle();
        }
    }

    @Override
    public void seek(byte[] key) {
        cursor.close();
        KeyRange rest = reader.rangeFrom(key);
        if (rest.isEmpty()) {
            current = null;
            return;
        }
        cursor = open(rest);
        index = -1;
        settle();
    }

    @Override
    public void seekEnd() {
        current = null;
    }

    /// Moves on to the next entry that the reader sees.
    private void settle() {
        EntryBatch batch = cursor.batch();
        while (true) {
            index++;
            if (index >= batch.size()) {
                if (!cursor.next()) {
                    current = null;
                    return;
                }
                index = 0;
            }
            byte[] key = batch.copyKey(index);
            Overlay.Entry visible =
                    VersionsFormat.visible(
                            key,
                            batch.valueArray(index),
                            batch.valueOffset(index),
                            batch.valueLength(index),
                            voids,
                            reader.stamp());
            if (visible != null
                    && (deletions.isEmpty() || visible.stamp > deletions.stampAt(key))) {
                current = visible;
                return;
            }
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
