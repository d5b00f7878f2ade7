package org.cladedb.kv;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// For engines: which keys were written by the commits that some open snapshot does not show.
///
/// Keys of small commits stand in a hash map; a large commit (a bulk load) is kept as the sorted
/// list that it came as, so that remembering it costs nothing per row. Beyond a limit the oldest
/// commits are forgotten, however old a snapshot is open: its reads do not need them, and writes on
/// it then conflict, rightly or not. Safe for any number of threads.
public final class RecentCommits {
    private static final int SMALL_COMMIT_KEYS_MAX = 256;
    private static final int KEYS_MAX = 1_000_000;
    private static final int RANGES_MAX = 4_096;

    /// About what a key takes in memory.
    private static final int KEY_BYTES = 64;

    /// A commit in sequence order, with what to take out of the maps when it is forgotten.
    private record Commit(long sequence, byte[][] keys) {}

    private record Range(long sequence, KeyRange range) {}

    /// What a commit wrote that is too large for its keys to be remembered one by one: it may be
    /// taken for the writer of a few keys more.
    public record LargeWrites(KeyFilter filter, List<KeyRange> ranges) {}

    /// @param keys whether a key is one of them
    /// @param count what they count for against the limit
    private record Bulk(long sequence, Predicate<byte[]> keys, long count) {
        static Bulk of(long sequence, byte[][] sortedKeys) {
            return new Bulk(
                    sequence,
                    key -> Arrays.binarySearch(sortedKeys, key, Arrays::compareUnsigned) >= 0,
                    sortedKeys.length);
        }

        static Bulk of(long sequence, LargeWrites writes) {
            return new Bulk(sequence, writes.filter::mayContain, writes.filter.bytes() / KEY_BYTES);
        }
    }

    // Guards everything below.
    private final ReentrantLock guard = new ReentrantLock();
    private final ArrayDeque<Commit> commits = new ArrayDeque<>();
    private final Map<ByteKey, Long> keys = new HashMap<>();
    private final ArrayDeque<Range> ranges = new ArrayDeque<>();
    private final ArrayDeque<Bulk> bulks = new ArrayDeque<>();
    private final int keysMax;
    // Keys of all commits remembered.
    private long keyCount;
    private long forgottenUpTo;
    private long newestRecorded;

    public RecentCommits() {
        this(KEYS_MAX);
    }

    /// @param keysMax how many keys are remembered, but for one commit
    public RecentCommits(int keysMax) {
        this.keysMax = keysMax;
    }

    /// Remembers a commit; call it in sequence order, before snapshots can show it.
    ///
    /// @param oldestSnapshot commits up to this sequence are shown by every open snapshot and are
    ///   forgotten
    public void record(long sequence, SortedChanges changes, long oldestSnapshot) {
        guard.lock();
        try {
            forget(oldestSnapshot);
            newestRecorded = sequence;
            byte[][] written = new byte[changes.size()][];
            for (int index = 0; index < written.length; index++) {
                written[index] = changes.key(index);
            }
            if (written.length <= SMALL_COMMIT_KEYS_MAX) {
                commits.add(new Commit(sequence, written));
                for (byte[] key : written) {
                    keys.put(new ByteKey(key), sequence);
                }
            } else {
                commits.add(new Commit(sequence, new byte[0][]));
                bulks.add(Bulk.of(sequence, written));
            }
            remember(sequence, changes.deletedRanges(), written.length);
        } finally {
            guard.unlock();
        }
    }

    /// The same for a large commit.
    public void record(long sequence, LargeWrites writes, long oldestSnapshot) {
        guard.lock();
        try {
            forget(oldestSnapshot);
            newestRecorded = sequence;
            commits.add(new Commit(sequence, new byte[0][]));
            Bulk bulk = Bulk.of(sequence, writes);
            bulks.add(bulk);
            remember(sequence, writes.ranges(), bulk.count);
        } finally {
            guard.unlock();
        }
    }

    private void remember(long sequence, List<KeyRange> deletedRanges, long count) {
        for (KeyRange range : deletedRanges) {
            ranges.add(new Range(sequence, range));
        }
        keyCount += count;
        while (commits.size() > 1 && (keyCount > keysMax || ranges.size() > RANGES_MAX)) {
            forget(commits.getFirst().sequence);
        }
    }

    /// Throws [ConflictException] when one of the keys was written after the sequence named.
    public void verify(List<CommitRequest.VersionCheck> checks) {
        guard.lock();
        try {
            for (CommitRequest.VersionCheck check : checks) {
                verify(check.key(), check.sequence());
            }
        } finally {
            guard.unlock();
        }
    }

    /// Throws [ConflictException] when `key` was written after commit `sequence`.
    public void verify(byte[] key, long sequence) {
        guard.lock();
        try {
            if (sequence < newestRecorded && lastCommit(key, sequence) > sequence) {
                throw new ConflictException(
                        "another transaction committed a change of the same key");
            }
        } finally {
            guard.unlock();
        }
    }

    /// As [KeyValueStore#lastCommit].
    public long lastCommit(byte[] key, long sinceSequence) {
        guard.lock();
        try {
            if (sinceSequence < forgottenUpTo) {
                return forgottenUpTo;
            }
            long newest = keys.isEmpty() ? 0 : keys.getOrDefault(new ByteKey(key), 0L);
            for (Bulk bulk : bulks) {
                if (bulk.sequence > Math.max(newest, sinceSequence) && bulk.keys.test(key)) {
                    newest = bulk.sequence;
                }
            }
            for (Range range : ranges) {
                if (range.sequence > newest && range.range.contains(key)) {
                    newest = range.sequence;
                }
            }
            return newest;
        } finally {
            guard.unlock();
        }
    }

    private void forget(long upTo) {
        while (!commits.isEmpty() && commits.getFirst().sequence <= upTo) {
            Commit commit = commits.removeFirst();
            forgottenUpTo = commit.sequence;
            keyCount -= commit.keys.length;
            for (byte[] key : commit.keys) {
                keys.remove(new ByteKey(key), commit.sequence);
            }
        }
        while (!ranges.isEmpty() && ranges.getFirst().sequence <= upTo) {
            ranges.removeFirst();
        }
        while (!bulks.isEmpty() && bulks.getFirst().sequence <= upTo) {
            keyCount -= bulks.removeFirst().count;
        }
    }
}
