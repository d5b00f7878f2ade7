package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.FileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real threads on a store whose cache holds a few pages: transfers between accounts, whose sum
/// every snapshot must show, among checkpoints, bulk loads and range deletions.
final class ThreadStressTest {
    private static final int ACCOUNTS = 20_000;
    private static final long BALANCE = 1_000;

    @TempDir private Path directory = Path.of("");

    @Test
    void sumOfAllAccountsNeverChanges() throws Exception {
        run(300);
    }

    @Test
    @Tag("slow")
    void sumOfAllAccountsNeverChangesForLong() throws Exception {
        run(20_000);
    }

    private void run(int transfers) throws Exception {
        Path data = directory.resolve("data");
        EmbeddedOptions options = new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN * 3, 200_000);
        try (EmbeddedStore store = EmbeddedStore.open(FileSystem.real(), data, options)) {
            fill(store);
            AtomicLong left = new AtomicLong(transfers);
            List<Future<?>> running = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
                for (int writer = 0; writer < 3; writer++) {
                    Random random = new Random(writer);
                    running.add(
                            threads.submit(() -> {
                                while (left.decrementAndGet() > 0) {
                                    transfer(store, random);
                                }
                            }));
                }
                running.add(
                        threads.submit(() -> {
                            while (left.get() > 0) {
                                requireSum(store, ScanOptions.FORWARD);
                                requireSum(store, ScanOptions.REVERSE);
                            }
                        }));
                running.add(
                        threads.submit(() -> {
                            Random random = new Random(9);
                            while (left.get() > 0) {
                                loadAndDelete(store, random);
                            }
                        }));
                for (Future<?> future : running) {
                    future.get();
                }
            }
            requireSum(store, ScanOptions.FORWARD);
            store.requireNoLostSpace();
        }
        assertThat(StoreCheck.run(FileSystem.real(), data).problems()).isEmpty();
    }

    private static void fill(EmbeddedStore store) {
        try (BulkLoad load = store.bulkLoad(Entries.range("a", "b"))) {
            for (int account = 0; account < ACCOUNTS; account++) {
                load.add(key(account), value(BALANCE, account));
            }
            load.commit(List.of(), List.of());
        }
    }

    private static byte[] key(int account) {
        return Entries.bytes("a%06d".formatted(account));
    }

    private static byte[] value(long balance, int seed) {
        byte[] value = new byte[Long.BYTES + Math.floorMod(seed, 150)];
        BigEndian.putLong(value, 0, balance);
        return value;
    }

    private static void transfer(EmbeddedStore store, Random random) {
        try (Transaction transaction = store.begin()) {
            for (int pair = 0; pair < 4; pair++) {
                change(transaction, key(random.nextInt(ACCOUNTS)), -1, random);
                change(transaction, key(random.nextInt(ACCOUNTS)), 1, random);
            }
            transaction.commit(random.nextInt(4) == 0 ? Durability.SYNC : Durability.ASYNC);
        } catch (ConflictException e) {
            // Another transfer was first.
        }
    }

    private static void change(Transaction transaction, byte[] key, long by, Random random) {
        byte[] before = transaction.get(key);
        assertThat(before).isNotNull();
        if (before != null) {
            long balance = BigEndian.getLong(before, 0);
            transaction.put(key, value(balance + by, random.nextInt(150)));
        }
    }

    private static void requireSum(EmbeddedStore store, ScanOptions options) {
        long sum = 0;
        long count = 0;
        try (Snapshot snapshot = store.snapshot();
                RangeCursor cursor = snapshot.scan(Entries.range("a", "b"), options)) {
            while (cursor.next()) {
                EntryBatch batch = cursor.batch();
                for (int index = 0; index < batch.size(); index++) {
                    sum += BigEndian.getLong(batch.valueArray(index), batch.valueOffset(index));
                }
                count += batch.size();
            }
        }
        assertThat(count).isEqualTo(ACCOUNTS);
        assertThat(sum).isEqualTo(BALANCE * ACCOUNTS);
    }

    private static void loadAndDelete(EmbeddedStore store, Random random) {
        KeyRange range = Entries.range("b", "c");
        try (BulkLoad load = store.bulkLoad(range)) {
            for (int row = 0; row < random.nextInt(3_000); row++) {
                int bytes = random.nextInt(100) == 0 ? 9_000 : 100;
                load.add(Entries.bytes("b%06d".formatted(row)), new byte[random.nextInt(bytes)]);
            }
            load.commit(List.of(), List.of());
        }
        store.commit(
                new CommitRequest(
                        List.of(new CommitRequest.DeleteRange(range.start(), range.end())),
                        List.of(),
                        Durability.ASYNC));
    }
}
