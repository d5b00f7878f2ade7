package org.cladedb.kv.memory;

import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.InMemoryLockTable;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.Limits;
import org.cladedb.kv.LockTable;
import org.cladedb.kv.OpenSnapshots;
import org.cladedb.kv.ReadCounters;
import org.cladedb.kv.RecentCommits;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.SortedChanges;
import org.cladedb.kv.StoreMetrics;
import org.cladedb.kv.UnavailableException;
import org.jspecify.annotations.Nullable;

/// The engine without files. Safe for any number of threads.
public final class MemoryStore implements KeyValueStore {
    private static final Limits LIMITS =
            new Limits(8 * 1024, 256 * 1024 * 1024, Long.MAX_VALUE, true);

    private final InMemoryLockTable locks = new InMemoryLockTable();
    private final RecentCommits recent = new RecentCommits();
    private final OpenSnapshots snapshots = new OpenSnapshots();
    private final ReadCounters counters = new ReadCounters();
    // Guards the fields below: commits go one at a time, and a snapshot takes root and sequence
    // together.
    private final ReentrantLock guard = new ReentrantLock();
    private PersistentTree.@Nullable Node root;
    private long sequence;
    private long conflicts;
    private boolean closed;

    @Override
    public Snapshot snapshot() {
        guard.lock();
        try {
            requireOpen();
            snapshots.opened(sequence);
            return new MemorySnapshot(this, counters, root, sequence);
        } finally {
            guard.unlock();
        }
    }

    @Override
    public long commit(CommitRequest request) {
        SortedChanges changes = SortedChanges.of(request);
        guard.lock();
        try {
            requireOpen();
            try {
                recent.verify(request.checks());
            } catch (ConflictException e) {
                conflicts++;
                throw e;
            }
            PersistentTree.Node next = root;
            for (KeyRange range : changes.deletedRanges()) {
                next = PersistentTree.removeRange(next, range.start(), range.end());
            }
            for (int index = 0; index < changes.size(); index++) {
                byte[] key = changes.key(index);
                byte[] value = changes.value(index);
                next =
                        value == null
                                ? PersistentTree.remove(next, key)
                                : PersistentTree.put(next, key, value);
            }
            recent.record(sequence + 1, changes, snapshots.oldestOr(sequence));
            root = next;
            sequence++;
            return sequence;
        } finally {
            guard.unlock();
        }
    }

    @Override
    public long lastCommit(byte[] key, long sinceSequence) {
        return recent.lastCommit(key, sinceSequence);
    }

    @Override
    public LockTable locks() {
        return locks;
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public StoreMetrics metrics() {
        guard.lock();
        try {
            return new StoreMetrics(
                    sequence,
                    conflicts,
                    0,
                    0,
                    0,
                    0,
                    snapshots.count(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    sequence - snapshots.oldestOr(sequence),
                    0,
                    0,
                    counters.gets.sum(),
                    counters.cursors.sum(),
                    counters.batches.sum(),
                    counters.entries.sum());
        } finally {
            guard.unlock();
        }
    }

    void snapshotClosed(long closedSequence) {
        guard.lock();
        try {
            snapshots.closed(closedSequence);
        } finally {
            guard.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new UnavailableException("the store is closed");
        }
    }

    @Override
    public void close() {
        guard.lock();
        try {
            closed = true;
            root = null;
        } finally {
            guard.unlock();
        }
    }
}
