package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KvException;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Histories of commits, checkpoints, crashes at any write or sync, and recoveries: what comes back
/// is the state after some commit that is not older than the last acknowledged as durable.
final class CrashRecoveryTest {
    private static final Path DIRECTORY = Path.of("/store");
    private static final KeyRange LARGE = Entries.range("large", "largf");

    @Test
    void nothingAcknowledgedIsLost() {
        for (long seed = 1; seed <= 60; seed++) {
            new History(seed).run();
        }
    }

    @Test
    @Tag("slow")
    void nothingAcknowledgedIsLostInThousandsOfHistories() {
        for (long seed = 1_000; seed < 6_000; seed++) {
            new History(seed).run();
        }
    }

    @Test
    void nothingIsAcknowledgedAfterAFailedSync() {
        nothingIsAcknowledgedAfter(SimulatedFileSystem::failSyncs);
    }

    /// As real systems do it: the next sync says that all is well.
    @Test
    void nothingIsAcknowledgedAfterASyncThatFailedOnce() {
        nothingIsAcknowledgedAfter(files -> files.failOneSyncAfter(0));
    }

    private static void nothingIsAcknowledgedAfter(Consumer<SimulatedFileSystem> failure) {
        SimulatedFileSystem files = new SimulatedFileSystem(7);
        EmbeddedStore store = open(files);
        commit(store, "a", "1");
        failure.accept(files);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThat(failureOf(() -> commit(store, "b", "1"))).isInstanceOf(KvException.class);
        }
        try (Snapshot snapshot = store.snapshot()) {
            assertThat(Entries.all(snapshot)).containsExactly("a=1");
        }
        assertThat(store.failure().orElse("")).contains("failed", "simulated");
        assertThat(failureOf(store::close)).isInstanceOf(KvException.class);
        files.crash();
        EmbeddedStore reopened = open(files);
        try (Snapshot snapshot = reopened.snapshot()) {
            assertThat(Entries.all(snapshot)).contains("a=1");
        }
        reopened.close();
    }

    @Test
    void fullDiskRefusesWritesUntilThereIsSpace() {
        SimulatedFileSystem files = new SimulatedFileSystem(8);
        EmbeddedStore store = open(files);
        commit(store, "a", "1");
        files.limitSpace(files.usedBytes());
        boolean refused = false;
        for (int attempt = 0; attempt < 40; attempt++) {
            Throwable failure = failureOf(() -> commit(store, "b", "x".repeat(9_000)));
            refused |= failure instanceof StorageFullException;
        }
        assertThat(refused).isTrue();
        try (Snapshot snapshot = store.snapshot()) {
            assertThat(Entries.get(snapshot, "a")).isEqualTo("1");
        }
        files.limitSpace(Long.MAX_VALUE);
        commit(store, "c", "1");
        assertThat(store.failure()).isEmpty();
        store.requireNoLostSpace();
        files.crash();
        failureOf(store::close);
        EmbeddedStore reopened = open(files);
        try (Snapshot snapshot = reopened.snapshot()) {
            assertThat(Entries.all(snapshot)).contains("a=1", "c=1");
        }
        reopened.close();
    }

    /// Its log record is written in several pieces.
    @Test
    void largeCommitIsThereWholeOrNotAtAll() {
        for (int operations = 0; operations < 10; operations++) {
            SimulatedFileSystem files = new SimulatedFileSystem(operations);
            EmbeddedStore store = openWithLargeLog(files);
            commit(store, "a", "1");
            files.failAfter(operations);
            boolean acknowledged = failureOf(() -> commitLarge(store)) instanceof AssertionError;
            files.crash();
            failureOf(store::close);
            try (EmbeddedStore reopened = openWithLargeLog(files);
                    Snapshot snapshot = reopened.snapshot()) {
                int count = Entries.scan(snapshot, LARGE, ScanOptions.FORWARD).size();
                assertThat(count)
                        .as("after " + operations)
                        .isIn(acknowledged ? Set.of(40) : Set.of(0, 40));
                assertThat(Entries.get(snapshot, "a")).isEqualTo("1");
            }
        }
    }

    @Test
    void largeCommitIsWrittenAgainWhenThereIsSpace() {
        for (int space = 0; space < 4_500_000; space += 900_000) {
            SimulatedFileSystem files = new SimulatedFileSystem(space);
            EmbeddedStore store = openWithLargeLog(files);
            commit(store, "a", "1");
            files.limitSpace(files.usedBytes() + space);
            failureOf(() -> commitLarge(store));
            files.limitSpace(Long.MAX_VALUE);
            commit(store, "c", "1");
            files.crash();
            failureOf(store::close);
            try (EmbeddedStore reopened = openWithLargeLog(files);
                    Snapshot snapshot = reopened.snapshot()) {
                assertThat(Entries.scan(snapshot, LARGE, ScanOptions.FORWARD))
                        .as("space for " + space)
                        .hasSize(40);
                assertThat(Entries.get(snapshot, "c")).isEqualTo("1");
            }
        }
    }

    private static void commitLarge(EmbeddedStore store) {
        try (Transaction transaction = store.begin()) {
            for (int part = 10; part < 50; part++) {
                transaction.put(Entries.bytes("large" + part), new byte[100_000 + part]);
            }
            transaction.commit(Durability.SYNC);
        }
    }

    private static EmbeddedStore openWithLargeLog(SimulatedFileSystem files) {
        return EmbeddedStore.open(files, DIRECTORY, new EmbeddedOptions(16_000_000, 100_000_000));
    }

    @Test
    void noCheckpointFollowsOneWhoseSyncFailed() {
        for (int operations = 0; operations < 60; operations++) {
            SimulatedFileSystem files = new SimulatedFileSystem(operations);
            EmbeddedStore store = open(files);
            commit(store, "a", "1");
            files.failOneSyncAfter(operations);
            failureOf(store::checkpoint);
            failureOf(() -> commit(store, "b", "1"));
            failureOf(store::checkpoint);
            failureOf(store::close);
            files.crash();
            EmbeddedStore reopened = open(files);
            try (Snapshot snapshot = reopened.snapshot()) {
                assertThat(Entries.all(snapshot)).as("after " + operations).contains("a=1");
            }
            reopened.close();
        }
    }

    private static void commit(EmbeddedStore store, String key, String value) {
        try (Transaction transaction = store.begin()) {
            transaction.put(Entries.bytes(key), Entries.bytes(value));
            transaction.commit(Durability.SYNC);
        }
    }

    private static Throwable failureOf(Runnable action) {
        try {
            action.run();
        } catch (KvException e) {
            return e;
        }
        return new AssertionError("nothing failed");
    }

    private static EmbeddedStore open(SimulatedFileSystem files) {
        return EmbeddedStore.open(
                files, DIRECTORY, new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 30_000));
    }

    /// One seeded history.
    private static final class History {
        private final long seed;
        private final Random random;
        private final SimulatedFileSystem files;
        // States after each commit, from the newest known to be durable on.
        private final List<NavigableMap<String, String>> states = new ArrayList<>();

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.files = new SimulatedFileSystem(seed);
            states.add(new TreeMap<>());
        }

        void run() {
            for (int life = 0; life < 5; life++) {
                files.failAfter(random.nextInt(life == 0 ? 20 : 120));
                live();
                files.crash();
                if (random.nextInt(3) == 0) {
                    // The power fails again during recovery.
                    files.failAfter(random.nextInt(12));
                    live();
                    files.crash();
                }
                recover("seed " + seed + " life " + life);
            }
        }

        /// Works until the power fails, or for a while.
        private void live() {
            EmbeddedStore store;
            try {
                store = open(files);
            } catch (KvException e) {
                return;
            }
            try {
                for (int commit = 0; commit < 60; commit++) {
                    step(store);
                }
            } catch (KvException e) {
                // The power failed.
            } finally {
                failureOf(store::close);
            }
        }

        private void step(EmbeddedStore store) {
            NavigableMap<String, String> next = new TreeMap<>(states.getLast());
            boolean waits = random.nextInt(4) != 0;
            try (Transaction transaction = store.begin()) {
                int writes = 1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 6);
                for (int write = 0; write < writes; write++) {
                    write(transaction, next);
                }
                // From here on the commit may survive, whether it is acknowledged or not.
                states.add(next);
                transaction.commit(waits ? Durability.SYNC : Durability.ASYNC);
            }
            if (waits) {
                states.subList(0, states.size() - 1).clear();
            }
            if (random.nextInt(15) == 0) {
                store.checkpoint();
            }
        }

        private void write(Transaction transaction, NavigableMap<String, String> next) {
            String key = "k%03d".formatted(random.nextInt(500));
            switch (random.nextInt(12)) {
                case 0, 1 -> {
                    transaction.delete(Entries.bytes(key));
                    next.remove(key);
                }
                case 2 -> {
                    String end = key.substring(0, 3) + ":";
                    transaction.deleteRange(Entries.range(key, end));
                    next.subMap(key, true, end, false).clear();
                }
                default -> {
                    int length = random.nextInt(random.nextInt(20) == 0 ? 20_000 : 200);
                    String value = String.valueOf((char) ('a' + random.nextInt(26)));
                    String repeated = value.repeat(length);
                    transaction.put(Entries.bytes(key), Entries.bytes(repeated));
                    next.put(key, repeated);
                }
            }
        }

        private void recover(String context) {
            EmbeddedStore store = open(files);
            try (Snapshot snapshot = store.snapshot()) {
                List<String> found = Entries.all(snapshot);
                int match = -1;
                for (int index = 0; index < states.size(); index++) {
                    if (found.equals(entriesOf(states.get(index)))) {
                        match = index;
                    }
                }
                assertThat(match).as(context + ": a state that was committed").isNotNegative();
                NavigableMap<String, String> recovered = states.get(match);
                states.clear();
                states.add(recovered);
            }
            store.close();
        }

        private static List<String> entriesOf(NavigableMap<String, String> state) {
            List<String> entries = new ArrayList<>();
            state.forEach((key, value) -> entries.add(key + "=" + value));
            return entries;
        }
    }
}
