package org.cladedb.stress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cladedb.testing.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Heavy statements of every kind, hundreds of busy connections, thousands of idle ones, and
/// cancels and terminations at random: short statements are answered in time, nothing fails that
/// should not, and nothing is left behind.
///
/// The server is a process of its own with 2 GB of heap, as the launcher starts it.
/// `-Dstress.seconds=60` makes it shorter, `-Dseed=` repeats the choices, `-Dstress.java=` takes
/// other options for its JVM.
@Tag("slow")
final class StressTest {
    private static final int HEAVY = 16;
    private static final int BUSY = 350;
    private static final int IDLE = 5_000;

    /// Files that the process needs for itself.
    private static final long OTHER_FILES = 1_000;

    private static final String JAVA_OPTIONS =
            "-Xmx2g -XX:+UseParallelGC -XX:+UseCompactObjectHeaders";

    private static final double P99_MILLIS = 100;
    private static final long HEAP_GROWTH_MAX = 150L << 20;

    /// A busy client thinks for up to so long.
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    @TempDir private Path directory = Path.of("");

    private final long seed = Long.getLong("seed", 20_261_201L);
    private final long seconds = Long.getLong("stress.seconds", 600);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    @Test
    void shortStatementsAreAnsweredInTime() throws Exception {
        List<String> options =
                List.of(System.getProperty("stress.java", JAVA_OPTIONS).split(" ", -1));
        try (ServerProcess database = ServerProcess.startWith(options, directory.resolve("data"));
                Connection observer = DriverManager.getConnection(database.jdbcUrl())) {
            prepare(observer);
            long snapshots = number(observer, "select snapshots_open from clade_store");
            long heap = database.heapBytes();
            Latencies ones = new Latencies();
            Latencies points = new Latencies();
            List<IdleClient> idle = idle(database.port());
            try {
                load(database.jdbcUrl(), ones, points);
            } finally {
                over = true;
                for (IdleClient client : idle) {
                    client.close();
                }
            }
            System.out.printf("stress: seed %d, %d idle%n", seed, idle.size());
            System.out.printf("stress: select 1: %s%nstress: point select: %s%n", ones, points);
            System.out.printf(
                    "stress: longest commit pause %d us, checkpoints %d%n",
                    number(observer, "select longest_commit_pause_micros from clade_store"),
                    number(observer, "select checkpoints from clade_store"));
            awaitNoOthers(observer);
            long heapAfter = database.heapBytes();
            System.out.printf("stress: heap %d MB, before %d MB%n", heapAfter >> 20, heap >> 20);

            assertThat(faults).as("seed %d", seed).isEmpty();
            assertThat(number(observer, "select snapshots_open from clade_store"))
                    .as("snapshots left open")
                    .isLessThanOrEqualTo(snapshots);
            assertThat(number(observer, "select lock_waiters from clade_store")).isZero();
            assertThat(heapAfter - heap).as("growth of the heap").isLessThan(HEAP_GROWTH_MAX);
            assertThat(ones.millis(0.99)).as("p99 of select 1").isLessThan(P99_MILLIS);
            assertThat(points.millis(0.99)).as("p99 of a point select").isLessThan(P99_MILLIS);
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : Workload.SCHEMA) {
                statement.execute(sql);
            }
        }
    }

    private static List<IdleClient> idle(int port) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long files =
                system instanceof UnixOperatingSystemMXBean unix
                        ? unix.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE;
        long count = Math.clamp(files - OTHER_FILES - BUSY - HEAVY, 0, IDLE);
        List<IdleClient> idle = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            idle.add(new IdleClient(port));
        }
        return idle;
    }

    private void load(String url, Latencies ones, Latencies points) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < HEAVY; i++) {
            heavy(url, random.split());
        }
        for (int i = 0; i < BUSY; i++) {
            busy(url, random.split());
        }
        start("probe", () -> probe(url, ones, random.split(), "select 1"));
        start(
                "probe",
                () -> probe(url, points, random.split(), "select note from item where id ="));
        start("stopper", () -> stop(url, random.split()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && faults.isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        over = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            if (thread.isAlive()) {
                faults.add("still runs: " + thread.getName());
            }
        }
        for (Client client : clients) {
            client.close();
        }
    }

    /// Threads of the operating system, since the server has the virtual ones.
    private void start(String name, Runnable work) {
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(name)
                        .uncaughtExceptionHandler((_, failure) -> faults.add(failure.toString()))
                        .start(work);
        threads.add(thread);
    }

    private Client client(String url, String settings) {
        Client client = new Client(url, settings, faults);
        clients.add(client);
        return client;
    }

    private void heavy(String url, SplittableRandom random) {
        Client client = client(url, "set statement_timeout = '5s'");
        start(
                "heavy",
                () -> {
                    while (!over) {
                        client.run(Workload.heavy(random));
                        client.run("drop table if exists heavy_copy");
                    }
                });
    }

    private void busy(String url, SplittableRandom random) {
        Client client = client(url, "");
        start(
                "busy",
                () -> {
                    while (!over) {
                        client.run(Workload.busy(random));
                        LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
                    }
                });
    }

    private void probe(String url, Latencies latencies, SplittableRandom random, String sql) {
        try (Client client = new Client(url, "", faults)) {
            client.run("select 1");
            while (!over) {
                int id = 1 + random.nextInt(Workload.ROWS);
                String text = sql.endsWith("=") ? sql + " " + id : sql;
                long begun = System.nanoTime();
                client.run(text);
                latencies.add(System.nanoTime() - begun);
                LockSupport.parkNanos(random.nextLong(PAUSE_NANOS / 20));
            }
        } catch (SQLException failure) {
            faults.add(failure.toString());
        }
    }

    /// Cancels and terminates at random.
    private void stop(String url, SplittableRandom random) {
        try (Client client = new Client(url, "", faults)) {
            while (!over) {
                boolean heavy = random.nextBoolean();
                int victim =
                        clients.get(heavy ? random.nextInt(HEAVY) : HEAVY + random.nextInt(BUSY))
                                .processId;
                String function =
                        random.nextInt(4) == 0 ? "pg_terminate_backend" : "pg_cancel_backend";
                client.run("select " + function + "(" + victim + ")");
                LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
            }
        } catch (SQLException failure) {
            faults.add(failure.toString());
        }
    }

    private static void awaitNoOthers(Connection observer) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String others = "select count(*) from pg_stat_activity where pid <> pg_backend_pid()";
        while (number(observer, others) > 0) {
            assertThat(System.nanoTime()).as("sessions end").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
