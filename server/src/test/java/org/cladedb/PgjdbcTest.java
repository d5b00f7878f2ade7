package org.cladedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// The embedding API and the unmodified PostgreSQL driver.
class PgjdbcTest {
    private static CladeDB database;
    private Connection connection;

    @BeforeAll
    static void open() throws SQLException {
        database = CladeDB.memory();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE customer (id int PRIMARY KEY, name varchar(30) NOT NULL);
                    CREATE TABLE cust_order (
                        id serial PRIMARY KEY,
                        customer_id int,
                        ordernum varchar(30) NOT NULL,
                        GROUPING FOREIGN KEY (customer_id) REFERENCES customer);
                    INSERT INTO customer VALUES (1, 'Ada'), (2, 'Bob');
                    INSERT INTO cust_order (customer_id, ordernum)
                        VALUES (1, 'a-1'), (1, 'a-2');
                    """);
        }
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(database.jdbcUrl());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private String value(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static ServerErrorMessage serverMessage(PSQLException failure) {
        ServerErrorMessage message = failure.getServerErrorMessage();
        if (message == null) {
            throw new AssertionError("the error did not come from the server", failure);
        }
        return message;
    }

    @Test
    void nestedResults() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                SELECT c.name, (SELECT o.id, o.ordernum FROM cust_order o
                                                WHERE o.customer_id = c.id) AS orders
                                FROM customer c ORDER BY c.id\
                                """)) {
            assertThat(rows.getMetaData().getColumnTypeName(2)).isEqualTo("json");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("orders"))
                    .isEqualTo(
                            "[{\"id\":1,\"ordernum\":\"a-1\"}, \n"
                                    + " {\"id\":2,\"ordernum\":\"a-2\"}]");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("orders")).isEqualTo("[]");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void valuesOfManyTypesComeBackEqual() throws SQLException {
        execute(
                "create table kinds (a smallint, b bigint, c numeric(20,4), d double precision,"
                        + " e text, f bytea, g date, h timestamp, i uuid, j boolean, k int[])");
        UUID uuid = UUID.fromString("6f2a3d1c-0b1d-4c7e-9a55-0123456789ab");
        LocalDateTime time = LocalDateTime.of(2026, 2, 28, 23, 59, 58, 123_456_000);
        // Ten times, because the driver goes over to server-side statements and binary values.
        for (int i = 0; i < 10; i++) {
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "insert into kinds values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setShort(1, (short) -7);
                insert.setLong(2, 1L << 40);
                insert.setBigDecimal(3, new BigDecimal("12345678901234.5678"));
                insert.setDouble(4, 0.1);
                insert.setString(5, "na\u00efve \uD83D\uDE00");
                insert.setBytes(6, new byte[] {0, 1, -1});
                insert.setObject(7, LocalDate.of(2024, 2, 29));
                insert.setObject(8, time);
                insert.setObject(9, uuid);
                insert.setBoolean(10, true);
                insert.setArray(11, connection.createArrayOf("int4", new Integer[] {1, null, 3}));
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
        }
        int count = 0;
        try (PreparedStatement select = connection.prepareStatement("select * from kinds")) {
            for (int i = 0; i < 10; i++) {
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        assertThat(rows.getShort(1)).isEqualTo((short) -7);
                        assertThat(rows.getLong(2)).isEqualTo(1L << 40);
                        assertThat(rows.getBigDecimal(3))
                                .isEqualTo(new BigDecimal("12345678901234.5678"));
                        assertThat(rows.getDouble(4)).isEqualTo(0.1);
                        assertThat(rows.getString(5)).isEqualTo("na\u00efve \uD83D\uDE00");
                        assertThat(rows.getBytes(6)).containsExactly(0, 1, -1);
                        assertThat(rows.getObject(7, LocalDate.class))
                                .isEqualTo(LocalDate.of(2024, 2, 29));
                        assertThat(rows.getObject(8, LocalDateTime.class)).isEqualTo(time);
                        assertThat(rows.getObject(9)).isEqualTo(uuid);
                        assertThat(rows.getBoolean(10)).isTrue();
                        assertThat((Object[]) rows.getArray(11).getArray())
                                .containsExactly(1, null, 3);
                        count++;
                    }
                }
            }
        }
        assertThat(count).isEqualTo(100);
    }

    @Test
    void errorsCarryTheirFields() {
        assertThatThrownBy(() -> execute("insert into customer values (1, 'again')"))
                .isInstanceOfSatisfying(
                        PSQLException.class,
                        failure -> {
                            ServerErrorMessage message = serverMessage(failure);
                            assertThat(failure.getSQLState()).isEqualTo("23505");
                            assertThat(message.getConstraint()).isEqualTo("customer_pkey");
                            assertThat(message.getTable()).isEqualTo("customer");
                            assertThat(message.getSchema()).isEqualTo("public");
                            assertThat(message.getDetail())
                                    .isEqualTo("Key (id)=(1) already exists.");
                        });
        assertThatThrownBy(() -> value("select naem from customer"))
                .isInstanceOfSatisfying(
                        PSQLException.class,
                        failure -> {
                            assertThat(failure.getSQLState()).isEqualTo("42703");
                            assertThat(serverMessage(failure).getPosition()).isEqualTo(8);
                        });
        assertThatThrownBy(() ->
                        execute("insert into cust_order(customer_id, ordernum) values (99, 'x')"))
                .hasFieldOrPropertyWithValue("SQLState", "23503");
    }

    @Test
    void rollbackAndSavepoints() throws SQLException {
        execute("create table kept (a int)");
        connection.setAutoCommit(false);
        execute("insert into kept values (1)");
        Savepoint savepoint = connection.setSavepoint();
        execute("insert into kept values (2)");
        assertThatThrownBy(() -> execute("insert into kept values ('x')"))
                .hasFieldOrPropertyWithValue("SQLState", "22P02");
        connection.rollback(savepoint);
        execute("insert into kept values (3)");
        connection.commit();
        assertThat(value("select string_agg(a::text, ',') from kept")).isEqualTo("1,3");
        execute("delete from kept");
        connection.rollback();
        assertThat(value("select count(*) from kept")).isEqualTo("2");
    }

    @Test
    void ddlIsTransactional() throws SQLException {
        connection.setAutoCommit(false);
        execute("create table fleeting (a int)");
        execute("insert into fleeting values (1)");
        connection.rollback();
        assertThatThrownBy(() -> value("select * from fleeting"))
                .hasFieldOrPropertyWithValue("SQLState", "42P01");
    }

    @Test
    void preparedStatementsSurviveChangesOfTheCatalog() throws SQLException {
        execute("create table moving (a int)");
        try (PreparedStatement insert =
                        connection.prepareStatement("insert into moving values (?)");
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from moving")) {
            for (int i = 0; i < 20; i++) {
                insert.setInt(1, i);
                insert.executeUpdate();
                if (i == 10) {
                    execute("alter table moving add column b text default 'new'");
                    execute("create index on moving (a)");
                }
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(i + 1);
                }
            }
        }
    }

    @Test
    void batchesAndGeneratedKeys() throws SQLException {
        execute("create table keyed (id serial primary key, v text)");
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into keyed (v) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 100; i++) {
                insert.setString(1, "v" + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(100).containsOnly(1);
            List<Integer> keys = new ArrayList<>();
            try (ResultSet rows = insert.getGeneratedKeys()) {
                while (rows.next()) {
                    keys.add(rows.getInt(1));
                }
            }
            assertThat(keys).hasSize(100).isSorted().startsWith(1).endsWith(100);
        }
    }

    @Test
    void fetchSizeReadsThroughASuspendedPortal() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(7);
            int expected = 1;
            try (ResultSet rows =
                    statement.executeQuery("select n from generate_series(1, 1000) as s(n)")) {
                while (rows.next()) {
                    assertThat(rows.getInt(1)).isEqualTo(expected++);
                    if (expected == 500) {
                        assertThat(value("select 1")).isEqualTo("1");
                    }
                }
            }
            assertThat(expected).isEqualTo(1001);
        }
    }

    @Test
    void copyBothWays() throws SQLException, IOException {
        execute("create table copied (a int primary key, b text, c numeric default 1.5)");
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            data.append(i).append('\t').append(i % 3 == 0 ? "\\N" : "tab\\t" + i).append('\n');
        }
        assertThat(copy.copyIn("copy copied (a, b) from stdin", new StringReader(data.toString())))
                .isEqualTo(5_000);
        assertThat(value("select sum(a) || ' ' || count(b) || ' ' || sum(c) from copied"))
                .isEqualTo("12497500 3333 7500.0");
        StringWriter out = new StringWriter();
        assertThat(copy.copyOut("copy copied (a, b) to stdout", out)).isEqualTo(5_000);
        assertThat(out.toString()).isEqualTo(data.toString());
        assertThatThrownBy(() ->
                        copy.copyIn(
                                "copy copied (a, b) from stdin (format csv)",
                                new StringReader("9000,x\n9001\n")))
                .hasFieldOrPropertyWithValue("SQLState", "22P04")
                .hasMessageContaining("COPY copied, line 2");
        assertThat(value("select count(*) from copied")).isEqualTo("5000");
    }

    @Test
    void binaryCopyKeepsValuesOfAllTypes() throws SQLException, IOException {
        execute(
                "create table typed (bo bool, i2 int2, i4 int4, i8 int8, f4 float4, f8 float8,"
                        + " n numeric, t text, v varchar(5), c char(4), by bytea, d date, ti time,"
                        + " ts timestamp, tz timestamptz, iv interval, u uuid, j json, jb jsonb,"
                        + " ia int[], ta text[])");
        execute(
                "insert into typed values (true, -1, 2, 3, 1.5, 'NaN', -12345.678900, E'a\\tb', 'vc',"
                        + " 'c', '\\x00ff', '2024-02-29', '23:59:59.5', '-infinity',"
                        + " '2024-01-01 00:00+02', '1 mon 2 days 00:00:03',"
                        + " '00000000-0000-0000-0000-000000000007', '[1, 2]', '{\"a\": null}',"
                        + " '{{1,2},{3,null}}', '{a,\"b c\",null}')");
        execute("insert into typed select from generate_series(1, 3)");
        execute("create table typed_copy (like typed)");
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        assertThat(copy.copyOut("copy typed to stdout (format binary)", out)).isEqualTo(4);
        assertThat(
                        copy.copyIn(
                                "copy typed_copy from stdin (format binary)",
                                new java.io.ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(4);
        assertThat(value("select string_agg(x::text, ';' order by x::text) from typed_copy x"))
                .isEqualTo(value("select string_agg(x::text, ';' order by x::text) from typed x"))
                .contains("-12345.678900");
    }

    @Test
    void metaData() throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows =
                connection.getMetaData().getColumns(null, "public", "cust_order", "%")) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME") + ":" + rows.getString("TYPE_NAME"));
            }
        }
        assertThat(columns).containsExactly("id:serial", "customer_id:int4", "ordernum:varchar");
        try (ResultSet rows = connection.getMetaData().getPrimaryKeys(null, "public", "customer")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("COLUMN_NAME")).isEqualTo("id");
        }
        List<String> tables = new ArrayList<>();
        try (ResultSet rows =
                connection
                        .getMetaData()
                        .getTables(null, "public", "cust%", new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        assertThat(tables).containsExactly("cust_order", "customer");
        try (PreparedStatement statement =
                connection.prepareStatement("select * from customer where id = ?")) {
            assertThat(statement.getParameterMetaData().getParameterType(1))
                    .isEqualTo(Types.INTEGER);
            assertThat(statement.getMetaData().getColumnName(2)).isEqualTo("name");
            assertThat(statement.getMetaData().getPrecision(2)).isEqualTo(30);
        }
    }

    @Test
    void timeoutsCancel() throws SQLException {
        try (Connection holder = DriverManager.getConnection(database.jdbcUrl());
                Statement lock = holder.createStatement();
                Statement waiting = connection.createStatement()) {
            lock.execute("select pg_advisory_lock(42)");
            waiting.execute("set statement_timeout = '200ms'");
            assertThatThrownBy(() -> waiting.execute("select pg_advisory_lock(42)"))
                    .hasFieldOrPropertyWithValue("SQLState", "57014")
                    .hasMessageContaining("statement timeout");
            waiting.execute("set statement_timeout = 0; set lock_timeout = '100ms'");
            assertThatThrownBy(() -> waiting.execute("select pg_advisory_lock(42)"))
                    .hasFieldOrPropertyWithValue("SQLState", "55P03");
        }
    }

    @Test
    void concurrentUpdatesLoseNothing() throws Exception {
        execute("create table counter (id int primary key, n int)");
        execute("insert into counter values (1, 0)");
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 8; t++) {
            threads.add(
                    Thread.ofVirtual()
                            .uncaughtExceptionHandler((_, e) -> failures.add(e))
                            .start(PgjdbcTest::countUp));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(value("select n from counter")).isEqualTo("400");
    }

    private static void countUp() {
        try (Connection own = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = own.createStatement()) {
            for (int i = 0; i < 50; i++) {
                statement.executeUpdate("update counter set n = n + 1 where id = 1");
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void dataInADirectoryStay(@TempDir Path directory) throws SQLException {
        try (CladeDB first = CladeDB.open(directory);
                Connection own = DriverManager.getConnection(first.jdbcUrl());
                Statement statement = own.createStatement()) {
            statement.execute("create table lasting (a int primary key, b text)");
            statement.execute("insert into lasting values (1, 'one'), (2, 'two')");
        }
        try (CladeDB second = CladeDB.open(directory);
                Connection own = DriverManager.getConnection(second.jdbcUrl());
                Statement statement = own.createStatement();
                ResultSet rows = statement.executeQuery("select b from lasting where a = 2")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("two");
        }
    }
}
