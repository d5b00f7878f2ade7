package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.cladedb.CladeDB;
import org.cladedb.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/// COPY and CREATE INDEX of more rows than go through the log.
final class BulkLoadTest {
    private static final int ROWS = 200_000;
    private static final String NOTE = "a note of about the length that notes have";

    @TempDir private Path directory = Path.of("");

    private static String ascending(int id) {
        return id + "\t" + (id * 7L % ROWS) + "\t" + NOTE + "\n";
    }

    @Test
    void rowsThatAscendDoNotGoThroughTheLog() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int UNIQUE, note text)");
            execute(connection, "CREATE INDEX t_note ON t (note, n)");
            long before = store(connection, "log_bytes");
            assertThat(copy(connection, ROWS, BulkLoadTest::ascending)).isEqualTo(ROWS);
            assertThat(store(connection, "log_bytes") - before).isLessThan(10_000);
            assertThat(store(connection, "recovery_log_bytes")).isLessThan(10_000);
            requireRows(connection, ROWS);
            assertThat(number(connection, "SELECT id FROM t WHERE n = 7")).isEqualTo(1);
            execute(connection, "UPDATE t SET n = n + 1000000 WHERE id < 10");
            execute(connection, "DELETE FROM t WHERE id BETWEEN 100 AND 199");
            requireRows(connection, ROWS - 100);
        }
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database)) {
            requireRows(connection, ROWS - 100);
        }
    }

    @Test
    void rowsThatDoNotAscendAreAllThere() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int UNIQUE, note text)");
            int turn = ROWS * 3 / 4;
            copy(connection, ROWS, line -> ascending(line <= turn ? line : ROWS + turn + 1 - line));
            requireRows(connection, ROWS);
        }
    }

    @Test
    void transactionSeesWhatItLoadedAndRollbackLeavesNothing() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int UNIQUE, note text)");
            execute(connection, "CREATE TABLE u (id int REFERENCES t)");
            long used = usedBytes(connection);
            connection.setAutoCommit(false);
            execute(connection, "SAVEPOINT before");
            copy(connection, ROWS, BulkLoadTest::ascending);
            requireRows(connection, ROWS);
            execute(connection, "DELETE FROM t WHERE id % 2 = 0");
            execute(connection, "INSERT INTO u VALUES (7)");
            requireRows(connection, ROWS / 2);
            execute(connection, "ROLLBACK TO before");
            requireRows(connection, 0);
            copy(connection, ROWS, BulkLoadTest::ascending);
            execute(connection, "CREATE INDEX t_note ON t (note, n)");
            assertThat(number(connection, "SELECT count(*) FROM t WHERE note > 'a' AND n < 10"))
                    .isEqualTo(10);
            connection.rollback();
            requireRows(connection, 0);
            connection.setAutoCommit(true);
            assertThat(usedBytes(connection)).isBetween(used - 100_000, used + 100_000);
        }
    }

    @Test
    void truncatedTablesAreLoadedInTheSameTransaction() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database);
                Connection other = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int UNIQUE, note text)");
            copy(connection, 1_000, BulkLoadTest::ascending);
            long before = store(connection, "log_bytes");
            connection.setAutoCommit(false);
            execute(connection, "TRUNCATE t");
            copy(connection, ROWS, BulkLoadTest::ascending);
            requireRows(connection, ROWS);
            connection.rollback();
            requireRows(other, 1_000);
            execute(connection, "TRUNCATE t");
            copy(connection, ROWS, BulkLoadTest::ascending);
            connection.commit();
            requireRows(other, ROWS);
            assertThat(store(other, "log_bytes") - before).isLessThan(10_000);
        }
    }

    @Test
    void errorAtTheLastRowLeavesNothing() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int UNIQUE, note text)");
            long used = usedBytes(connection);
            assertThatThrownBy(() ->
                            copy(connection, ROWS, id -> id < ROWS ? ascending(id) : "x\t1\ty\n"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("COPY t, line " + ROWS + ", column id: \"x\"");
            requireRows(connection, 0);
            assertThat(usedBytes(connection)).isBetween(used - 100_000, used + 100_000);
            assertThat(copy(connection, ROWS, BulkLoadTest::ascending)).isEqualTo(ROWS);
            requireRows(connection, ROWS);
        }
    }

    @Test
    void duplicatesAreErrors() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int, note text)");
            requireDuplicate(
                    () -> copy(connection, ROWS, id -> ascending(Math.min(id, ROWS - 1))),
                    "duplicate key value violates unique constraint \"t_pkey\"",
                    "Key (id)=(" + (ROWS - 1) + ") already exists.");
            execute(connection, "ALTER TABLE t ADD CONSTRAINT t_n UNIQUE (n)");
            requireDuplicate(
                    () ->
                            copy(
                                    connection,
                                    ROWS,
                                    id -> id < ROWS ? ascending(id) : id + "\t77\tx\n"),
                    "duplicate key value violates unique constraint \"t_n\"",
                    "Key (n)=(77) already exists.");
            requireRows(connection, 0);
            execute(connection, "ALTER TABLE t DROP CONSTRAINT t_n");
            copy(connection, ROWS, id -> id < ROWS ? ascending(id) : id + "\t77\tx\n");
            requireDuplicate(
                    () -> {
                        execute(connection, "CREATE UNIQUE INDEX t_n ON t (n)");
                        return 0;
                    },
                    "could not create unique index \"t_n\"",
                    "Key (n)=(77) is duplicated.");
            requireRows(connection, ROWS);
        }
    }

    @Test
    void othersSeeNothingOrAll() throws Exception {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database);
                Connection other = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int, note text)");
            AtomicBoolean stop = new AtomicBoolean();
            AtomicReference<Object> surprise = new AtomicReference<>();
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (!stop.get()) {
                                        long count = number(other, "SELECT count(*) FROM t");
                                        if (count != 0 && count != ROWS) {
                                            surprise.set(count);
                                        }
                                    }
                                } catch (SQLException exception) {
                                    surprise.set(exception);
                                }
                            });
            copy(connection, ROWS, BulkLoadTest::ascending);
            stop.set(true);
            reader.join();
            assertThat(surprise.get()).isNull();
            assertThat(number(other, "SELECT count(*) FROM t")).isEqualTo(ROWS);
        }
    }

    @Test
    void whoInsertsMeanwhileWaitsOrWasFirst() throws Exception {
        try (CladeDB database = CladeDB.open(directory.resolve("data"));
                Connection connection = connect(database);
                Connection other = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int, note text)");
            AtomicReference<Object> surprise = new AtomicReference<>();
            AtomicBoolean stop = new AtomicBoolean();
            int[] inserted = new int[1];
            Thread writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (!stop.get()) {
                                        int id = -1 - inserted[0];
                                        execute(
                                                other,
                                                "INSERT INTO t VALUES (%d, %d, 'x')"
                                                        .formatted(id, id));
                                        inserted[0]++;
                                        execute(other, "DELETE FROM t WHERE id = " + id);
                                    }
                                } catch (SQLException exception) {
                                    surprise.set(exception);
                                }
                            });
            copy(connection, ROWS, BulkLoadTest::ascending);
            stop.set(true);
            writer.join();
            assertThat(surprise.get()).isNull();
            assertThat(number(other, "SELECT count(*) FROM t")).isEqualTo(ROWS);
        }
    }

    @Test
    void killedBeforeTheCommitLeavesNothingAndAfterItAll() throws SQLException, IOException {
        Path data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int UNIQUE, note text)");
            connection.setAutoCommit(false);
            copy(connection, ROWS, BulkLoadTest::ascending);
            requireRows(connection, ROWS);
            server.kill();
        } catch (PSQLException _) {
            // Closing the connection finds that the server has gone.
        }
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            requireRows(connection, 0);
            copy(connection, ROWS, BulkLoadTest::ascending);
            server.kill();
        } catch (PSQLException _) {
            // As above.
        }
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            requireRows(connection, ROWS);
        }
    }

    private interface Work {
        long run() throws SQLException, IOException;
    }

    private static void requireDuplicate(Work work, String message, String detail) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        PSQLException.class,
                        exception -> {
                            var error = exception.getServerErrorMessage();
                            assertThat(exception.getSQLState()).isEqualTo("23505");
                            assertThat(error).isNotNull();
                            if (error != null) {
                                assertThat(error.getMessage()).isEqualTo(message);
                                assertThat(error.getDetail()).isEqualTo(detail);
                            }
                        });
    }

    private static Connection connect(CladeDB database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl());
    }

    private static long copy(Connection connection, int rows, IntFunction<String> line)
            throws SQLException, IOException {
        StringBuilder data = new StringBuilder();
        for (int id = 1; id <= rows; id++) {
            data.append(line.apply(id));
        }
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY t FROM STDIN", new StringReader(data.toString()));
    }

    /// By the table, and by the index on `n` if there is one.
    private static void requireRows(Connection connection, long count) throws SQLException {
        assertThat(number(connection, "SELECT count(*) FROM t")).isEqualTo(count);
        assertThat(number(connection, "SELECT count(*) FROM t WHERE n >= 0")).isEqualTo(count);
        assertThat(number(connection, "SELECT count(*) FROM (SELECT n FROM t ORDER BY n) s"))
                .isEqualTo(count);
    }

    private static long usedBytes(Connection connection) throws SQLException {
        return store(connection, "file_bytes") - store(connection, "free_bytes");
    }

    private static long store(Connection connection, String column) throws SQLException {
        return number(connection, "SELECT " + column + " FROM pg_catalog.clade_store");
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
