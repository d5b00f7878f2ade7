package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.cladedb.CladeDB;
import org.cladedb.testing.ResultText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `clade_store` shows of the engine.
final class StoreViewTest {
    private static final int ROWS = 2_000;

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
