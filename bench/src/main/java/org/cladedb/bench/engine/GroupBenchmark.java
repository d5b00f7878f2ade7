package org.cladedb.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongUnaryOperator;
import org.cladedb.bench.ResultFiles;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.embedded.StoreCheck;
import org.cladedb.kv.io.FileSystem;

/// What the engine does for groups, each beside the same work done without it: shared key prefixes,
/// full pages, bulk loads, scans of one table, deletion of a range.
///
/// Usage: `GroupBenchmark [rows] [result file]`.
final class GroupBenchmark {
    private static final long CACHE_BYTES = 1024L * 1024 * 1024;
    private static final long LOG_BYTES = 256L * 1024 * 1024;
    private static final int BATCH = 1000;
    private static final int RUNS = 9;
    private static final int WARM_UPS = 20;

    /// What an entry of a page takes besides key and value.
    private static final int ENTRY_BYTES = 8;

    /// One line of the table.
    ///
    /// @param plain the work without what is measured
    /// @param own the work with it
    private record Line(String work, String plainName, double plain, String ownName, double own) {}

    private final long rows;
    private final List<Line> lines = new ArrayList<>();

    private GroupBenchmark(long rows) {
        this.rows = rows;
    }

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 3_000_000;
        GroupBenchmark benchmark = new GroupBenchmark(rows);
        Path home = Files.createTempDirectory("group-bench");
        try {
            benchmark.run(home);
        } finally {
            Directories.delete(home);
        }
        System.out.print(benchmark.text());
        if (arguments.length > 1) {
            ResultFiles.write(
                    Path.of(arguments[1]),
                    "what the engine does for groups, " + rows + " rows",
                    benchmark.text(),
                    benchmark.json());
        }
    }

    private void run(Path home) throws IOException {
        Path bulk = home.resolve("bulk");
        Path ordered = home.resolve("ordered");
        Path unordered = home.resolve("unordered");
        warmUp(home.resolve("warm-up"));
        Load bulkLoad = load(bulk, this::loadAtOnce);
        Load commits = load(ordered, store -> commitAll(store, row -> row));
        Load random =
                load(unordered, store -> commitAll(store, row -> EngineData.shuffled(row, rows)));
        compression(ordered);
        fill(bulk, ordered, unordered);
        add("load in key order (s)", "commits", commits.seconds(), "bulk load", bulkLoad.seconds());
        add(
                "pages written per leaf",
                "commits in random order",
                random.pagesWritten() / (double) check(unordered).leaves(),
                "bulk load",
                bulkLoad.pagesWritten() / (double) check(bulk).leaves());
        try (EmbeddedStore store = open(bulk)) {
            scans(store);
        }
        deletion(bulk, home.resolve("deleted"));
    }

    private void add(String work, String plainName, double plain, String ownName, double own) {
        System.err.println(work);
        lines.add(new Line(work, plainName, plain, ownName, own));
    }

    // Loading

    /// What a load cost.
    private record Load(double seconds, long pagesWritten) {}

    /// A way to load all rows.
    private interface Loader {
        void load(EmbeddedStore store);
    }

    private static EmbeddedStore open(Path directory) {
        return EmbeddedStore.open(
                FileSystem.real(), directory, new EmbeddedOptions(CACHE_BYTES, LOG_BYTES));
    }

    private static Load load(Path directory, Loader loader) {
        System.err.println("loading " + directory.getFileName());
        try (EmbeddedStore store = open(directory)) {
            long start = System.nanoTime();
            loader.load(store);
            store.checkpoint();
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Load(seconds, store.metrics().pagesWritten());
        }
    }

    private void warmUp(Path directory) throws IOException {
        load(directory, this::loadAtOnce);
        Directories.delete(directory);
        load(directory, store -> commitAll(store, row -> row));
        Directories.delete(directory);
    }

    private void loadAtOnce(EmbeddedStore store) {
        try (BulkLoad load = store.bulkLoad(KeyRange.all())) {
            for (long row = 0; row < rows; row++) {
                Engine.Entry entry = EngineData.entry(row);
                load.add(entry.key(), entry.value());
            }
            load.commit(List.of(), List.of());
        }
    }

    private void commitAll(EmbeddedStore store, LongUnaryOperator order) {
        List<CommitRequest.Mutation> batch = new ArrayList<>(BATCH);
        for (long row = 0; row < rows; row++) {
            Engine.Entry entry = EngineData.entry(order.applyAsLong(row));
            batch.add(new CommitRequest.Put(entry.key(), entry.value()));
            if (batch.size() == BATCH || row == rows - 1) {
                store.commit(new CommitRequest(batch, List.of(), Durability.ASYNC));
                batch = new ArrayList<>(BATCH);
            }
        }
    }

    // Space

    private static StoreCheck.Report check(Path directory) {
        return StoreCheck.run(FileSystem.real(), directory);
    }

    private void compression(Path directory) {
        long bytes = 0;
        for (long row = 0; row < rows; row++) {
            Engine.Entry entry = EngineData.entry(row);
            bytes += entry.key().length + entry.value().length + ENTRY_BYTES;
        }
        add(
                "bytes a row in the leaves",
                "whole keys (computed)",
                bytes / (double) rows,
                "shared prefixes",
                check(directory).usedBytes() / (double) rows);
    }

    private void fill(Path bulk, Path ordered, Path unordered) {
        double random = fill(unordered);
        add("space in leaves that is free (%)", "random order", random, "ascending", fill(ordered));
        add("space in leaves that is free (%)", "random order", random, "bulk load", fill(bulk));
    }

    private static double fill(Path directory) {
        StoreCheck.Report report = check(directory);
        return 100.0 * (report.leafBytes() - report.usedBytes()) / report.leafBytes();
    }

    // Scans

    private void scans(EmbeddedStore store) {
        for (byte table : new byte[] {EngineData.ROOT, EngineData.CHILD, EngineData.GRANDCHILD}) {
            double all = medianMillis(() -> count(store, ScanOptions.FORWARD, table));
            ScanOptions tagged = ScanOptions.FORWARD.withTags(1L << table);
            double own = medianMillis(() -> count(store, tagged, table));
            String name = table == EngineData.ROOT ? "root" : "level " + table;
            add("scan of the " + name + " table (ms)", "all rows, filtered", all, "its tag", own);
        }
    }

    private long count(EmbeddedStore store, ScanOptions options, byte table) {
        long count = 0;
        try (Snapshot snapshot = store.snapshot();
                RangeCursor cursor = snapshot.scan(KeyRange.all(), options)) {
            EntryBatch batch = cursor.batch();
            while (cursor.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    if (batch.valueArray(i)[batch.valueOffset(i)] == table) {
                        count += batch.keys()[batch.keyOffset(i)] == EngineData.ROOT ? 1 : 0;
                    }
                }
            }
        }
        if (table == EngineData.ROOT && count != EngineData.roots(rows)) {
            throw new IllegalStateException(count + " root rows");
        }
        Sink.keep(count);
        return count;
    }

    private static double medianMillis(Runnable work) {
        for (int i = 0; i < WARM_UPS; i++) {
            work.run();
        }
        double[] millis = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            work.run();
            millis[run] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis[RUNS / 2];
    }

    // Deletion

    /// A root with everything below it, a third of all rows: by key, and as one range.
    private void deletion(Path from, Path to) throws IOException {
        byte[] start = EngineData.key(rows / 3);
        byte[] end = EngineData.key(2 * rows / 3);
        List<CommitRequest.Mutation> keys = new ArrayList<>();
        for (long row = rows / 3; row < 2 * rows / 3; row++) {
            keys.add(new CommitRequest.Delete(EngineData.key(row)));
        }
        double byKey = deletionMillis(from, to, keys);
        double byRange =
                deletionMillis(from, to, List.of(new CommitRequest.DeleteRange(start, end)));
        add("deletion of a third of the rows (ms)", "by key", byKey, "by range", byRange);
    }

    private static double deletionMillis(Path from, Path to, List<CommitRequest.Mutation> mutations)
            throws IOException {
        double[] millis = new double[3];
        for (int run = 0; run < millis.length; run++) {
            Directories.copy(from, to);
            try (EmbeddedStore store = open(to)) {
                long start = System.nanoTime();
                store.commit(new CommitRequest(mutations, List.of(), Durability.SYNC));
                millis[run] = (System.nanoTime() - start) / 1e6;
            }
            Directories.delete(to);
        }
        Arrays.sort(millis);
        return millis[1];
    }

    // Results

    private String text() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-40s %12.2f %-26s %12.2f %-16s %8.1fx%n",
                            line.work(),
                            line.plain(),
                            line.plainName(),
                            line.own(),
                            line.ownName(),
                            line.plain() / line.own()));
        }
        return text.toString();
    }

    private String json() {
        List<String> elements = new ArrayList<>();
        for (Line line : lines) {
            elements.add(
                    String.format(
                            Locale.ROOT,
                            "    {\"work\": \"%s\", \"%s\": %.3f, \"%s\": %.3f}",
                            line.work(),
                            line.plainName(),
                            line.plain(),
                            line.ownName(),
                            line.own()));
        }
        return String.join(",\n", elements);
    }
}
