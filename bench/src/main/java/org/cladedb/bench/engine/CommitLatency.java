package org.cladedb.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.StoreMetrics;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.io.FileSystem;

/// How long durable commits take while checkpoints run: `CommitLatency SECONDS WRITERS
/// CHECKPOINT_MEGABYTES`. Updates random rows of a store of a million.
final class CommitLatency {
    private static final long MEGABYTE = 1024L * 1024;
    private static final long CACHE_BYTES = 256 * MEGABYTE;
    private static final long ROWS = 1_000_000;
    private static final int ROWS_PER_COMMIT = 10;

    private CommitLatency() {}

    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        int writers = Integer.parseInt(arguments[1]);
        long logBytes = Long.parseLong(arguments[2]) * MEGABYTE;
        Path directory = Files.createTempDirectory("latency");
        try {
            try (EmbeddedStore store =
                    EmbeddedStore.open(
                            FileSystem.real(),
                            directory,
                            new EmbeddedOptions(CACHE_BYTES, logBytes))) {
                load(store);
                StoreMetrics before = store.metrics();
                long[] nanos = run(store, seconds, writers);
                print(nanos, before, store.metrics());
            }
        } finally {
            delete(directory);
        }
    }

    private static void load(EmbeddedStore store) {
        try (BulkLoad load = store.bulkLoad(KeyRange.all())) {
            for (long row = 0; row < ROWS; row++) {
                Engine.Entry entry = EngineData.entry(row);
                load.add(entry.key(), entry.value());
            }
            load.commit(List.of(), List.of());
        }
    }

    private static long[] run(EmbeddedStore store, long seconds, int writers) throws Exception {
        long start = System.nanoTime();
        List<Long> all = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(writers)) {
            List<Future<List<Long>>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                Random random = new Random(writer);
                running.add(
                        executor.submit(() -> {
                            List<Long> nanos = new ArrayList<>();
                            while (System.nanoTime() - start < seconds * 1_000_000_000L) {
                                CommitRequest request = request(random);
                                long before = System.nanoTime();
                                store.commit(request);
                                nanos.add(System.nanoTime() - before);
                            }
                            return nanos;
                        }));
            }
            for (Future<List<Long>> future : running) {
                all.addAll(future.get());
            }
        }
        long[] nanos = all.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(nanos);
        return nanos;
    }

    private static CommitRequest request(Random random) {
        List<CommitRequest.Mutation> mutations = new ArrayList<>();
        for (int row = 0; row < ROWS_PER_COMMIT; row++) {
            Engine.Entry entry = EngineData.entry(random.nextLong(ROWS));
            mutations.add(new CommitRequest.Put(entry.key(), entry.value()));
        }
        return new CommitRequest(mutations, List.of(), Durability.SYNC);
    }

    private static void print(long[] nanos, StoreMetrics before, StoreMetrics after) {
        System.out.printf(
                "%d commits, %d checkpoints, milliseconds: p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f"
                        + "  max %.2f%n",
                nanos.length,
                after.checkpoints() - before.checkpoints(),
                at(nanos, 0.5),
                at(nanos, 0.9),
                at(nanos, 0.99),
                at(nanos, 0.999),
                at(nanos, 1));
        System.out.printf(
                "file before %d MB, after %d MB, of it free %d MB; dirty %d MB, log to recover %d"
                        + " MB%n",
                before.fileBytes() / MEGABYTE,
                after.fileBytes() / MEGABYTE,
                after.freeBytes() / MEGABYTE,
                after.dirtyBytes() / MEGABYTE,
                after.recoveryLogBytes() / MEGABYTE);
    }

    private static double at(long[] sorted, double quantile) {
        int index = (int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile));
        return sorted[index] / 1e6;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
