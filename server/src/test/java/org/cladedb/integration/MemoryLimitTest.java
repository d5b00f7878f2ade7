package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cladedb.server.CladeServer;
import org.cladedb.server.ServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server whose statements may hold sixteen megabytes together.
final class MemoryLimitTest {
    private static final int LIMIT_BYTES = 16 << 20;

    private final CladeServer server =
            CladeServer.start(
                    new ServerConfig(ServerConfig.DEFAULT_HOST, 0, null, 0, LIMIT_BYTES, 0, 20));

    @AfterEach
    void nothingIsHeldAtTheEnd() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(usedBytes(connection)).isZero();
        }
        server.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=postgres");
    }

    private static long usedBytes(Connection connection) throws SQLException {
        return number(connection, "SELECT memory_used_bytes FROM clade_store");
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void refuses(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).isEqualTo("53200"));
    }

    @Test
    void aMessageForWhichThereIsNoMemoryIsReadToItsEndAndRefused() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement length = connection.prepareStatement("SELECT length(?)")) {
            length.setString(1, "x".repeat(2 * LIMIT_BYTES));
            refuses(length::executeQuery);
            length.setString(1, "x".repeat(LIMIT_BYTES / 8));
            try (ResultSet rows = length.executeQuery()) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(LIMIT_BYTES / 8);
            }
            refuses(() -> number(connection, "SELECT length('" + "x".repeat(LIMIT_BYTES) + "')"));
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void aTransactionThatKeepsTooMuchGoesOnFromItsSavepoint() throws SQLException {
        try (Connection connection = connect();
                Connection other = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int PRIMARY KEY, v int, pad text)");
            for (int part = 0; part < 6; part++) {
                statement.execute(
                        "INSERT INTO t SELECT g, 0, repeat('x', 200) FROM generate_series(%d, %d) g"
                                .formatted(part * 5_000, part * 5_000 + 4_999));
            }
            connection.setAutoCommit(false);
            statement.execute("UPDATE t SET v = 1 WHERE id < 10");
            Savepoint savepoint = connection.setSavepoint();
            refuses(() -> statement.execute("UPDATE t SET v = 2"));
            connection.rollback(savepoint);
            assertThat(number(connection, "SELECT sum(v) FROM t")).isEqualTo(10);
            assertThat(number(other, "SELECT count(*) FROM t")).isEqualTo(30_000);
            statement.execute("UPDATE t SET v = 3 WHERE id = 10");
            connection.commit();
            assertThat(number(other, "SELECT sum(v) FROM t")).isEqualTo(13);
        }
    }

    @Test
    void theServersLimitRefusesTheLateComerAndSmallStatementsGoOn() throws SQLException {
        try (Connection first = connect();
                Connection second = connect();
                Connection third = connect();
                Statement cursor = first.createStatement();
                Statement secondCursor = second.createStatement()) {
            String rows =
                    "SELECT repeat('x', 1000) || g FROM generate_series(1, 2500) g ORDER BY 1";
            openCursor(first, cursor, rows);
            openCursor(second, secondCursor, rows);
            assertThat(usedBytes(third)).isLessThan(LIMIT_BYTES + (1 << 20));
            refuses(() -> number(third, "SELECT length(repeat('x', 7000000))"));
            assertThat(number(third, "SELECT sum(x) FROM (SELECT 1 AS x ORDER BY 1) s"))
                    .isEqualTo(1);
            first.rollback();
            second.rollback();
            assertThat(number(third, "SELECT length(repeat('x', 7000000))")).isEqualTo(7_000_000);
        }
    }

    private static void openCursor(Connection connection, Statement statement, String query)
            throws SQLException {
        connection.setAutoCommit(false);
        statement.execute("SET work_mem = '1GB'");
        statement.execute("DECLARE c CURSOR FOR " + query);
        statement.execute("FETCH 1 FROM c");
    }
}
