package org.cladedb.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.cladedb.testing.RealPostgres;

/// How many statements a server answers in each of its first seconds: with the archive that the
/// launcher trains, without, and PostgreSQL 18. One server after the other, each new.
///
/// Four clients send small statements by the simple protocol, text after text, as psql, scripts and
/// many ORMs do. Usage: `WarmUpBenchmark [seconds] [result file]`.
public final class WarmUpBenchmark {
    private static final int CLIENTS = 4;

    /// Until the clients, which run on a JVM themselves, are quick.
    private static final int CLIENT_SECONDS = 8;

    private static final int ROWS = 10_000;
    private static final List<Integer> ROUND = List.of(1, 2, 3, 4, 5, 7, 10, 15, 20, 25, 30);

    private final int seconds;
    private final List<String> lines = new ArrayList<>();
    private final List<String> elements = new ArrayList<>();

    private WarmUpBenchmark(int seconds) {
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        try (RealPostgres server = RealPostgres.start()) {
            new WarmUpBenchmark(CLIENT_SECONDS).measure("the clients themselves", server.port());
        }
        WarmUpBenchmark benchmark = new WarmUpBenchmark(seconds);
        try (CladeProcess server = CladeProcess.start(Map.of())) {
            benchmark.measure("CladeDB", server.port());
        }
        try (CladeProcess server =
                CladeProcess.start(Map.of("CLADE_JAVA_OPTIONS", "-XX:AOTMode=off"))) {
            benchmark.measure("CladeDB, no archive", server.port());
        }
        try (RealPostgres server = RealPostgres.start("shared_buffers=1GB")) {
            benchmark.measure("PostgreSQL", server.port());
        }
        String table = String.join("\n", benchmark.lines) + "\n";
        System.out.print(table);
        if (arguments.length > 1) {
            ResultFiles.write(
                    Path.of(arguments[1]),
                    "statements a second in the first seconds of a server, 4 clients, simple protocol",
                    table,
                    String.join(",\n", benchmark.elements));
        }
    }

    private void measure(String name, int port) throws IOException, InterruptedException {
        System.err.println("measuring " + name);
        long start = System.nanoTime();
        AtomicLongArray counts = new AtomicLongArray(seconds);
        try (DrainClient client = new DrainClient(port, "postgres", "postgres")) {
            client.query("CREATE TABLE warm (id int PRIMARY KEY, name text, amount bigint)");
            client.query(
                    "INSERT INTO warm SELECT g, 'name ' || g, g FROM generate_series(1, %d) g"
                            .formatted(ROWS));
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().start(() -> work(port, number, start, counts)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        report(name, counts);
    }

    private void work(int port, int number, long start, AtomicLongArray counts) {
        SplittableRandom random = new SplittableRandom(number);
        int inserted = ROWS + number;
        try (DrainClient client = new DrainClient(port, "postgres", "postgres")) {
            while (true) {
                int id = 1 + random.nextInt(ROWS);
                int kind = random.nextInt(10);
                if (kind < 6) {
                    client.query("SELECT id, name, amount FROM warm WHERE id = " + id);
                } else if (kind < 8) {
                    client.query("UPDATE warm SET amount = amount + 1 WHERE id = " + id);
                } else if (kind < 9) {
                    inserted += CLIENTS;
                    client.query(
                            "INSERT INTO warm VALUES (%d, 'new %d', %d)"
                                    .formatted(inserted, id, id));
                } else {
                    client.query(
                            "SELECT count(*), sum(amount) FROM warm WHERE id BETWEEN %d AND %d"
                                    .formatted(id, id + 20));
                }
                long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
                if (second >= seconds) {
                    return;
                }
                counts.incrementAndGet((int) second);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void report(String name, AtomicLongArray counts) {
        if (lines.isEmpty()) {
            StringBuilder header = new StringBuilder("%-22s".formatted("second"));
            ROUND.stream()
                    .filter(second -> second <= seconds)
                    .forEach(second -> header.append("%8d".formatted(second)));
            lines.add(header.toString());
        }
        StringBuilder line = new StringBuilder("%-22s".formatted(name));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            all.add(Long.toString(counts.get(i)));
            if (ROUND.contains(i + 1)) {
                line.append("%8d".formatted(counts.get(i)));
            }
        }
        lines.add(line.toString());
        elements.add(
                "    {\"server\": \"%s\", \"statements_per_second\": [%s]}"
                        .formatted(name, String.join(", ", all)));
    }
}
