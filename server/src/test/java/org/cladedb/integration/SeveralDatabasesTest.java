package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several databases of one server, through PostgreSQL's JDBC driver.
@Timeout(120)
final class SeveralDatabasesTest {
    private static CladeDB server;
    private Connection postgres;

    @BeforeAll
    static void start() {
        server = CladeDB.memory();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        postgres = to(server, "postgres");
    }

    @AfterEach
    void dropAll() throws SQLException {
        for (String name :
                values(
                        postgres,
                        "select datname from pg_database"
                                + " where not datistemplate and datname <> 'postgres'")) {
            run(postgres, "drop database \"" + name + "\" with (force)");
        }
        postgres.close();
    }

    private static Connection to(CladeDB database, String name) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl().replace("/postgres?", "/" + name + "?"));
    }

    private static Connection to(String name) throws SQLException {
        return to(server, name);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> values(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static String value(Connection connection, String sql) throws SQLException {
        List<String> values = values(connection, sql);
        assertThat(values).hasSize(1);
        return values.getFirst();
    }

    private interface Action {
        void run() throws SQLException;
    }

    private static void assertFails(Action action, String state, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", state)
                .hasMessageContaining(message);
    }

    @Test
    void namesRowsAndSequencesAreApart() throws SQLException {
        run(postgres, "create database one", "create database two");
        for (String name : new String[] {"one", "two"}) {
            try (Connection connection = to(name)) {
                run(
                        connection,
                        "create table parent (id int primary key, name text)",
                        "create table child (id serial primary key, parent_id int,"
                                + " grouping foreign key (parent_id) references parent)",
                        "create table bag (x text)",
                        "insert into parent values (1, '" + name + "')",
                        "insert into child (parent_id) values (1), (1)",
                        "insert into bag values ('" + name + "')");
            }
        }
        try (Connection one = to("one");
                Connection two = to("two")) {
            run(two, "delete from child", "delete from parent", "drop table bag");
            assertThat(value(one, "select current_database()")).isEqualTo("one");
            assertThat(value(two, "select current_database()")).isEqualTo("two");
            assertThat(
                            value(
                                    one,
                                    "select (select c.id, c.parent_id from child c where c.parent_id = p.id"
                                            + " order by c.id) from parent p"))
                    .isEqualTo("[{\"id\":1,\"parent_id\":1}, \n {\"id\":2,\"parent_id\":1}]");
            assertThat(values(one, "select x from bag")).containsExactly("one");
            assertThat(value(two, "select nextval('child_id_seq')")).isEqualTo("3");
            assertThat(value(two, "select count(*) from parent")).isEqualTo("0");
            assertFails(() -> value(two, "select 1 from bag"), "42P01", "\"bag\" does not exist");
            assertFails(() -> value(postgres, "select 1 from parent"), "42P01", "\"parent\"");
            assertThat(
                            value(
                                    one,
                                    "select table_catalog from information_schema.tables"
                                            + " where table_name = 'bag'"))
                    .isEqualTo("one");
        }
    }

    @Test
    void advisoryLocksAreApart() throws SQLException {
        run(postgres, "create database one");
        try (Connection one = to("one");
                Connection again = to("one")) {
            run(one, "select pg_advisory_lock(7)");
            assertThat(value(postgres, "select pg_try_advisory_lock(7)")).isEqualTo("t");
            assertThat(value(again, "select pg_try_advisory_lock(7)")).isEqualTo("f");
            run(one, "select pg_advisory_unlock(7)");
            assertThat(value(again, "select pg_try_advisory_lock(7)")).isEqualTo("t");
            assertThat(value(postgres, "select pg_advisory_unlock(7)")).isEqualTo("t");
        }
    }

    @Test
    void activityTellsWhoIsWhere() throws SQLException {
        run(postgres, "create database one");
        try (Connection one = to("one")) {
            assertThat(
                            value(
                                    one,
                                    "select count(*) from pg_stat_activity a join pg_database d"
                                            + " on d.oid = a.datid and d.datname = a.datname"
                                            + " where a.datname in ('one', 'postgres')"))
                    .isEqualTo("2");
            assertThat(
                            value(
                                    one,
                                    "select datname from pg_stat_activity"
                                            + " where pid = pg_backend_pid()"))
                    .isEqualTo("one");
        }
    }

    @Test
    void unknownAndClosedDatabasesLetNobodyIn() throws SQLException {
        assertFails(
                () -> to("nosuch").close(), "3D000", "FATAL: database \"nosuch\" does not exist");
        assertFails(
                () -> to("template0").close(),
                "55000",
                "database \"template0\" is not currently accepting connections");
        run(postgres, "create database one allow_connections false");
        assertFails(() -> to("one").close(), "55000", "not currently accepting connections");
        run(postgres, "alter database one allow_connections true");
        to("one").close();
    }

    @Test
    void aDatabaseInUseIsNotDropped() throws SQLException {
        run(postgres, "create database one");
        try (Connection one = to("one")) {
            assertFails(
                    () -> run(postgres, "drop database one"),
                    "55006",
                    "database \"one\" is being accessed by other users\n"
                            + "  Detail: There is 1 other session using the database.");
            assertThat(value(one, "select 1")).isEqualTo("1");
            assertFails(
                    () -> run(one, "drop database one"),
                    "55006",
                    "cannot drop the currently open database");
        }
        // Who has just left is waited for.
        run(postgres, "drop database one");
        assertFails(() -> to("one").close(), "3D000", "\"one\"");
    }

    @Test
    void forceEndsTheSessions() throws SQLException, InterruptedException, ExecutionException {
        run(postgres, "create database one");
        try (Connection idle = to("one");
                Connection inTransaction = to("one");
                Connection busy = to("one");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            inTransaction.setAutoCommit(false);
            run(inTransaction, "create table t (a int)");
            Future<String> sleeping =
                    threads.submit(() -> {
                        try {
                            return value(busy, "select pg_sleep(60)");
                        } catch (SQLException failure) {
                            return failure.getSQLState();
                        }
                    });
            while (values(
                            postgres,
                            "select 1 from pg_stat_activity"
                                    + " where state = 'active' and query like '%pg_sleep(60)%'"
                                    + " and datname = 'one'")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            run(postgres, "drop database one with (force)");
            assertThat(sleeping.get()).isEqualTo("57P01");
            assertFails(() -> value(idle, "select 1"), "57P01", "administrator command");
            assertThatThrownBy(() -> run(inTransaction, "insert into t values (1)"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(values(postgres, "select 1 from pg_database where datname = 'one'")).isEmpty();
    }

    @Test
    void makingAndDroppingIsForOutsideOfTransactions() throws SQLException {
        postgres.setAutoCommit(false);
        assertFails(
                () -> run(postgres, "create database one"),
                "25001",
                "CREATE DATABASE cannot run inside a transaction block");
        postgres.rollback();
        assertFails(
                () -> run(postgres, "drop database one"),
                "25001",
                "DROP DATABASE cannot run inside a transaction block");
        postgres.rollback();
        postgres.setAutoCommit(true);
        // The driver sends these in one go, with one Sync after them.
        assertFails(
                () -> run(postgres, "select 1; create database one"),
                "25001",
                "CREATE DATABASE cannot be executed within a pipeline");
        try (Connection simple =
                DriverManager.getConnection(server.jdbcUrl() + "&preferQueryMode=simple")) {
            assertFails(
                    () -> run(simple, "create database one; select 1"),
                    "25001",
                    "CREATE DATABASE cannot run inside a transaction block");
            run(simple, "create database one");
        }
        try (PreparedStatement drop = postgres.prepareStatement("drop database one")) {
            drop.execute();
        }
    }

    @Test
    void renamingBelongsToItsTransaction() throws SQLException {
        run(postgres, "create database one");
        try (Connection one = to("one")) {
            run(one, "create table t (a int)", "insert into t values (7)");
        }
        postgres.setAutoCommit(false);
        run(postgres, "alter database one rename to two");
        assertThat(values(postgres, "select datname from pg_database where datname = 'two'"))
                .hasSize(1);
        postgres.rollback();
        postgres.setAutoCommit(true);
        assertFails(() -> to("two").close(), "3D000", "\"two\"");
        run(postgres, "alter database one rename to two");
        assertFails(() -> to("one").close(), "3D000", "\"one\"");
        try (Connection two = to("two")) {
            assertThat(value(two, "select a from t")).isEqualTo("7");
            assertThat(value(two, "select current_database()")).isEqualTo("two");
        }
    }

    @Test
    void whatClientsOfPostgresqlSend() throws SQLException {
        // Rails, Django, SQLAlchemy-Utils, Odoo
        run(
                postgres,
                "CREATE DATABASE \"app_test\" ENCODING = 'utf8'",
                "DROP DATABASE IF EXISTS \"app_test\"",
                "CREATE DATABASE \"test_app\" WITH ENCODING 'UTF8' TEMPLATE \"template0\"",
                "CREATE DATABASE copy ENCODING 'utf8' TEMPLATE test_app",
                "CREATE DATABASE odoo ENCODING 'unicode' LC_COLLATE 'C' TEMPLATE \"template0\"",
                "COMMENT ON DATABASE odoo IS 'mine'",
                "ALTER DATABASE odoo OWNER TO postgres",
                "GRANT ALL PRIVILEGES ON DATABASE odoo TO postgres",
                "DROP DATABASE \"test_app\"");
        assertThat(
                        value(
                                postgres,
                                "SELECT pg_encoding_to_char(encoding) FROM pg_database"
                                        + " WHERE datname = 'odoo'"))
                .isEqualTo("UTF8");
        assertThat(
                        values(
                                postgres,
                                "SELECT datname FROM pg_catalog.pg_database"
                                        + " WHERE datallowconn AND NOT datistemplate"
                                        + " ORDER BY datname"))
                .containsExactly("copy", "odoo", "postgres");
    }

    @Test
    void theyAreThereAfterARestart(@TempDir Path directory) throws SQLException {
        try (CladeDB first = CladeDB.open(directory);
                Connection connection = to(first, "postgres")) {
            run(connection, "create database one", "create database gone");
            try (Connection one = to(first, "one")) {
                run(one, "create table t (id serial, x text)", "insert into t (x) values ('a')");
            }
            run(connection, "drop database gone");
        }
        try (CladeDB second = CladeDB.open(directory);
                Connection one = to(second, "one")) {
            run(one, "insert into t (x) values ('b')");
            assertThat(values(one, "select id || x from t order by id"))
                    .containsExactly("1a", "2b");
            assertFails(() -> to(second, "gone").close(), "3D000", "\"gone\"");
        }
    }

    /// Clients connect all the time while the database is dropped and made again: none is ever in a
    /// database that is gone.
    @Test
    void nobodyGetsIntoADatabaseThatIsDropped()
            throws SQLException, InterruptedException, ExecutionException {
        int rounds = 30;
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(threads.submit(() -> connectUntil(over)));
            }
            for (int round = 0; round < rounds; round++) {
                run(postgres, "create database one");
                run(postgres, "drop database one with (force)");
            }
            over.set(true);
            for (Future<Integer> client : clients) {
                client.get();
            }
        }
        assertThat(values(postgres, "select pid from pg_stat_activity where datname = 'one'"))
                .isEmpty();
    }

    private static int connectUntil(AtomicBoolean over) throws SQLException {
        int connected = 0;
        while (!over.get()) {
            try (Connection one = to("one")) {
                // A session that is in is in a database that the list knows.
                assertThat(value(one, "select count(*) from pg_database where datname = 'one'"))
                        .isEqualTo("1");
                connected++;
            } catch (SQLException failure) {
                // It does not exist now, or was dropped by force; at the end of the connection the
                // driver may be told of that in its own words.
                assertThat(failure.getSQLState()).isIn("3D000", "57P01", "08006", "08003");
            }
        }
        return connected;
    }
}
