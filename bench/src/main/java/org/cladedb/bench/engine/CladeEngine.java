package org.cladedb.bench.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.io.FileSystem;

/// Our own engine, through its interface for transactions.
final class CladeEngine implements Engine {
    private static final long LOG_BYTES = 256L * 1024 * 1024;
    private static final KeyRange ALL = new KeyRange(new byte[0], null);

    private final EmbeddedStore store;

    private CladeEngine(EmbeddedStore store) {
        this.store = store;
    }

    static Engine open(Path directory, long cacheBytes, boolean durable) {
        FileSystem files = FileSystem.real();
        return new CladeEngine(
                EmbeddedStore.open(files, directory, new EmbeddedOptions(cacheBytes, LOG_BYTES)));
    }

    @Override
    public void commit(List<Entry> entries, boolean durable) {
        List<CommitRequest.Mutation> puts = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            puts.add(new CommitRequest.Put(entry.key(), entry.value()));
        }
        store.commit(
                new CommitRequest(puts, List.of(), durable ? Durability.SYNC : Durability.ASYNC));
    }

    @Override
    public void deleteRange(byte[] start, byte[] end) {
        store.commit(
                new CommitRequest(
                        List.of(new CommitRequest.DeleteRange(start, end)),
                        List.of(),
                        Durability.SYNC));
    }

    @Override
    public Reader reader() {
        return new SnapshotReader(store.snapshot());
    }

    @Override
    public void settle() {
        store.checkpoint();
    }

    @Override
    public void close() {
        store.close();
    }

    private record SnapshotReader(Snapshot snapshot) implements Reader {
        @Override
        public long scan(byte[] start, long entriesMax) {
            ScanOptions options =
                    entriesMax == Long.MAX_VALUE
                            ? ScanOptions.FORWARD
                            : ScanOptions.limit(entriesMax);
            return count(new KeyRange(start, null), options);
        }

        @Override
        public long scanRoots() {
            return count(ALL, ScanOptions.FORWARD.withTags(1L << EngineData.ROOT));
        }

        private long count(KeyRange range, ScanOptions options) {
            long sum = 0;
            long count = 0;
            try (RangeCursor cursor = snapshot.scan(range, options)) {
                EntryBatch batch = cursor.batch();
                while (cursor.next()) {
                    byte[] keys = batch.keys();
                    for (int i = 0; i < batch.size(); i++) {
                        sum += keys[batch.keyOffset(i) + batch.keyLength(i) - 1];
                        sum += batch.valueArray(i)[batch.valueOffset(i) + 1];
                    }
                    count += batch.size();
                }
            }
            Sink.keep(sum);
            return count;
        }

        @Override
        public int get(byte[] key) {
            byte[] value = snapshot.get(key);
            return value == null ? -1 : value.length;
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }
}
