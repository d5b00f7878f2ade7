package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.cladedb.common.CancelledException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.LockMode;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.StoreMetrics;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the engine promises about its files, its memory and its work.
final class EmbeddedStoreFilesTest {
    private static final int ROW_BYTES = 100;

    @TempDir private Path directory = Path.of("");

    private EmbeddedStore open(long cacheBytes, long logBytes) {
        return EmbeddedStore.open(
                FileSystem.real(),
                directory.resolve("data"),
                new EmbeddedOptions(cacheBytes, logBytes));
    }

    private EmbeddedStore open() {
        return open(16_000_000, 4_000_000);
    }

    private static byte[] key(long parent, int child) {
        return Entries.bytes("group/%09d/child/%06d".formatted(parent, child));
    }

    private static void fill(EmbeddedStore store, int from, int to) {
        byte[] value = new byte[ROW_BYTES - 30];
        try (Transaction transaction = store.begin()) {
            for (int row = from; row < to; row++) {
                transaction.put(key(row / 100, row % 100), value);
            }
            transaction.commit(Durability.SYNC);
        }
    }

    private static long count(EmbeddedStore store) {
        long count = 0;
        try (Snapshot snapshot = store.snapshot();
                RangeCursor cursor = snapshot.scan(KeyRange.all(), ScanOptions.FORWARD)) {
            while (cursor.next()) {
                count += cursor.batch().size();
            }
        }
        return count;
    }

    @Test
    void contentIsThereAfterReopening() {
        try (EmbeddedStore store = open()) {
            fill(store, 0, 5_000);
        }
        try (EmbeddedStore store = open()) {
            assertThat(count(store)).isEqualTo(5_000);
            fill(store, 5_000, 6_000);
        }
        try (EmbeddedStore store = open()) {
            assertThat(count(store)).isEqualTo(6_000);
        }
    }

    @Test
    void directoryInUseIsRefusedClearly() {
        try (EmbeddedStore store = open()) {
            fill(store, 0, 10);
            assertThatThrownBy(this::open)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining(directory.resolve("data").toString())
                    .hasMessageContaining("in use");
        }
        open().close();
    }

    @Test
    void refusedSecondOpeningLeavesTheLockToTheFirst() throws IOException, InterruptedException {
        try (EmbeddedStore store = open()) {
            fill(store, 0, 10);
            assertThatThrownBy(this::open).isInstanceOf(UnavailableException.class);
            Process other =
                    ChildJvm.start(OpenElsewhere.class, directory.resolve("data").toString());
            assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("in use");
            assertThat(other.waitFor()).isEqualTo(3);
        }
    }

    /// Another process that wants the same directory.
    static final class OpenElsewhere {
        private OpenElsewhere() {}

        public static void main(String[] arguments) {
            try {
                EmbeddedStore.open(
                                FileSystem.real(),
                                Path.of(arguments[0]),
                                EmbeddedOptions.defaults())
                        .close();
            } catch (UnavailableException e) {
                System.out.println(e.getMessage());
                System.exit(3);
            }
        }
    }

