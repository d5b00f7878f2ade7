package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cladedb.testing.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sixteen statements at once, each of which could fill the heap alone: they are answered or
/// refused with 53200, another client is answered all the while, and nothing is left.
final class MemoryPressureTest {
    private static final int CLIENTS = 16;

    private static final List<String> HEAVY =
            List.of(
                    "SELECT array_length(string_to_array(repeat('a,', 100000000), ','), 1)",
                    "SELECT length(string_agg(repeat('a', 1000000), '')) FROM generate_series(1, 3000)",
                    "SELECT length(upper(repeat('a', 200000000)))",
                    "SELECT length(replace(repeat('a', 1000000), 'a', repeat('b', 900)))",
                    "SELECT length(regexp_replace(repeat('a', 1000000), 'a', repeat('b', 900), 'g'))",
                    "SELECT length(array_fill(0, ARRAY[30000000])::text)",
                    "SELECT cardinality(array_agg(g)) FROM generate_series(1, 5000000) g",
                    "SELECT length(json_agg(repeat('a', 100000))::text) FROM generate_series(1, 3000)",
                    "SELECT jsonb_array_length(('[' || repeat('1,', 20000000) || '1]')::jsonb)",
                    "SELECT cardinality(('{' || repeat('1,', 20000000) || '1}')::int[])",
                    "SELECT count(*) FROM (SELECT repeat('x', 100) || g AS v FROM generate_series(1, 400000) g ORDER BY 1) s",
                    "SELECT count(DISTINCT repeat('x', 100) || g) FROM generate_series(1, 400000) g",
                    "SELECT count(*) FROM (SELECT repeat('x', 50) || g AS v, count(*) FROM generate_series(1, 300000) g GROUP BY 1) s",
                    "SELECT length(format('%s%s%s', repeat('a', 50000000), repeat('b', 50000000), repeat('c', 50000000)))",
                    "INSERT INTO big SELECT g, repeat('x', 1000) FROM generate_series(1, 100000) g",
                    "UPDATE small SET v = v + 1");

    @TempDir private Path directory;

    @Test
    void heavyStatementsInASmallHeap() throws Exception {
        try (ServerProcess server =
                ServerProcess.startWith(
                        List.of("-Xmx512m", "-XX:+UseParallelGC"), directory.resolve("data"))) {
            press(server, 1, HEAVY);
            assertThat(server.stop()).isEqualTo(143);
        }
    }

    /// The same again and again, and sixteen sorts that each have all the memory of an operator.
    @Test
    @Tag("slow")
    void againAndAgain() throws Exception {
        try (ServerProcess server =
                ServerProcess.startWith(
                        List.of("-Xmx512m", "-XX:+UseParallelGC"), directory.resolve("data"))) {
            press(server, 5, HEAVY);
        }
        String sort =
                "SELECT count(*) FROM (SELECT repeat('x', 200) || g AS v FROM generate_series(1, 800000) g"
                        + " ORDER BY 1) s";
        try (ServerProcess server =
                ServerProcess.startWith(
                        List.of("-Xmx2g", "-XX:+UseParallelGC"), directory.resolve("sorts"))) {
            press(server, 2, java.util.Collections.nCopies(CLIENTS, sort));
        }
    }

    private static void press(ServerProcess server, int rounds, List<String> statements)
            throws Exception {
        try (Connection watcher = DriverManager.getConnection(server.jdbcUrl());
                Statement watching = watcher.createStatement()) {
            watching.execute("CREATE TABLE big (id int PRIMARY KEY, v text)");
            watching.execute("CREATE TABLE small (id int PRIMARY KEY, v int)");
            watching.execute("INSERT INTO small SELECT g, 0 FROM generate_series(1, 20000) g");
            List<Future<List<String>>> clients = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
                for (int client = 0; client < CLIENTS; client++) {
                    int first = client;
                    clients.add(threads.submit(() -> heavy(server, statements, first, rounds)));
                }
                while (!clients.stream().allMatch(Future::isDone)) {
                    assertThat(number(watching, "SELECT 1")).isEqualTo(1);
                }
            }
            for (Future<List<String>> client : clients) {
                assertThat(client.get()).isEmpty();
            }
            assertThat(number(watching, "SELECT memory_used_bytes FROM clade_store")).isZero();
            assertThat(number(watching, "SELECT count(*) FROM small")).isEqualTo(20_000);
            // The one that asks has one.
            assertThat(number(watching, "SELECT snapshots_open FROM clade_store")).isEqualTo(1);
        }
    }

    /// Runs statements one after the other on a connection; returns what went otherwise than an
    /// answer or 53200.
    private static List<String> heavy(
            ServerProcess server, List<String> statements, int first, int rounds)
            throws SQLException {
        List<String> surprises = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (int round = 0; round < rounds; round++) {
                String sql = statements.get((first + round) % statements.size());
                try {
                    statement.execute(sql);
                } catch (SQLException failure) {
                    // The row of an INSERT may be there already.
                    if (!List.of("53200", "23505").contains(failure.getSQLState())) {
                        surprises.add(sql + ": " + failure.getSQLState() + " " + failure);
                    }
                }
            }
        }
        return surprises;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
