package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.cladedb.CladeDB;
import org.cladedb.kv.UnavailableException;
import org.cladedb.server.CladeServer;
import org.cladedb.server.ServerConfig;
import org.cladedb.testing.ResultText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `clade_store` shows of the engine.
final class StoreViewTest {
    private static final int ROWS = 2_000;

    private static final Logger ENGINE_LOG = Logger.getLogger("org.cladedb.kv.embedded");

    @TempDir private Path directory = Path.of("");

    @Test
    void oldVersionsAreKeptAsLongAsSomebodyReadsThem() throws SQLException {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection writer = DriverManager.getConnection(database.jdbcUrl());
                Connection reader = DriverManager.getConnection(database.jdbcUrl())) {
            execute(writer, "CREATE TABLE t (id int PRIMARY KEY, n int, note text)");
            execute(
                    writer,
                    "INSERT INTO t SELECT i, 0, repeat('x', 200) FROM generate_series(1, %d) i"
                            .formatted(ROWS));
            long before = number(writer, "retained_bytes");

            reader.setAutoCommit(false);
            execute(reader, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            assertThat(sum(reader)).isZero();
            long open = number(writer, "snapshots_open");
            for (int i = 0; i < 5; i++) {
                execute(writer, "UPDATE t SET n = n + 1");
            }
            assertThat(number(writer, "retained_bytes"))
                    .as("bytes kept for the reader")
                    .isGreaterThan(before + ROWS * 200L);
            assertThat(number(writer, "oldest_snapshot_age")).isEqualTo(5);
            assertThat(sum(reader)).isZero();

            reader.commit();
            assertThat(number(writer, "retained_bytes")).isLessThan(before + ROWS * 100L);
            assertThat(number(writer, "oldest_snapshot_age")).isZero();
            assertThat(number(writer, "snapshots_open")).isLessThan(open);
            assertThat(sum(reader)).isEqualTo(5L * ROWS);
        }
    }

