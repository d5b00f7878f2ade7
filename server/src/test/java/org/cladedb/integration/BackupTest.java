package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cladedb.CladeDB;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.embedded.StoreBackup;
import org.cladedb.kv.io.FileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a running server, asked for in SQL.
final class BackupTest {
    private static final int PAGE_BYTES = 8192;
    private static final int WRITERS = 3;
    private static final int ACCOUNTS = 300;
    private static final int BALANCE = 1_000;

    @TempDir private Path directory = Path.of("");

    private Path path(String name) {
        return directory.resolve(name);
    }

    private static Connection connect(CladeDB database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl());
    }

    /// Writers move money, and note each movement in the same transaction: in a backup of one
    /// moment the sum is what it was, and the notes explain every balance.
    @Test
    void backupOfABusyServerIsOneMoment() throws SQLException, InterruptedException {
        StoreBackup.Content content;
        long acknowledgedBefore;
        try (CladeDB database = CladeDB.open(path("data"));
                Connection connection = connect(database)) {
            createAccounts(connection);
            AtomicBoolean enough = new AtomicBoolean();
            AtomicReference<@Nullable Exception> surprise = new AtomicReference<>();
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                writers.add(
                        Thread.ofPlatform()
                                .start(() -> transfer(database, random, enough, surprise)));
            }
            long first = count(connection);
            while (count(connection) < first + 50) {
                Thread.onSpinWait();
            }
            acknowledgedBefore = count(connection);
            content = backup(connection, path("backup"));
            long after = count(connection);
            while (count(connection) < after + 50) {
                Thread.onSpinWait();
            }
            enough.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(surprise.get()).isNull();
        }
        assertThat(StoreBackup.restore(FileSystem.real(), path("backup"), path("restored")))
                .isEqualTo(content);
        try (CladeDB restored = CladeDB.open(path("restored"));
                Connection connection = connect(restored)) {
            assertThat(number(connection, "SELECT sum(balance) FROM account"))
                    .isEqualTo((long) ACCOUNTS * BALANCE);
            assertThat(
                            number(
                                    connection,
                                    """
                                    SELECT count(*) FROM account a WHERE balance <> %d
                                        + (SELECT coalesce(sum(amount), 0) FROM movement m WHERE m.account_id = a.id)\
                                    """
                                            .formatted(BALANCE)))
                    .as("accounts that their movements do not explain")
                    .isZero();
            assertThat(count(connection)).isGreaterThanOrEqualTo(acknowledgedBefore);
            execute(connection, "INSERT INTO account VALUES (1000000, 0)");
        }
    }

    private static void createAccounts(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL)");
        execute(
                connection,
                """
                CREATE TABLE movement (
                    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, account_id int, amount int,
                    note text, GROUPING FOREIGN KEY (account_id) REFERENCES account)\
                """);
        execute(
                connection,
                "INSERT INTO account SELECT i, %d FROM generate_series(1, %d) i"
                        .formatted(BALANCE, ACCOUNTS));
    }

    private static void transfer(
            CladeDB database,
            SplittableRandom random,
            AtomicBoolean enough,
            AtomicReference<@Nullable Exception> surprise) {
        try (Connection connection = connect(database)) {
            connection.setAutoCommit(false);
            while (!enough.get()) {
                int amount = 1 + random.nextInt(9);
                int from = 1 + random.nextInt(ACCOUNTS / 2);
                move(connection, from, -amount);
                move(connection, from + random.nextInt(ACCOUNTS / 2), amount);
                connection.commit();
            }
        } catch (SQLException failure) {
            surprise.compareAndSet(null, failure);
        }
    }

    private static void move(Connection connection, int account, int amount) throws SQLException {
        execute(
                connection,
                "UPDATE account SET balance = balance + (%d) WHERE id = %d"
                        .formatted(amount, account));
        execute(
                connection,
                "INSERT INTO movement (account_id, amount, note) VALUES (%d, %d, repeat('n', 100))"
                        .formatted(account, amount));
    }

    private static long count(Connection connection) throws SQLException {
        return number(connection, "SELECT count(*) FROM movement");
    }

    @Test
    void damagedBackupIsNotRestored() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(path("data"));
                Connection connection = connect(database)) {
            execute(connection, "CREATE TABLE hay (id int PRIMARY KEY, note text)");
            execute(
                    connection,
                    "INSERT INTO hay SELECT i, 'needle ' || i FROM generate_series(1, 5000) i");
            backup(connection, path("backup"));
        }
        Path pages = path("backup").resolve("pages.db");
        byte[] bytes = Files.readAllBytes(pages);
        int position = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("needle 2345");
        bytes[position] ^= 4;
        Files.write(pages, bytes);
        assertThatThrownBy(() ->
                        StoreBackup.restore(FileSystem.real(), path("backup"), path("restored")))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining(
                        "file pages.db, offset " + position / PAGE_BYTES * PAGE_BYTES);
        assertThat(path("restored")).doesNotExist();
    }

    @Test
    void wrongTargetsAreRefused() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(path("data"));
                Connection connection = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY)");
            assertState("22023", () -> backup(connection, Path.of("backup")));
            assertState("22023", () -> backup(connection, Path.of("/x".repeat(3_000))));
            assertState("58P02", () -> backup(connection, path("data")));
            assertState("22023", () -> backup(connection, path("data").resolve("backup")));
            execute(connection, "SET default_transaction_read_only = on");
            assertState("25006", () -> backup(connection, path("backup")));
            execute(connection, "SET default_transaction_read_only = off");
            try (Connection other =
                    DriverManager.getConnection(
                            database.jdbcUrl().replace("user=postgres", "user=other"))) {
                assertState("42501", () -> backup(other, path("backup")));
            }
            Path file = Files.writeString(path("file"), "text");
            assertState("58P02", () -> backup(connection, file));
            assertState("58030", () -> backup(connection, file.resolve("below")));
            assertState("58030", () -> backup(connection, Path.of("/proc/backup")));
            backup(connection, path("backup"));
            assertState("58P02", () -> backup(connection, path("backup")));
            Files.createDirectories(path("empty"));
            backup(connection, path("empty"));
            assertThat(number(connection, "SELECT count(*) FROM t")).isZero();
        }
        try (CladeDB memory = CladeDB.memory();
                Connection connection = connect(memory)) {
            assertState("0A000", () -> backup(connection, path("other")));
        }
    }

    @Test
    void backupStopsAtTheTimeout() throws SQLException, IOException {
        try (CladeDB database = CladeDB.open(path("data"));
                Connection connection = connect(database)) {
            execute(connection, "CREATE TABLE t (id int PRIMARY KEY, note text)");
            execute(
                    connection,
                    "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 60000) i");
            execute(connection, "SET statement_timeout = 20");
            assertState("57014", () -> backup(connection, path("backup")));
            try (Stream<Path> left = Files.list(path("backup"))) {
                assertThat(left).isEmpty();
            }
            execute(connection, "RESET statement_timeout");
            backup(connection, path("backup"));
        }
    }

    private static void assertState(String state, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure ->
                                assertThat(failure.getSQLState())
                                        .as(failure.getMessage())
                                        .isEqualTo(state));
    }

    private static StoreBackup.Content backup(Connection connection, Path target)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT sequence, entries, checksum FROM clade_backup('%s')"
                                        .formatted(target))) {
            assertThat(rows.next()).isTrue();
            StoreBackup.Content content =
                    new StoreBackup.Content(
                            rows.getLong(1),
                            rows.getLong(2),
                            Long.parseLong(rows.getString(3), 16));
            assertThat(rows.next()).isFalse();
            return content;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
