package org.cladedb.bench.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cladedb.bench.ResultFiles;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.io.FileSystem;

/// How long durable commits take while checkpoints run, and without any: `CommitLatency SECONDS
/// WRITERS CHECKPOINT_MEGABYTES [result file]`. Updates random rows of a store of a million.
final class CommitLatency {
    private static final long MEGABYTE = 1024L * 1024;
    private static final long CACHE_BYTES = 512 * MEGABYTE;
    private static final long NO_CHECKPOINT_BYTES = 1024 * 1024 * MEGABYTE;
    private static final long ROWS = 1_000_000;
    private static final int ROWS_PER_COMMIT = 10;

    /// The first seconds are not counted.
    private static final long WARM_UP_SECONDS = 5;

    /// What one run found.
    ///
    /// @param nanos of each commit, sorted
    private record Latencies(String name, long checkpoints, long[] nanos) {
        double at(double quantile) {
            int index = (int) Math.min(nanos.length - 1L, (long) (nanos.length * quantile));
            return nanos[index] / 1e6;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-20s %6d checkpoints %9d commits, ms: p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f"
                            + "  max %.2f%n",
                    name,
                    checkpoints,
                    nanos.length,
                    at(0.5),
                    at(0.9),
                    at(0.99),
                    at(0.999),
                    at(1));
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "    {\"work\": \"%s\", \"checkpoints\": %d, \"commits\": %d, \"p50\": %.3f,"
                            + " \"p90\": %.3f, \"p99\": %.3f, \"p999\": %.3f, \"max\": %.3f}",
                    name,
                    checkpoints,
                    nanos.length,
                    at(0.5),
                    at(0.9),
                    at(0.99),
                    at(0.999),
                    at(1));
        }
    }

    private CommitLatency() {}

    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        int writers = Integer.parseInt(arguments[1]);
        long logBytes = Long.parseLong(arguments[2]) * MEGABYTE;
        Latencies without = measure("without checkpoints", seconds, writers, NO_CHECKPOINT_BYTES);
        Latencies with = measure("with checkpoints", seconds, writers, logBytes);
        String table = without.line() + with.line();
        System.out.print(table);
        if (arguments.length > 3) {
            ResultFiles.write(
                    Path.of(arguments[3]),
                    "durable commits of "
                            + ROWS_PER_COMMIT
                            + " rows by "
                            + writers
                            + " writers, a checkpoint every "
                            + arguments[2]
                            + " MiB of log",
                    table,
                    without.json() + ",\n" + with.json());
        }
    }

    private static Latencies measure(String name, long seconds, int writers, long logBytes)
            throws Exception {
        System.err.println(name);
        Path directory = Files.createTempDirectory("latency");
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        FileSystem.real(), directory, new EmbeddedOptions(CACHE_BYTES, logBytes))) {
            load(store);
            run(store, WARM_UP_SECONDS, writers);
            long before = store.metrics().checkpoints();
            long[] nanos = run(store, seconds, writers);
            return new Latencies(name, store.metrics().checkpoints() - before, nanos);
        } finally {
            Directories.delete(directory);
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
}
