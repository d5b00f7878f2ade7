package org.cladedb.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bulk load for engines that have no cheaper way: one commit of everything.
final class BufferedBulkLoad implements BulkLoad {
    private final KeyValueStore store;
    private final KeyRange range;
    private final Snapshot snapshot;
    private final List<CommitRequest.Mutation> entries = new ArrayList<>();
    private byte @Nullable [] last;

    BufferedBulkLoad(KeyValueStore store, KeyRange range) {
        this.store = store;
        this.range = range;
        this.snapshot = store.snapshot();
    }

    @Override
    public void add(byte[] key, byte[] value) {
        byte[] before = last;
        boolean ascends = before == null || Arrays.compareUnsigned(before, key) < 0;
        if (!ascends || !range.contains(key)) {
            throw new IllegalArgumentException("keys of a bulk load must ascend in its range");
        }
        last = key;
        entries.add(new CommitRequest.Put(key, value));
    }

    @Override
    public long commit(
            List<CommitRequest.Mutation> others, List<CommitRequest.VersionCheck> checks) {
        try (RangeCursor cursor = snapshot.scan(range, ScanOptions.limit(1))) {
            if (cursor.next()) {
                throw new ConflictException("the range of a bulk load is not empty");
            }
        }
        List<CommitRequest.VersionCheck> all = new ArrayList<>(checks);
        for (CommitRequest.Mutation entry : entries) {
            if (entry instanceof CommitRequest.Put(byte[] key, byte[] _)) {
                all.add(new CommitRequest.VersionCheck(key, snapshot.sequence()));
            }
        }
        entries.addAll(others);
        long sequence = store.commit(new CommitRequest(entries, all, Durability.SYNC));
        close();
        return sequence;
    }

    @Override
    public void close() {
        entries.clear();
        snapshot.close();
    }
}
