package org.cladedb.kv.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KvException;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.jspecify.annotations.Nullable;

/// One seeded history of a store: several lives with concurrent clients, each with its faults and
/// its end, and recoveries that may be cut short themselves.
///
/// Everything runs in virtual threads that share one carrier and change only where they wait or at
/// a file operation, so the seed decides what happens: see [Simulation].
final class SimulatedHistory {
    private static final Path DIRECTORY = Path.of("/store");

    private final Random random;
    private final SimulatedFileSystem files;
    private final ThreadFactory threads = Thread.ofVirtual().factory();
    private final List<Throwable> failures = new ArrayList<>();
    private NavigableMap<String, String> state = new TreeMap<>();
    private long sequence;
    private int clientsSoFar;
    private long commits;

    SimulatedHistory(long seed) {
        random = new Random(seed);
        files = new SimulatedFileSystem(seed);
        files.beforeEveryOperation(this::interleave);
    }

    /// Lets other threads go first, now and then.
    private void interleave() {
        Simulation.pause(random.nextInt(4) - 1);
    }

    /// Returns a number that tells two runs of the same seed apart if they differ.
    long run() throws InterruptedException {
        int lives = 2 + random.nextInt(3);
        for (int life = 0; life < lives; life++) {
            try {
                live(life == 0);
            } catch (CorruptionException | AssertionError e) {
                throw new AssertionError("life " + life + ": " + e.getMessage(), e);
            }
        }
        return (files.operations() * 31 + sequence) * 31 + state.hashCode() + commits;
    }

    private void live(boolean isFirst) throws InterruptedException {
        SimulatedLedger ledger = new SimulatedLedger(sequence, state);
        fault(isFirst);
        EmbeddedStore store = tryToOpen();
        if (store != null) {
            work(store, ledger);
            end(store);
        }
        files.crash();
        recover(ledger);
    }

    /// Decides how this life will go wrong.
    private void fault(boolean isFirst) {
        int reach = isFirst && random.nextBoolean() ? 25 : 600;
        switch (random.nextInt(8)) {
            case 0 -> files.failOneSyncAfter(random.nextInt(reach));
            case 1, 2 ->
                    files.limitSpace(
                            files.usedBytes()
                                    + random.nextInt(random.nextBoolean() ? 30_000 : 300_000));
            case 3 -> files.failOneReadAfter(random.nextInt(reach));
            case 4 -> {}
            default -> files.failAfter(random.nextInt(reach));
        }
    }

    private @Nullable EmbeddedStore tryToOpen() {
        try {
            return open();
        } catch (CorruptionException e) {
            throw e;
        } catch (KvException e) {
            return null;
        }
    }

    private EmbeddedStore open() {
        long[] logBytes = {5_000, 30_000, 300_000};
        EmbeddedOptions options =
                new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, logBytes[random.nextInt(3)]);
        return EmbeddedStore.open(files, DIRECTORY, options, threads);
    }

    private void work(EmbeddedStore store, SimulatedLedger ledger) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        int steps = 3 + random.nextInt(30);
        for (int client = 0; client < count; client++) {
            int id = clientsSoFar++;
            SimulatedClient worker = new SimulatedClient(id, store, ledger, random.nextLong(), 0);
            running.add(
                    start(() -> {
                        worker.run(steps);
                        commits += worker.number();
                    }));
        }
        if (random.nextInt(3) == 0) {
            running.add(start(this::moreSpace));
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.getFirst().toString(), failures.getFirst());
        }
    }

    private Thread start(Runnable work) {
        Thread thread =
                threads.newThread(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        failures.add(e);
                    }
                });
        thread.start();
        return thread;
    }

    private void moreSpace() {
        Simulation.pause(random.nextInt(300));
        files.limitSpace(Long.MAX_VALUE);
    }

    /// Stops the store in one way or another. Its background threads must end in any case.
    private void end(EmbeddedStore store) {
        switch (random.nextInt(4)) {
            case 0 -> files.limitSpace(Long.MAX_VALUE);
            case 1 -> files.failAfter(random.nextInt(12));
            case 2 -> files.failAfter(0);
            default -> {}
        }
        try {
            store.close();
        } catch (CorruptionException e) {
            throw e;
        } catch (KvException e) {
            // What the life ahead of it led to.
        }
    }

    private void recover(SimulatedLedger ledger) {
        while (random.nextInt(3) == 0) {
            // The power fails during recovery.
            files.failAfter(random.nextInt(30));
            EmbeddedStore store = tryToOpen();
            if (store != null) {
                end(store);
            }
            files.crash();
        }
        EmbeddedStore store = open();
        NavigableMap<String, String> content = new TreeMap<>();
        try (Snapshot snapshot = store.snapshot()) {
            sequence = snapshot.sequence();
            try (RangeCursor cursor = snapshot.scan(KeyRange.all(), ScanOptions.FORWARD)) {
                while (cursor.next()) {
                    EntryBatch batch = cursor.batch();
                    for (int index = 0; index < batch.size(); index++) {
                        content.put(
                                Entries.text(batch.copyKey(index)),
                                Entries.text(batch.copyValue(index)));
                    }
                }
            }
        }
        state = content;
        ledger.judge(sequence, content);
        store.requireNoLostSpace();
        store.close();
        List<String> problems = StoreCheck.run(files, DIRECTORY).problems();
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toString());
        }
    }
}
