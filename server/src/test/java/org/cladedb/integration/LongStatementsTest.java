package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With many more long statements than processors everybody else is served.
///
/// A server where long statements keep the processors to themselves answers nothing at all here, so
/// the bound need not be tight; `StressTest` measures.
@Timeout(120)
final class LongStatementsTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 10;

    private static CladeDB database;

    @BeforeAll
    static void open() {
        database = CladeDB.memory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Checks whether it should stop every thousand rows.
                "select sum(a * b) from generate_series(1, 1000000000) a,"
                        + " generate_series(1, 100000) b",
                // Spends its time within functions.
                "select count(*) from generate_series(1, 1000000000) i"
                        + " where repeat('a', 3000) || i like '%a%a%a%a%a%b%'"
            })
    void othersAreServed(String sql) throws Exception {
        int count = 4 * Runtime.getRuntime().availableProcessors();
        List<Connection> connections = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Connection client = connect()) {
            List<Future<String>> ends = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                Connection connection = connect();
                connections.add(connection);
                Statement statement = connection.createStatement();
                statements.add(statement);
                ends.add(threads.submit(() -> end(statement, sql, begun)));
            }
            begun.await();
            for (int round = 0; round < ROUNDS; round++) {
                serve(client);
            }
            long begin = System.nanoTime();
            for (Statement statement : statements) {
                statement.cancel();
            }
            for (Future<String> end : ends) {
                assertThat(end.get()).isEqualTo("57014");
            }
            assertThat(since(begin)).as("all cancelled").isLessThan(BOUND.multipliedBy(count));
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /// A statement on an open connection, and one on a new one.
    private static void serve(Connection client) throws SQLException {
        long begin = System.nanoTime();
        assertThat(one(client)).isEqualTo(1);
        assertThat(since(begin)).as("a short statement").isLessThan(BOUND);
        begin = System.nanoTime();
        try (Connection another = connect()) {
            assertThat(one(another)).isEqualTo(1);
        }
        assertThat(since(begin)).as("a new connection").isLessThan(BOUND);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl() + "&preferQueryMode=simple");
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 1")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static String end(Statement statement, String sql, CountDownLatch begun) {
        try {
            begun.countDown();
            statement.execute(sql);
            return "ended";
        } catch (SQLException failure) {
            return failure.getSQLState();
        }
    }
}
