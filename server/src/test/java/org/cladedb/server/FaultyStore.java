package org.cladedb.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.LargeCommit;
import org.cladedb.kv.Limits;
import org.cladedb.kv.LockTable;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.StoreMetrics;
import org.jspecify.annotations.Nullable;

/// A store that fails at one of its operations while a test wants it.
final class FaultyStore implements KeyValueStore {
    /// Where it fails.
    enum Place {
        SNAPSHOT,
        COMMIT,
        LAST_COMMIT
    }

    private record Broken(Place place, Fault fault) {}

    private final KeyValueStore sound;
    private final AtomicReference<@Nullable Broken> broken = new AtomicReference<>();

    FaultyStore(KeyValueStore sound) {
        this.sound = sound;
    }

    void breakAt(Place place, Fault fault) {
        broken.set(new Broken(place, fault));
    }

    void mend() {
        broken.set(null);
    }

    private void pass(Place place) {
        Broken current = broken.get();
        if (current != null && current.place == place) {
            current.fault.happen();
        }
    }

    @Override
    public Snapshot snapshot() {
        pass(Place.SNAPSHOT);
        return sound.snapshot();
    }

    @Override
    public long commit(CommitRequest request) {
        pass(Place.COMMIT);
        return sound.commit(request);
    }

    @Override
    public long commit(CommitRequest request, List<BulkLoad> loads, List<KeyRange> cleared) {
        pass(Place.COMMIT);
        return sound.commit(request, loads, cleared);
    }

    @Override
    public long commit(LargeCommit commit, List<BulkLoad> loads, List<KeyRange> cleared) {
        pass(Place.COMMIT);
        return sound.commit(commit, loads, cleared);
    }

    @Override
    public BulkLoad bulkLoad(KeyRange range) {
        return sound.bulkLoad(range);
    }

    @Override
    public long lastCommit(byte[] key, long sinceSequence) {
        pass(Place.LAST_COMMIT);
        return sound.lastCommit(key, sinceSequence);
    }

    @Override
    public LockTable locks() {
        return sound.locks();
    }

    @Override
    public Limits limits() {
        return sound.limits();
    }

    @Override
    public StoreMetrics metrics() {
        return sound.metrics();
    }

    @Override
    public void close() {
        sound.close();
    }
}
