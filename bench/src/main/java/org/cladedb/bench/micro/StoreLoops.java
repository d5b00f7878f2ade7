package org.cladedb.bench.micro;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// What the store does per row, per key and per commit.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreLoops {
    /// One row of a scan: moving on, and touching key and value.
    @Benchmark
    @OperationsPerInvocation(MicroRows.ROWS)
    public long cursorNext(MicroRows rows) {
        long sum = 0;
        try (Snapshot snapshot = rows.store.snapshot();
                RangeCursor cursor =
                        snapshot.scan(new KeyRange(new byte[0], null), ScanOptions.FORWARD)) {
            EntryBatch batch = cursor.batch();
            while (cursor.next()) {
                byte[] keys = batch.keys();
                for (int entry = 0; entry < batch.size(); entry++) {
                    sum += keys[batch.keyOffset(entry) + batch.keyLength(entry) - 1];
                    sum += batch.valueArray(entry)[batch.valueOffset(entry)];
                }
            }
        }
        return sum;
    }

    /// A key looked up, from taking a snapshot to the copied value.
    @Benchmark
    public byte[] get(MicroRows rows) {
        byte[] key = MicroRows.key(ThreadLocalRandom.current().nextInt(MicroRows.ROWS));
        try (Snapshot snapshot = rows.store.snapshot()) {
            byte[] value = snapshot.get(key);
            if (value == null) {
                throw new IllegalStateException("a row is missing");
            }
            return value;
        }
    }

    /// One row written, without waiting for the disk.
    @Benchmark
    public long commitAsync(MicroRows rows) {
        return commit(rows, Durability.ASYNC);
    }

    /// One row written durably.
    @Benchmark
    public long commitSync(MicroRows rows) {
        return commit(rows, Durability.SYNC);
    }

    private static long commit(MicroRows rows, Durability durability) {
        int row = ThreadLocalRandom.current().nextInt(MicroRows.ROWS);
        return rows.store.commit(
                new CommitRequest(List.of(MicroRows.put(row)), List.of(), durability));
    }
}
