package org.cladedb.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bulk load for engines that have no cheaper way: the writes of a transaction.
final class BufferedBulkLoad implements BulkLoad {
    private final KeyValueStore store;
    private final KeyRange range;
    private final Transaction buffer;
    private byte @Nullable [] last;

    BufferedBulkLoad(KeyValueStore store, KeyRange range) {
        this.store = store;
        this.range = range;
        this.buffer = new Transaction(store);
        buffer.deleteRange(range);
    }

    @Override
    public void add(byte[] key, byte[] value) {
        byte[] before = last;
        boolean ascends = before == null || Arrays.compareUnsigned(before, key) < 0;
        if (!ascends || !range.contains(key)) {
            throw new IllegalArgumentException("keys of a bulk load must ascend in its range");
        }
        last = key;
        buffer.put(key, value);
    }

    @Override
    public ReadView view() {
        return buffer;
    }

    @Override
    public long commit(
            List<CommitRequest.Mutation> others, List<CommitRequest.VersionCheck> checks) {
        CommitRequest request = new CommitRequest(others, checks, Durability.SYNC);
        return commit(store, request, List.of(this), List.of());
    }

    /// One commit of everything.
    static long commit(
            KeyValueStore store,
            CommitRequest request,
            List<BulkLoad> loads,
            List<KeyRange> cleared) {
        List<CommitRequest.Mutation> mutations = new ArrayList<>();
        List<CommitRequest.VersionCheck> checks = new ArrayList<>(request.checks());
        for (BulkLoad load : loads) {
            BufferedBulkLoad buffered = (BufferedBulkLoad) load;
            if (!cleared.contains(buffered.range)) {
                buffered.requireEmptyRange();
            }
            mutations.addAll(buffered.buffer.mutations());
            checks.addAll(buffered.buffer.checks());
        }
        mutations.addAll(request.mutations());
        long sequence = store.commit(new CommitRequest(mutations, checks, Durability.SYNC));
        loads.forEach(BulkLoad::close);
        return sequence;
    }

    private void requireEmptyRange() {
        try (Snapshot newest = store.snapshot();
                RangeCursor cursor = newest.scan(range, ScanOptions.limit(1))) {
            if (cursor.next()) {
                throw new ConflictException("the range of a bulk load is not empty");
            }
        }
    }

    @Override
    public void close() {
        buffer.close();
    }
}