    @Test
    void statementsThatWaitForLocksAreCounted() throws Exception {
        try (CladeDB database = CladeDB.memory();
                Connection holder = DriverManager.getConnection(database.jdbcUrl());
                Connection waiter = DriverManager.getConnection(database.jdbcUrl());
                Connection watcher = DriverManager.getConnection(database.jdbcUrl())) {
            execute(holder, "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
            holder.setAutoCommit(false);
            execute(holder, "UPDATE t SET id = 2");
            assertThat(number(watcher, "lock_waiters")).isZero();
            Thread waiting =
                    Thread.startVirtualThread(() -> {
                        try {
                            execute(waiter, "DELETE FROM t");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            while (number(watcher, "lock_waiters") == 0) {
                assertThat(waiting.isAlive()).isTrue();
            }
            holder.commit();
            waiting.join();
            assertThat(number(watcher, "lock_waiters")).isZero();
        }
    }

    @Test
    void numbersFollowTheWork() throws SQLException, IOException {
        Path data = directory.resolve("data");
        try (CladeDB database = CladeDB.open(data);
                Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY)");
            long commits = number(connection, "commits");
            long syncs = number(connection, "syncs");
            long logBytes = number(connection, "recovery_log_bytes");
            long entries = number(connection, "entries_read");
            execute(connection, "INSERT INTO t VALUES (1), (2)");
            execute(connection, "INSERT INTO t VALUES (3)");
            assertThat(sum(connection, "id")).isEqualTo(6);
            assertThat(number(connection, "commits")).isEqualTo(commits + 2);
            assertThat(number(connection, "syncs")).isEqualTo(syncs + 2);
            assertThat(number(connection, "recovery_log_bytes")).isGreaterThan(logBytes);
            assertThat(number(connection, "entries_read")).isGreaterThanOrEqualTo(entries + 3);
            assertThat(
                            ResultText.of(
                                    connection,
                                    "SELECT engine, directory, failure FROM pg_catalog.clade_store"))
                    .containsExactly(
                            "engine:text|directory:text|failure:text",
                            "embedded|" + data.toRealPath() + "|NULL");
        }
    }

    /// A sort with too little memory keeps its file while somebody reads from it.
    @Test
    void temporaryFilesAreCounted() throws SQLException {
        try (CladeDB database = CladeDB.memory();
                Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Connection observer = DriverManager.getConnection(database.jdbcUrl())) {
            execute(connection, "SET work_mem = '64kB'");
            execute(connection, "BEGIN");
            execute(
                    connection,
                    "DECLARE c CURSOR FOR SELECT repeat(md5(i::text), 10)"
                            + " FROM generate_series(1, 5000) i ORDER BY 1");
            execute(connection, "FETCH 10 FROM c");
            assertThat(number(observer, "temporary_files_open")).isPositive();
            execute(connection, "COMMIT");
            assertThat(number(observer, "temporary_files_open")).isZero();
        }
    }

    /// A directory that disappears makes the next segment of the log fail, in whichever thread.
    @Test
    void failureIsShownAndLoggedOnce() throws SQLException, IOException {
        Path data = directory.resolve("data");
        Path moved = directory.resolve("moved");
        ServerConfig config = new ServerConfig(ServerConfig.DEFAULT_HOST, 0, data, 0, 0, 4_096, 10);
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Handler handler = collector(records);
        ENGINE_LOG.addHandler(handler);
        ENGINE_LOG.setUseParentHandlers(false);
        ENGINE_LOG.setLevel(Level.ALL);
        int acknowledged = 0;
        CladeServer server = CladeServer.start(config);
        try (Connection connection = connect(server)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, note text)");
            Files.move(data, moved);
            String state = "";
            for (int id = 1; id < 1_000 && state.isEmpty(); id++) {
                state = stateOf(connection, "INSERT INTO t VALUES (%d, repeat('x', 500))", id);
                acknowledged += state.isEmpty() ? 1 : 0;
            }
            assertThat(state).isIn("08007", "58030");
            assertThat(stateOf(connection, "INSERT INTO t VALUES (%d, '')", 0)).isEqualTo("58030");
            assertThat(number(connection, "id", "max")).isGreaterThanOrEqualTo(acknowledged);
            assertThat(ResultText.of(connection, "SELECT failure FROM clade_store").get(1))
                    .contains("failed")
                    .contains(data.toString());
            assertThat(records).as("told once").hasSize(1);
            assertThat(records.getFirst().getLevel()).isEqualTo(Level.SEVERE);
            assertThatThrownBy(server::close).isInstanceOf(UnavailableException.class);
        } finally {
            ENGINE_LOG.removeHandler(handler);
            ENGINE_LOG.setUseParentHandlers(true);
            server.close();
        }
        Files.move(moved, data);
        try (CladeDB database = CladeDB.open(data);
                Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            assertThat(number(connection, "id", "max")).isGreaterThanOrEqualTo(acknowledged);
            assertThat(stateOf(connection, "INSERT INTO t VALUES (%d, '')", 0)).isEmpty();
        }
    }

    private static Handler collector(List<LogRecord> records) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static Connection connect(CladeServer server) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(server.port()));
    }

    /// The SQLSTATE of the error, or nothing.
    private static String stateOf(Connection connection, String sql, int id) {
        try {
            execute(connection, sql.formatted(id));
            return "";
        } catch (SQLException failure) {
            return String.valueOf(failure.getSQLState());
        }
    }

    private static long number(Connection connection, String column, String aggregate)
            throws SQLException {
        return query(connection, "SELECT coalesce(%s(%s), 0) FROM t".formatted(aggregate, column));
    }

    @Test
    void memoryHasNoDirectory() throws SQLException {
        try (CladeDB database = CladeDB.memory();
                Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY)");
            assertThat(number(connection, "commits")).isPositive();
            assertThat(
                            ResultText.of(connection, "SELECT engine, directory FROM clade_store")
                                    .get(1))
                    .isEqualTo("memory|NULL");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long sum(Connection connection) throws SQLException {
        return sum(connection, "n");
    }

    private static long sum(Connection connection, String column) throws SQLException {
        return query(connection, "SELECT sum(" + column + ") FROM t");
    }

    private static long number(Connection connection, String column) throws SQLException {
        return query(connection, "SELECT " + column + " FROM clade_store");
    }

    private static long query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
