package org.cladedb.kv;

import java.util.TreeMap;

/// For engines: counts the open snapshots by sequence. Not thread-safe; the engine's lock guards
/// it, so that opening a snapshot and publishing a commit cannot cross.
public final class OpenSnapshots {
    private final TreeMap<Long, Integer> counts = new TreeMap<>();
    private long total;

    /// Counts one more snapshot of `sequence`.
    public void opened(long sequence) {
        counts.merge(sequence, 1, Integer::sum);
        total++;
    }

    /// Counts one snapshot of `sequence` less.
    public void closed(long sequence) {
        counts.computeIfPresent(sequence, (_, count) -> count == 1 ? null : count - 1);
        total--;
    }

    /// The oldest sequence that an open snapshot shows, or `none` when there is no snapshot.
    public long oldestOr(long none) {
        return counts.isEmpty() ? none : counts.firstKey();
    }

    public long count() {
        return total;
    }
}
