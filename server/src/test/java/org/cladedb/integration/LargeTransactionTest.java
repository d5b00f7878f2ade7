package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.cladedb.testing.ConstraintFaults;
import org.cladedb.testing.ServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transactions that write many times what the server may keep in memory: they read what they
/// wrote, return to savepoints, are rolled back and committed wholly or not at all, also by a kill.
final class LargeTransactionTest {
    private static final int ROWS = 40_000;
    private static final String[] LITTLE_MEMORY = {"--memory-limit-mb", "16"};
    private static final String INSERT =
            "INSERT INTO t SELECT g, g %% 100, 'row ' || g FROM generate_series(1, %d) g";

    @TempDir private Path directory;
    private ServerProcess server;

    @BeforeEach
    void start() throws SQLException {
        server = ServerProcess.start(directory.resolve("data"), LITTLE_MEMORY);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int PRIMARY KEY, v int, t text)");
            statement.execute("CREATE INDEX ON t (v)");
            // The table must not be empty, or its rows would be loaded in bulk.
            statement.execute("INSERT INTO t VALUES (0, 0, 'first')");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl());
    }

    @Test
    void readsWhatItWroteAndReturnsToSavepoints() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(INSERT.formatted(ROWS));
            List<String> inserted = summary(statement);
            statement.execute("SAVEPOINT inserted");
            assertThat(statement.executeUpdate("UPDATE t SET v = v + 1000")).isEqualTo(ROWS + 1);
            assertThat(number(statement, "SELECT count(*) FROM t WHERE v >= 1000"))
                    .isEqualTo(ROWS + 1);
            List<String> updated = summary(statement);
            statement.execute("SAVEPOINT updated");
            statement.execute("DELETE FROM t WHERE id > 10");
            assertThat(number(statement, "SELECT count(*) FROM t")).isEqualTo(11);
            assertThatThrownBy(() -> statement.execute("INSERT INTO t SELECT 5, 0, ''"))
                    .isInstanceOf(SQLException.class);
            statement.execute("ROLLBACK TO updated");
            assertThat(summary(statement)).isEqualTo(updated).isNotEqualTo(inserted);
            statement.execute("ROLLBACK TO inserted");
            assertThat(summary(statement)).isEqualTo(inserted);
            statement.execute("UPDATE t SET v = v + 1 WHERE id % 2 = 0");
            List<String> last = summary(statement);
            connection.commit();
            assertThat(summary(statement)).isEqualTo(last);
            connection.commit();
        }
        requireSound();
    }

    @Test
    void cursorsShowTheRowsAsTheyWere() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(INSERT.formatted(ROWS));
            connection.setAutoCommit(false);
            statement.execute("UPDATE t SET v = 7 WHERE id <= 20000");
            long expected = number(statement, "SELECT sum(v) FROM t");
            statement.execute("DECLARE c CURSOR FOR SELECT v FROM t ORDER BY id");
            long sum = sum(statement, "FETCH 10 FROM c");
            statement.execute("UPDATE t SET v = v + 1000");
            sum += sum(statement, "FETCH 20000 FROM c");
            statement.execute("DELETE FROM t");
            sum += sum(statement, "FETCH ALL FROM c");
            assertThat(sum).isEqualTo(expected);
            connection.rollback();
        }
        requireSound();
    }

    @Test
    void othersGoOnWhileItCommits() throws Exception {
        try (Connection large = connect();
                Statement statement = large.createStatement();
                Connection other = connect();
                Statement small = other.createStatement()) {
            small.execute("CREATE TABLE small (id int PRIMARY KEY, v int)");
            CompletableFuture<Void> inserting =
                    CompletableFuture.runAsync(() -> execute(statement, INSERT.formatted(ROWS)));
            int written = 0;
            while (!inserting.isDone()) {
                small.execute("INSERT INTO small VALUES (" + written++ + ", 1)");
                if (written % 10 == 0) {
                    // Into the table and the pages of the large one.
                    small.execute("INSERT INTO t VALUES (-" + written + ", 1, 'small')");
                }
            }
            inserting.get();
            assertThat(number(statement, "SELECT count(*) FROM small")).isEqualTo(written);
            assertThat(number(statement, "SELECT count(*) FROM t"))
                    .isEqualTo(ROWS + 1 + written / 10);
        }
        requireSound();
    }

    @Test
    void whatIsUnderWayIsLostWhollyByAKill() throws Exception {
        killAtRandom(3, ROWS, new Random(1));
    }

    /// The same with millions of rows, at any moment.
    @Test
    @Tag("slow")
    void killsAtAnyMomentOfMillions() throws Exception {
        killAtRandom(12, 40 * ROWS, new Random());
    }

    @Test
    void isCommittedWhollyOrNotAtAllByAKill() throws Exception {
        killWhileCommitting(5, ROWS, new Random(2));
    }

    @Test
    @Tag("slow")
    void isCommittedWhollyOrNotAtAllByManyKills() throws Exception {
        killWhileCommitting(40, 4 * ROWS, new Random());
    }

    /// The kills come at any moment of COMMIT, which an uninterrupted one measures.
    private void killWhileCommitting(int kills, int rows, Random random) throws Exception {
        int looksOfCommit = 0;
        int committed = 0;
        for (int kill = 0; kill <= kills; kill++) {
            long before = count();
            boolean acknowledged;
            try (Connection client = connect();
                    Statement statement = client.createStatement();
                    Connection watcher = connect();
                    Statement watching = watcher.createStatement()) {
                client.setAutoCommit(false);
                statement.execute("UPDATE t SET v = v + 1");
                statement.execute(
                        "INSERT INTO t SELECT id + %d, 1, 'row' FROM generate_series(1, %d) id"
                                .formatted(kill * rows, rows));
                CompletableFuture<Boolean> answered =
                        CompletableFuture.supplyAsync(() -> isCommitted(client));
                int until = kill == 0 ? Integer.MAX_VALUE : random.nextInt(looksOfCommit + 1);
                int looks = 0;
                while (looks < until && !answered.isDone()) {
                    number(watching, "SELECT syncs FROM clade_store");
                    looks++;
                }
                looksOfCommit = kill == 0 ? looks : looksOfCommit;
                server.kill();
                acknowledged = answered.get();
            }
            server = ServerProcess.start(directory.resolve("data"), LITTLE_MEMORY);
            long after = count();
            assertThat(after).isIn(before, before + rows);
            committed += after > before ? 1 : 0;
            if (acknowledged) {
                assertThat(after).isEqualTo(before + rows);
            }
            requireUpdates(committed);
            requireSound();
        }
    }

    private long count() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return number(statement, "SELECT count(*) FROM t");
        }
    }

    /// Each commit changed the first row.
    private void requireUpdates(int commits) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "SELECT v FROM t WHERE id = 0")).isEqualTo(commits);
            assertThat(number(statement, "SELECT max(v) FROM t")).isEqualTo(commits);
        }
    }

    private static boolean isCommitted(Connection connection) {
        try {
            connection.commit();
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    private void killAtRandom(int kills, int rows, Random random) throws Exception {
        for (int kill = 0; kill < kills; kill++) {
            CompletableFuture<Boolean> answered;
            try (Connection watcher = connect();
                    Statement watching = watcher.createStatement()) {
                watching.execute("DELETE FROM t");
                answered = CompletableFuture.supplyAsync(() -> isAnswered(INSERT.formatted(rows)));
                long until = random.nextLong(rows);
                // What it holds tells how far it is; the last part is committing.
                for (int look = 0; look < until / 40 && !answered.isDone(); look++) {
                    number(watching, "SELECT memory_used_bytes FROM clade_store");
                }
                server.kill();
            }
            boolean committed = answered.get();
            server = ServerProcess.start(directory.resolve("data"), LITTLE_MEMORY);
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                long count = number(statement, "SELECT count(*) FROM t");
                assertThat(count).isIn(0L, (long) rows);
                if (committed) {
                    assertThat(count).isEqualTo(rows);
                }
            }
            requireSound();
        }
    }

    private boolean isAnswered(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void requireSound() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(ConstraintFaults.in(connection)).isEmpty();
            assertThat(number(statement, "SELECT memory_used_bytes FROM clade_store")).isZero();
            // The one that asks has one.
            assertThat(number(statement, "SELECT snapshots_open FROM clade_store")).isEqualTo(1);
        }
    }

    /// What the table and its index hold.
    private static List<String> summary(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String query :
                List.of(
                        "SELECT count(*), sum(v), sum(id), min(t), max(t) FROM t",
                        "SELECT count(*), sum(id) FROM t WHERE v = 42",
                        "SELECT count(*), sum(id) FROM t WHERE v = 1042",
                        "SELECT count(*), sum(v) FROM t WHERE id = 777")) {
            try (ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    lines.add(rows.getString(i));
                }
            }
        }
        return lines;
    }

    private static long sum(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
            }
            return sum;
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
