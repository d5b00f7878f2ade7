package org.cladedb.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.cladedb.bench.ResultFiles;
import org.cladedb.bench.engine.Engine.Entry;

/// The same work by each engine in turn; every figure is the median of several runs. Reads run on
/// the store that was loaded in random order, settled and opened anew. Usage: `EngineBenchmark
/// [rows] [cache MiB] [result file] [engine...]`.
public final class EngineBenchmark {
    private static final int BATCH = 1000;
    private static final int RUNS = 5;
    private static final int LONG_RUNS = 3;
    private static final int RANGE = 100;
    private static final long RATE_MILLIS = 2000;
    private static final int MIXED_THREADS = 4;
    private static final long MEBIBYTE = 1024 * 1024;

    private static final Map<String, Engine.Factory> ENGINES = new LinkedHashMap<>();

    static {
        ENGINES.put("CladeDB", CladeEngine::open);
        ENGINES.put("LMDB", LmdbEngine::open);
        ENGINES.put("RocksDB", RocksEngine::open);
        ENGINES.put("MVStore", MvStoreEngine::open);
    }

    private final EngineResults results = new EngineResults();
    private final long rows;
    private final long cacheBytes;

    private EngineBenchmark(long rows, long cacheBytes) {
        this.rows = rows;
        this.cacheBytes = cacheBytes;
    }

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 3_000_000;
        long cache = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1024;
        EngineBenchmark benchmark = new EngineBenchmark(rows, cache * MEBIBYTE);
        List<String> chosen =
                arguments.length > 3
                        ? List.of(arguments).subList(3, arguments.length)
                        : List.copyOf(ENGINES.keySet());
        for (String name : chosen) {
            Engine.Factory factory = ENGINES.get(name);
            if (factory == null) {
                throw new IllegalArgumentException("no engine is called " + name);
            }
            benchmark.run(name, factory);
        }
        System.out.print(benchmark.results.text());
        if (arguments.length > 2 && !arguments[2].isEmpty()) {
            ResultFiles.write(
                    Path.of(arguments[2]),
                    "engines, " + rows + " rows, cache of " + cache + " MiB",
                    benchmark.results.text(),
                    benchmark.results.json());
        }
    }

    private void run(String name, Engine.Factory factory) throws Exception {
        Path home = Files.createTempDirectory("engine-bench");
        try {
            load(name, "ordered load (rows/s)", factory, home.resolve("ordered"), row -> row);
            results.add(
                    "file size, ordered (MiB)",
                    name,
                    bytes(home.resolve("ordered")) / (double) MEBIBYTE);
            Path data = home.resolve("unordered");
            load(
                    name,
                    "unordered load (rows/s)",
                    factory,
                    data,
                    row -> EngineData.shuffled(row, rows));
            results.add("file size, unordered (MiB)", name, bytes(data) / (double) MEBIBYTE);
            try (Engine engine = factory.open(data, cacheBytes, true)) {
                reads(name, engine);
                commits(name, engine);
            }
            try (Engine engine = factory.open(data, cacheBytes, false)) {
                mixed(name, engine);
            }
            recovery(name, factory, home);
            deletion(name, factory, home.resolve("ordered"));
        } finally {
            Directories.delete(home);
        }
    }

    private void load(
            String name, String work, Engine.Factory factory, Path path, LongUnaryOperator order)
            throws Exception {
        say(name, work);
        double[] rates = new double[LONG_RUNS];
        for (int run = 0; run < LONG_RUNS; run++) {
            if (run > 0) {
                Directories.delete(path);
            }
            rates[run] = rows / loadSeconds(factory, path, order);
        }
        results.add(work, name, median(rates));
    }

    private double loadSeconds(Engine.Factory factory, Path path, LongUnaryOperator order)
            throws Exception {
        try (Engine engine = factory.open(path, cacheBytes, false)) {
            long start = System.nanoTime();
            List<Entry> batch = new ArrayList<>(BATCH);
            for (long row = 0; row < rows; row++) {
                batch.add(EngineData.entry(order.applyAsLong(row)));
                if (batch.size() == BATCH || row == rows - 1) {
                    engine.commit(batch, false);
                    batch = new ArrayList<>(BATCH);
                }
            }
            engine.settle();
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private void reads(String name, Engine engine) {
        say(name, "reads");
        try (Engine.Reader reader = engine.reader()) {
            byte[] first = new byte[0];
            double scan = medianSeconds(() -> require(rows, reader.scan(first, Long.MAX_VALUE)));
            results.add("scan of all (rows/s)", name, rows / scan);
            long roots = EngineData.roots(rows);
            double table = medianSeconds(() -> require(roots, reader.scanRoots()));
            results.add("scan of the root table (ms)", name, table * 1000);
            SplittableRandom random = new SplittableRandom(1);
            int ranges = 20_000;
            double range =
                    medianSeconds(() -> {
                        for (int i = 0; i < ranges; i++) {
                            long row = random.nextLong(rows - RANGE);
                            require(RANGE, reader.scan(EngineData.key(row), RANGE));
                        }
                    });
            results.add("range of 100 (ranges/s)", name, ranges / range);
            int gets = 200_000;
            double get =
                    medianSeconds(() -> {
                        for (int i = 0; i < gets; i++) {
                            byte[] key = EngineData.key(random.nextLong(rows));
                            require(60, reader.get(key));
                        }
                    });
            results.add("point read (reads/s)", name, gets / get);
        }
    }

    private static void require(long expected, long actual) {
        if (expected != actual) {
            throw new IllegalStateException(actual + " instead of " + expected);
        }
    }

    private static double medianSeconds(Runnable work) {
        double[] seconds = new double[RUNS];
        work.run();
        work.run();
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            work.run();
            seconds[run] = (System.nanoTime() - start) / 1e9;
        }
        return median(seconds);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private void commits(String name, Engine engine) throws Exception {
        for (int writers : new int[] {1, 8, 64}) {
            say(name, writers + " writers");
            results.add(
                    "durable commits, " + writers + " writers (commits/s)",
                    name,
                    rate(
                            writers,
                            random -> {
                                engine.commit(
                                        List.of(EngineData.entry(random.nextLong(rows))), true);
                            }));
        }
    }

    private void mixed(String name, Engine engine) throws Exception {
        for (int writes : new int[] {5, 50}) {
            say(name, "mixed, " + writes + " % writes");
            results.add(
                    "mixed, " + (100 - writes) + "/" + writes + ", 4 threads (operations/s)",
                    name,
                    rate(MIXED_THREADS, random -> readOrWrite(engine, random, writes)));
        }
    }

    private void readOrWrite(Engine engine, SplittableRandom random, int writes) throws Exception {
        long row = random.nextLong(rows);
        if (random.nextInt(100) < writes) {
            engine.commit(List.of(EngineData.entry(row)), false);
        } else {
            try (Engine.Reader reader = engine.reader()) {
                require(60, reader.get(EngineData.key(row)));
            }
        }
    }

    /// What a thread does over and over.
    private interface Step {
        void run(SplittableRandom random) throws Exception;
    }

    private static double rate(int threads, Step step) throws Exception {
        double[] rates = new double[LONG_RUNS];
        for (int run = 0; run < LONG_RUNS; run++) {
            rates[run] = rateOnce(threads, step);
        }
        return median(rates);
    }

    private static double rateOnce(int threads, Step step) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> counts = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                SplittableRandom random = new SplittableRandom(i);
                counts.add(
                        executor.submit(() -> {
                            long count = 0;
                            while (!stop.get()) {
                                step.run(random);
                                count++;
                            }
                            return count;
                        }));
            }
            Thread.sleep(RATE_MILLIS);
            stop.set(true);
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - start);
        }
    }

    /// Opens a copy of the files of a store that was written to and not closed.
    private void recovery(String name, Engine.Factory factory, Path home) throws Exception {
        say(name, "recovery");
        Path live = home.resolve("ordered");
        Path image = home.resolve("image");
        long written = Math.min(rows, 500_000);
        try (Engine engine = factory.open(live, cacheBytes, false)) {
            List<Entry> batch = new ArrayList<>();
            for (long row = 0; row < written; row++) {
                batch.add(EngineData.entry(EngineData.shuffled(row, rows)));
                if (batch.size() == 10 || row == written - 1) {
                    engine.commit(batch, row == written - 1);
                    batch = new ArrayList<>();
                }
            }
            Directories.copy(live, image);
        }
        double[] millis = new double[LONG_RUNS];
        for (int run = 0; run < LONG_RUNS; run++) {
            Path opened = home.resolve("recovered-" + run);
            Directories.copy(image, opened);
            millis[run] = recoveryMillis(factory, opened);
            Directories.delete(opened);
        }
        results.add("recovery after " + written + " changes (ms)", name, median(millis));
    }

    private double recoveryMillis(Engine.Factory factory, Path image) throws Exception {
        long start = System.nanoTime();
        try (Engine engine = factory.open(image, cacheBytes, false);
                Engine.Reader reader = engine.reader()) {
            require(60, reader.get(EngineData.key(0)));
            return (System.nanoTime() - start) / 1e6;
        }
    }

    /// A third of all rows, as one range: what dropping a table or a large subtree does.
    private void deletion(String name, Engine.Factory factory, Path path) throws Exception {
        say(name, "deletion");
        double[] millis = new double[LONG_RUNS];
        for (int run = 0; run < LONG_RUNS; run++) {
            Path opened = path.resolveSibling("deletion-" + run);
            Directories.copy(path, opened);
            millis[run] = deletionMillis(factory, opened);
            Directories.delete(opened);
        }
        results.add("deletion of a third of the rows (ms)", name, median(millis));
    }

    private double deletionMillis(Engine.Factory factory, Path path) throws Exception {
        byte[] start = EngineData.key(rows / 3);
        byte[] end = EngineData.key(2 * rows / 3);
        try (Engine engine = factory.open(path, cacheBytes, true)) {
            long began = System.nanoTime();
            engine.deleteRange(start, end);
            double millis = (System.nanoTime() - began) / 1e6;
            try (Engine.Reader reader = engine.reader()) {
                require(-1, reader.get(start));
                require(-1, reader.get(EngineData.key(2 * rows / 3 - 1)));
                require(60, reader.get(end));
                require(rows - 2 * rows / 3 + rows / 3, reader.scan(new byte[0], Long.MAX_VALUE));
            }
            return millis;
        }
    }

    private static long bytes(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(path);
            }
        }
        return bytes;
    }

    private static void say(String name, String what) {
        System.err.println(name + ": " + what);
    }
}
