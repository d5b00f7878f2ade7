package org.cladedb.kv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Those of a transaction's writes that do not fit in memory, as sorted runs in loads of the store
/// that are never committed. Owned by the transaction's thread.
///
/// ```
///   overlay                     newest
///   run run run                 of one overlay each
///   run run                     merged of eight
///   run                         merged of sixty-four      oldest
/// ```
///
/// A run holds every version that savepoints and cursors may still ask for, so it needs no change
/// when they do: returning to a savepoint gives up the runs that are wholly later, and remembers
/// which stamps do not count in the others.
final class WrittenRuns {
    private static final int MERGED_RUNS = 8;

    /// Versions of one key that take more stay in memory, because no store takes more in one value.
    private static final long VERSIONS_BYTES_MAX = 128L << 20;

    private final KeyValueStore store;
    private final VoidStamps voids = new VoidStamps();

    /// Older ones first.
    private final List<WrittenRun> runs = new ArrayList<>();

    WrittenRuns(KeyValueStore store) {
        this.store = store;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    int count() {
        return runs.size();
    }

    /// Whether all that is in `overlay` can be put aside.
    static boolean canTake(Overlay overlay) {
        int position = overlay.first();
        while (overlay.at(position) != null) {
            long bytes = 0;
            for (Overlay.Entry version : overlay.versionsAt(position)) {
                bytes += VersionsFormat.size(version);
            }
            if (bytes > VERSIONS_BYTES_MAX) {
                return false;
            }
            position = overlay.after(position);
        }
        return true;
    }

    /// Writes what is in `overlay` to a new run. When it throws, nothing has changed.
    void putAside(Overlay overlay) {
        try (VersionsMerge entries = new VersionsMerge(List.of(), voids, overlay, KeyRange.all());
                WrittenRun.Writer writer = new WrittenRun.Writer(store, overlay.entryCount(), 0)) {
            while (entries.next()) {
                writer.add(entries.versions());
            }
            runs.add(writer.finish());
        }
    }

    /// Merges runs, so that there are never many; nobody may be reading them. When it throws, all
    /// are as they were.
    void merge() {
        int first = runs.size() - MERGED_RUNS;
        while (first >= 0 && runs.get(first).level() == runs.getLast().level()) {
            List<WrittenRun> parts = runs.subList(first, runs.size());
            WrittenRun whole = merged(parts);
            parts.forEach(WrittenRun::close);
            parts.clear();
            runs.add(whole);
            first = runs.size() - MERGED_RUNS;
        }
    }

    private WrittenRun merged(List<WrittenRun> parts) {
        long keys = parts.stream().mapToLong(WrittenRun::keys).sum();
        try (VersionsMerge entries =
                        new VersionsMerge(parts.reversed(), voids, null, KeyRange.all());
                WrittenRun.Writer writer =
                        new WrittenRun.Writer(store, keys, parts.getFirst().level() + 1)) {
            while (entries.next()) {
                writer.add(entries.versions());
            }
            return writer.finish();
        }
    }

    /// Undoes what was written after `stamp`; `last` is the newest stamp that was given.
    void undoAfter(long stamp, long last) {
        while (!runs.isEmpty() && runs.getLast().oldestStamp() > stamp) {
            runs.removeLast().close();
        }
        for (WrittenRun run : runs) {
            if (run.newestStamp() > stamp) {
                voids.add(stamp, last);
                return;
            }
        }
    }

    /// The newest version of `key` not younger than `stamp`, or null.
    Overlay.@Nullable Entry find(byte[] key, long stamp) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            Overlay.Entry found = runs.get(i).find(key, voids, stamp);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    long estimateEntries(KeyRange range) {
        long entries = 0;
        for (WrittenRun run : runs) {
            entries += run.estimateEntries(range);
        }
        return entries;
    }

    boolean hasKeysIn(KeyRange range) {
        for (WrittenRun run : runs) {
            if (run.hasKeysIn(range)) {
                return true;
            }
        }
        return false;
    }

    /// The writes in `overlay` and in the runs as one reader sees them.
    WriteWalk walk(WriteWalk overlay, RangeDeletions deletions, RunWalk.Reader reader) {
        List<WriteWalk> walks = new ArrayList<>(runs.size() + 1);
        walks.add(overlay);
        for (WrittenRun run : runs.reversed()) {
            if (run.oldestStamp() <= reader.stamp()) {
                walks.add(new RunWalk(run, voids, deletions, reader));
            }
        }
        return walks.size() == 1 ? overlay : new MergedWalk(walks, reader.reverse());
    }

    /// All that was written in `range`.
    VersionsMerge all(Overlay overlay, KeyRange range) {
        return new VersionsMerge(runs.reversed(), voids, overlay, range);
    }

    /// About how many keys are in the runs.
    long keys() {
        return runs.stream().mapToLong(WrittenRun::keys).sum();
    }

    void close() {
        runs.forEach(WrittenRun::close);
        runs.clear();
    }
}