    @Test
    void cacheOfATwentiethOfTheDataIsNeverExceeded() throws InterruptedException {
        long cacheBytes = 1_000_000;
        try (EmbeddedStore store = open(cacheBytes, 5_000_000)) {
            AtomicLong most = new AtomicLong();
            AtomicBoolean enough = new AtomicBoolean();
            Thread watcher =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!enough.get()) {
                                    most.accumulateAndGet(store.metrics().cachedBytes(), Math::max);
                                    LockSupport.parkNanos(100_000);
                                }
                            });
            for (int row = 0; row < 300_000; row += 20_000) {
                fill(store, row, row + 20_000);
            }
            assertThat(store.metrics().fileBytes()).isGreaterThan(20 * cacheBytes);
            Random random = new Random(1);
            for (int round = 0; round < 200; round++) {
                try (Transaction transaction = store.begin()) {
                    for (int write = 0; write < 10; write++) {
                        int row = random.nextInt(300_000);
                        transaction.put(key(row / 100, row % 100), new byte[ROW_BYTES - 30]);
                    }
                    transaction.commit(Durability.ASYNC);
                }
                try (Snapshot snapshot = store.snapshot()) {
                    int row = random.nextInt(300_000);
                    assertThat(snapshot.get(key(row / 100, row % 100))).isNotNull();
                }
            }
            assertThat(count(store)).isEqualTo(300_000);
            enough.set(true);
            watcher.join();
            assertThat(most.get()).isBetween(cacheBytes / 2, cacheBytes);
            assertThat(store.metrics().dirtyBytes()).isLessThan(cacheBytes / 2);
        }
    }

    @Test
    void valueLargerThanTheCacheIsStoredAndRead() {
        byte[] value = new byte[3_000_000];
        new Random(5).nextBytes(value);
        try (EmbeddedStore store = open(EmbeddedOptions.CACHE_BYTES_MIN, 50_000_000)) {
            try (Transaction transaction = store.begin()) {
                transaction.put(key(1, 1), value);
                transaction.commit(Durability.SYNC);
            }
            assertThat(store.metrics().cachedBytes())
                    .isLessThanOrEqualTo(EmbeddedOptions.CACHE_BYTES_MIN);
        }
        try (EmbeddedStore store = open(EmbeddedOptions.CACHE_BYTES_MIN, 50_000_000);
                Snapshot snapshot = store.snapshot()) {
            assertThat(snapshot.get(key(1, 1))).isEqualTo(value);
            store.requireNoLostSpace();
        }
    }

    @Test
    void scanAllocatesNothingPerRow() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (EmbeddedStore store = open(64_000_000, 50_000_000)) {
            fill(store, 0, 100_000);
            count(store);
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThat(count(store)).isEqualTo(100_000);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).isLessThan(100_000);
        }
    }

    @Test
    void ascendingInsertsFillPages() {
        try (EmbeddedStore store = open()) {
            for (int row = 0; row < 30_000; row += 50) {
                fill(store, row, row + 50);
            }
            store.checkpoint();
            long raw = 30_000L * ROW_BYTES;
            long used = store.metrics().fileBytes() - freeBytes(store);
            assertThat(used).isLessThan(raw);
        }
    }

    @Test
    void ascendingInsertsInsideTheTreeFillPagesToo() {
        try (EmbeddedStore store = open()) {
            byte[] value = new byte[ROW_BYTES - 30];
            for (int child = 0; child < 600; child++) {
                try (Transaction transaction = store.begin()) {
                    for (int parent = 0; parent < 40; parent++) {
                        transaction.put(key(parent, child), value);
                    }
                    transaction.commit(Durability.ASYNC);
                }
            }
            store.checkpoint();
            long raw = 600L * 40 * ROW_BYTES;
            long used = store.metrics().fileBytes() - freeBytes(store);
            assertThat(used).isLessThan(raw * 11 / 10);
        }
    }

    private static long freeBytes(EmbeddedStore store) {
        return store.freeBytes() + store.metrics().retainedBytes();
    }

    @Test
    void deletingALargeRangeReadsNoLeaves() {
        try (EmbeddedStore store = open()) {
            fill(store, 0, 300_000);
        }
        try (EmbeddedStore store = open()) {
            long before = store.metrics().pagesRead();
            try (Transaction transaction = store.begin()) {
                transaction.deleteRange(new KeyRange(key(1, 0), key(2_999, 0)));
                transaction.commit(Durability.SYNC);
            }
            assertThat(store.metrics().pagesRead() - before).isLessThan(60);
            assertThat(count(store)).isEqualTo(200);
            store.checkpoint();
            long used = store.metrics().fileBytes() - freeBytes(store);
            assertThat(used).isLessThan(500_000);
        }
    }

    @Test
    void scanForOneTableReadsOnlyPagesThatHaveIt() {
        int parents = 100;
        int children = 3_000;
        fillFamilies(parents, children);
        byte[] first = Entries.bytes("p0050/");
        byte[] last = Entries.bytes("p0050/zzz");
        for (ScanOptions direction : List.of(ScanOptions.FORWARD, ScanOptions.REVERSE)) {
            try (EmbeddedStore store = open()) {
                ScanOptions options = direction.withTags(1L << 1);
                assertThat(countTag(store, KeyRange.all(), options, 1)).isEqualTo(parents);
                assertThat(store.metrics().pagesRead()).isLessThan(3L * parents);
                assertThat(store.metrics().entries()).isLessThan(4L * parents);
            }
            try (EmbeddedStore store = open()) {
                // Nothing of the range is wanted, and what is wanted next is far away.
                ScanOptions options = direction.withTags(1L << 9);
                assertThat(countTag(store, new KeyRange(first, last), options, 9)).isZero();
                assertThat(store.metrics().pagesRead()).isLessThan(10);
            }
        }
    }

    private void fillFamilies(int parents, int children) {
        byte[] parentValue = new byte[50];
        parentValue[0] = 1;
        byte[] childValue = new byte[50];
        childValue[0] = 2;
        try (EmbeddedStore store = open();
                Transaction transaction = store.begin()) {
            for (int parent = 0; parent < parents; parent++) {
                String key = "p%04d".formatted(parent);
                transaction.put(Entries.bytes(key), parentValue);
                for (int child = 0; child < children; child++) {
                    transaction.put(Entries.bytes(key + "/%05d".formatted(child)), childValue);
                }
            }
            transaction.commit(Durability.SYNC);
        }
    }

    private static long countTag(
            EmbeddedStore store, KeyRange range, ScanOptions options, int tag) {
        long count = 0;
        try (Snapshot snapshot = store.snapshot();
                RangeCursor cursor = snapshot.scan(range, options)) {
            while (cursor.next()) {
                for (int index = 0; index < cursor.batch().size(); index++) {
                    count += cursor.batch().copyValue(index)[0] == tag ? 1 : 0;
                }
            }
        }
        return count;
    }

    /// Counted in checkpoints, not in rounds: how many rounds pass before one ends is the disk's
    /// affair. Between two checkpoints nearly every page is rewritten, so that space which is not
    /// reused would show many times over.
    @Test
    void fileStaysStableUnderUpdates() {
        try (EmbeddedStore store = open(16_000_000, 200_000)) {
            fill(store, 0, 20_000);
            Random random = new Random(3);
            updateUntilCheckpoint(store, 10, random);
            long settled = store.metrics().fileBytes();
            updateUntilCheckpoint(store, 40, random);
            assertThat(store.metrics().fileBytes()).isLessThan(settled * 2);
        }
    }

    private static void updateUntilCheckpoint(EmbeddedStore store, int wanted, Random random) {
        // Commits wait for a checkpoint when the log is several times as long as it should be.
        for (int round = 0; store.metrics().checkpoints() < wanted; round++) {
            assertThat(round).as("rounds before checkpoint %d", wanted).isLessThan(1_000_000);
            try (Transaction transaction = store.begin()) {
                for (int write = 0; write < 10; write++) {
                    int row = random.nextInt(20_000);
                    byte[] key = key(row / 100, row % 100);
                    if (random.nextInt(4) == 0) {
                        transaction.delete(key);
                    } else {
                        transaction.put(key, new byte[random.nextInt(140)]);
                    }
                }
                transaction.commit(Durability.ASYNC);
            }
        }
    }

    @Test
    void longReaderKeepsOldPagesOnlyWhileItLives() {
        try (EmbeddedStore store = open()) {
            fill(store, 0, 20_000);
            Snapshot reader = store.snapshot();
            List<String> before = Entries.all(reader);
            for (int round = 0; round < 3; round++) {
                try (Transaction transaction = store.begin()) {
                    for (int row = 0; row < 20_000; row++) {
                        transaction.put(key(row / 100, row % 100), new byte[40 + round]);
                    }
                    transaction.commit(Durability.SYNC);
                }
            }
            store.checkpoint();
            StoreMetrics during = store.metrics();
            assertThat(Entries.all(reader)).isEqualTo(before);
            reader.close();
            assertThat(during.retainedBytes()).isGreaterThan(1_000_000);
            assertThat(during.snapshotAge()).isEqualTo(3);
            assertThat(store.metrics().snapshotAge()).isZero();
            assertThat(store.metrics().retainedBytes()).isLessThan(100_000);
        }
    }

    @Test
    void everyBlockIsInTheTreeOrFree() {
        try (EmbeddedStore store = open(16_000_000, 500_000)) {
            Random random = new Random(9);
            for (int round = 0; round < 300; round++) {
                churn(store, random);
            }
        }
        for (int reopening = 0; reopening < 3; reopening++) {
            try (EmbeddedStore store = open()) {
                store.requireNoLostSpace();
                churn(store, new Random(reopening));
                store.checkpoint();
                store.requireNoLostSpace();
            }
        }
    }

    private static void churn(EmbeddedStore store, Random random) {
        try (Transaction transaction = store.begin()) {
            if (random.nextInt(10) == 0) {
                int parent = random.nextInt(40);
                transaction.deleteRange(new KeyRange(key(parent, 0), key(parent + 9, 50)));
            }
            for (int write = 0; write < 100; write++) {
                byte[] key = key(random.nextInt(50), random.nextInt(100));
                if (random.nextInt(3) == 0) {
                    transaction.delete(key);
                } else {
                    int bytes = random.nextInt(50) == 0 ? 30_000 : 150;
                    transaction.put(key, new byte[random.nextInt(bytes)]);
                }
            }
            transaction.commit(Durability.ASYNC);
        }
    }

    @Test
    void logIsBoundedByCheckpoints() throws IOException {
        try (EmbeddedStore store = open(16_000_000, 1_000_000)) {
            for (int round = 0; round < 40; round++) {
                fill(store, round * 2_000, round * 2_000 + 2_000);
            }
            store.checkpoint();
            long bytes = 0;
            try (var files = Files.list(directory.resolve("data"))) {
                for (Path file : files.toList()) {
                    boolean isLog = String.valueOf(file.getFileName()).startsWith("log-");
                    bytes += isLog ? Files.size(file) : 0;
                }
            }
            assertThat(bytes).isLessThan(1_000_000);
        }
    }

    @Test
    void manyWritersShareSyncsAndLoseNothing() throws Exception {
        int writers = 16;
        int commits = 40;
        try (EmbeddedStore store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int parent = writer;
                running.add(
                        threads.submit(() -> {
                            for (int child = 0; child < commits; child++) {
                                insert(store, parent, child);
                            }
                        }));
            }
            for (Future<?> future : running) {
                future.get();
            }
            assertThat(count(store)).isEqualTo((long) writers * commits);
            assertThat(store.metrics().syncs()).isLessThan((long) writers * commits);
        }
        try (EmbeddedStore store = open()) {
            assertThat(count(store)).isEqualTo((long) writers * commits);
        }
    }

    @Test
    void countersIncrementedByManyLoseNoneAndRetriesAreFew() throws Exception {
        int workers = 8;
        int increments = 50;
        byte[] counter = Entries.bytes("counter");
        try (EmbeddedStore store = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                running.add(
                        threads.submit(() -> {
                            for (int round = 0; round < increments; round++) {
                                increment(store, counter);
                            }
                            return null;
                        }));
            }
            for (Future<?> future : running) {
                future.get();
            }
            try (Snapshot snapshot = store.snapshot()) {
                assertThat(Entries.get(snapshot, "counter"))
                        .isEqualTo(String.valueOf(workers * increments));
            }
            assertThat(store.metrics().conflicts()).isZero();
        }
    }

    /// Reads and writes under a lock, reading again if the first read was too old.
    private static void increment(EmbeddedStore store, byte[] counter) throws InterruptedException {
        try (Transaction transaction = store.begin()) {
            if (!transaction.lock(counter, LockMode.EXCLUSIVE, -1)) {
                transaction.refreshSnapshot();
                assertThat(transaction.lock(counter, LockMode.EXCLUSIVE, -1)).isTrue();
            }
            byte[] value = transaction.get(counter);
            int count = value == null ? 0 : Integer.parseInt(Entries.text(value));
            transaction.put(counter, Entries.bytes(String.valueOf(count + 1)));
            transaction.commit(Durability.SYNC);
        }
    }

    private static void insert(EmbeddedStore store, int parent, int child) {
        try (Transaction transaction = store.begin()) {
            transaction.put(key(parent, child), new byte[50]);
            transaction.commit(Durability.SYNC);
        }
    }

    @Test
    void interruptedReaderHarmsNobody() {
        try (EmbeddedStore store = open(EmbeddedOptions.CACHE_BYTES_MIN, 50_000_000)) {
            fill(store, 0, 50_000);
            Thread.currentThread().interrupt();
            assertThat(count(store)).isEqualTo(50_000);
            fill(store, 50_000, 50_100);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(count(store)).isEqualTo(50_100);
        }
    }

    @Test
    void largeCommitThatIsCancelledChangesNothing() {
        try (EmbeddedStore store = open(EmbeddedOptions.CACHE_BYTES_MIN, 50_000_000)) {
            fill(store, 0, 1_000);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> fill(store, 1_000, 60_000))
                    .isInstanceOf(CancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(count(store)).isEqualTo(1_000);
            fill(store, 1_000, 2_000);
            assertThat(count(store)).isEqualTo(2_000);
        }
    }
}
