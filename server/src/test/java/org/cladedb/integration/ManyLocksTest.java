package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert;
import org.cladedb.testing.ServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A transaction that has locked so many rows that it locks their tables instead: who conflicts
/// with it waits, nobody else does, and all is over with it.
final class ManyLocksTest {
    /// Several times what a transaction locks one by one at this limit of memory.
    private static final int ROWS = 40_000;

    @TempDir private Path directory;
    private ServerProcess server;
    private Connection large;
    private Connection small;

    @BeforeEach
    void start() throws SQLException {
        server = ServerProcess.start(directory.resolve("data"), "--memory-limit-mb", "16");
        large = DriverManager.getConnection(server.jdbcUrl());
        small = DriverManager.getConnection(server.jdbcUrl());
        run(large, "CREATE TABLE t (id int PRIMARY KEY, v int)");
        run(large, "CREATE TABLE u (id int PRIMARY KEY, t_id int REFERENCES t)");
        run(large, "INSERT INTO t SELECT g, 0 FROM generate_series(1, %d) g".formatted(ROWS));
        run(large, "INSERT INTO u VALUES (0, NULL)");
        run(small, "SET lock_timeout = '50ms'");
    }

    @AfterEach
    void stop() throws SQLException {
        large.close();
        small.close();
        server.close();
    }

    @Test
    void othersReadAndWriteOtherTables() throws SQLException {
        begin("UPDATE t SET v = v + 1");
        assertThat(number(small, "SELECT sum(v) FROM t")).isZero();
        run(small, "INSERT INTO u VALUES (1, NULL)");
        // Refers to a row that is only updated.
        run(small, "INSERT INTO u VALUES (2, 7)");
        assertRefused("55P03", "UPDATE t SET v = 9 WHERE id = 5");
        assertRefused("55P03", "INSERT INTO t VALUES (0, 0)");
        run(small, "BEGIN");
        assertRefused("55P03", "LOCK TABLE t IN ROW EXCLUSIVE MODE NOWAIT");
        run(small, "ROLLBACK");
        run(large, "COMMIT");
        run(small, "UPDATE t SET v = v + 10 WHERE id = 5");
        assertThat(number(small, "SELECT sum(v) FROM t")).isEqualTo(ROWS + 10L);
    }

    @Test
    void whoWaitsGoesOnWithTheNewRow() throws Exception {
        run(small, "SET lock_timeout = 0");
        begin("UPDATE t SET v = v + 1");
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> quietly("UPDATE t SET v = v * 10 WHERE id = 3"));
        awaitWaiter();
        run(large, "COMMIT");
        waiting.get();
        assertThat(number(large, "SELECT v FROM t WHERE id = 3")).isEqualTo(10);
        run(large, "UPDATE t SET v = 0 WHERE id = 4");
    }

    @Test
    void deadlocksAreFound() throws Exception {
        run(small, "SET lock_timeout = 0");
        run(small, "BEGIN");
        run(small, "UPDATE u SET t_id = NULL WHERE id = 0");
        begin("UPDATE t SET v = v + 1");
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> quietly("UPDATE t SET v = 5 WHERE id = 3"));
        awaitWaiter();
        run(large, "SET deadlock_timeout = '10ms'");
        assertThatThrownBy(() -> run(large, "UPDATE u SET t_id = NULL WHERE id = 0"))
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isEqualTo("40P01");
        run(large, "ROLLBACK");
        waiting.get();
        run(small, "COMMIT");
        assertThat(number(large, "SELECT sum(v) FROM t")).isEqualTo(5);
    }

    @Test
    void savepointsGiveTheTablesBack() throws SQLException {
        run(large, "BEGIN");
        run(large, "SAVEPOINT s");
        run(large, "UPDATE t SET v = v + 1");
        run(large, "ROLLBACK TO s");
        run(small, "BEGIN");
        run(small, "UPDATE t SET v = 7 WHERE id = %d".formatted(ROWS));
        run(large, "SET lock_timeout = '50ms'");
        assertRefused(large, "55P03", "UPDATE t SET v = 8 WHERE id = %d".formatted(ROWS));
        run(large, "ROLLBACK");
        run(small, "COMMIT");
        assertThat(number(large, "SELECT sum(v) FROM t")).isEqualTo(7);
    }

    /// Locks that keep rows from being deleted while others refer to them.
    @Test
    void manyReferencesKeepTheirRows() throws SQLException {
        begin("INSERT INTO u SELECT g, g FROM generate_series(1, %d) g".formatted(ROWS));
        run(small, "INSERT INTO u VALUES (-1, 5)");
        assertRefused("55P03", "DELETE FROM t WHERE id = %d".formatted(ROWS));
        run(large, "COMMIT");
        assertRefused("23503", "DELETE FROM t WHERE id = %d".formatted(ROWS));
    }

    @Test
    void manyDeletedRowsGetNoReferences() throws SQLException {
        begin("DELETE FROM t");
        run(small, "INSERT INTO u VALUES (1, NULL)");
        assertRefused("55P03", "INSERT INTO u VALUES (2, %d)".formatted(ROWS));
        run(large, "COMMIT");
        assertRefused("23503", "INSERT INTO u VALUES (2, %d)".formatted(ROWS));
    }

    /// What the locks take is bounded, or the largest of these could not be.
    private void begin(String sql) throws SQLException {
        run(large, "BEGIN");
        run(large, sql);
        assertThat(number(large, "SELECT memory_used_bytes FROM clade_store")).isLessThan(8 << 20);
    }

    private void awaitWaiter() throws SQLException {
        while (number(large, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
            Thread.onSpinWait();
        }
    }

    private void assertRefused(String state, String sql) {
        assertRefused(small, state, sql);
    }

    private static void assertRefused(Connection connection, String state, String sql) {
        ThrowableAssert.ThrowingCallable call = () -> run(connection, sql);
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isEqualTo(state);
    }

    private void quietly(String sql) {
        try {
            run(small, sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
