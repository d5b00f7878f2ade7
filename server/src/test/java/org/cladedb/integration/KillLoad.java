package org.cladedb.integration;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Clients that write until their server is gone, and remember what it acknowledged.
///
/// Each worker writes units numbered 1, 2, … and waits for each: of the unit after the last
/// acknowledged one nobody knows, all others must be there, and there can be no more.
///
/// | workers | a unit is |
/// |---|---|
/// | single | one account, in a transaction of its own |
/// | transaction | an account and its three entries |
/// | copy | `COPY_ROWS` entries below one account |
/// | transfer | an amount moved from one account to another: the sum stays |
/// | bulk | a table with an index in place of the last one, loaded past the log |
final class KillLoad {
    static final int SINGLE_WORKERS = 2;
    static final int TRANSACTION_WORKERS = 2;
    static final int COPY_WORKER = SINGLE_WORKERS + TRANSACTION_WORKERS;
    static final int TRANSFER_WORKER = COPY_WORKER + 1;
    static final int BULK_WORKER = TRANSFER_WORKER + 1;
    static final int WORKERS = BULK_WORKER + 1;
    static final int UNITS_MAX = 1_000_000;
    static final int ENTRIES = 3;
    static final int COPY_ROWS = 150;
    static final int BULK_ROWS = 6_000;
    static final int TRANSFER_ACCOUNTS = 10;
    static final int TRANSFER_BALANCE = 1_000;

    static final String SCHEMA =
            """
            CREATE TABLE account (
                id int PRIMARY KEY, worker int NOT NULL, name text UNIQUE, balance int NOT NULL);
            CREATE TABLE entry (
                id bigint PRIMARY KEY, account_id int NOT NULL, unit int NOT NULL, note text,
                GROUPING FOREIGN KEY (account_id) REFERENCES account);
            CREATE INDEX account_worker ON account (worker);
            CREATE INDEX entry_unit ON entry (unit);
            """;

    /// By worker: the last acknowledged unit, over all rounds.
    private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(WORKERS);

    private final AtomicReference<@Nullable Throwable> surprise = new AtomicReference<>();

    int acknowledged(int worker) {
        return acknowledged.get(worker);
    }

    /// After a restart: `found` is what the worker finds of itself, and goes on from.
    void resumeAt(int worker, int found) {
        acknowledged.set(worker, found);
    }

    /// What ended a worker other than the loss of its connection.
    @Nullable Throwable surprise() {
        return surprise.get();
    }

    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            statement.execute(
                    "INSERT INTO account VALUES (%d, %d, 'copy', 0)"
                            .formatted(id(COPY_WORKER, 1), COPY_WORKER));
            statement.execute(
                    "INSERT INTO account SELECT %d + i, %d, 'transfer ' || i, %d FROM generate_series(1, %d) i"
                            .formatted(
                                    id(TRANSFER_WORKER, 0),
                                    TRANSFER_WORKER,
                                    TRANSFER_BALANCE,
                                    TRANSFER_ACCOUNTS));
        }
    }

    static int id(int worker, int unit) {
        return worker * UNITS_MAX + unit;
    }

    /// Starts all workers against a server.
    List<Thread> start(String jdbcUrl, SplittableRandom random) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int worker = i;
            SplittableRandom own = random.split();
            threads.add(
                    Thread.ofPlatform()
                            .name("load " + worker)
                            .start(() -> run(worker, jdbcUrl, own)));
        }
        return threads;
    }

    private void run(int worker, String jdbcUrl, SplittableRandom random) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            for (int unit = acknowledged.get(worker) + 1; unit < UNITS_MAX; unit++) {
                if (worker < SINGLE_WORKERS) {
                    account(connection, worker, unit);
                } else if (worker < COPY_WORKER) {
                    transaction(connection, worker, unit);
                } else if (worker == COPY_WORKER) {
                    copy(connection, unit);
                } else if (worker == TRANSFER_WORKER) {
                    transfer(connection, unit, random);
                } else {
                    bulk(connection, unit);
                }
                acknowledged.set(worker, unit);
            }
        } catch (SQLException failure) {
            // Connection lost or never made (08), or the goodbye of the server (57P).
            String state = String.valueOf(failure.getSQLState());
            if (!state.startsWith("08") && !state.startsWith("57P")) {
                surprise.compareAndSet(null, failure);
            }
        } catch (IOException | RuntimeException failure) {
            surprise.compareAndSet(null, failure);
        }
    }

    private static void account(Connection connection, int worker, int unit) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO account VALUES (?, ?, ?, 0)")) {
            insert.setInt(1, id(worker, unit));
            insert.setInt(2, worker);
            insert.setString(3, "account " + worker + "/" + unit);
            insert.executeUpdate();
        }
    }

    private static void transaction(Connection connection, int worker, int unit)
            throws SQLException {
        connection.setAutoCommit(false);
        account(connection, worker, unit);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO entry VALUES (?, ?, ?, ?)")) {
            for (int i = 0; i < ENTRIES; i++) {
                insert.setLong(1, (long) id(worker, unit) * ENTRIES + i);
                insert.setInt(2, id(worker, unit));
                insert.setInt(3, unit);
                insert.setString(4, "entry " + i);
                insert.executeUpdate();
            }
        }
        connection.commit();
    }

    private static void copy(Connection connection, int unit) throws SQLException, IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < COPY_ROWS; i++) {
            rows.append(1_000_000_000_000L + (long) unit * COPY_ROWS + i)
                    .append('\t')
                    .append(id(COPY_WORKER, 1))
                    .append('\t')
                    .append(-unit)
                    .append("\tcopied\n");
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY entry FROM STDIN", new StringReader(rows.toString()));
    }

    private static void transfer(Connection connection, int unit, SplittableRandom random)
            throws SQLException {
        connection.setAutoCommit(false);
        int from = 1 + random.nextInt(TRANSFER_ACCOUNTS);
        int to = 1 + random.nextInt(TRANSFER_ACCOUNTS);
        try (Statement statement = connection.createStatement()) {
            statement.execute(add(from, -unit));
            statement.execute(add(to, unit));
        }
        connection.commit();
    }

    private static void bulk(Connection connection, int unit) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bulk_" + (unit - 1));
            statement.execute(
                    "CREATE TABLE bulk_%d (id int PRIMARY KEY, n int UNIQUE, note text)"
                            .formatted(unit));
            statement.execute(
                    "INSERT INTO bulk_%d SELECT i, -i, repeat('b', 1000) FROM generate_series(1, %d) i"
                            .formatted(unit, BULK_ROWS));
        }
        connection.commit();
    }

    private static String add(int account, int amount) {
        return "UPDATE account SET balance = balance + (%d) WHERE id = %d"
                .formatted(amount, id(TRANSFER_WORKER, account));
    }
}
