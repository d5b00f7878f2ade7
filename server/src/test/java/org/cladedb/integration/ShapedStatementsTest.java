package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cladedb.CladeDB;
import org.cladedb.testing.ResultText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/// Texts that differ in their literals only are planned once, and mean what they say all the same.
final class ShapedStatementsTest {
    private static final int TEXTS = 20;

    private CladeDB database;
    private Connection connection;
    private Connection observer;

    @BeforeEach
    void open() throws SQLException {
        database = CladeDB.memory();
        connection = connect("");
        observer = connect("");
        run(
                "CREATE TABLE t (id int PRIMARY KEY, name text, big bigint, price numeric(8,2),"
                        + " code char(4), at timestamptz, day date, flag boolean)");
        run(
                "INSERT INTO t SELECT i, 'n' || i, i * 10000000000, i + 0.25, i::text,"
                        + " '2020-01-01 00:00+00'::timestamptz + i * interval '1 hour',"
                        + " '2020-01-01'::date + i, i % 2 = 0 FROM generate_series(1, 50) i");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        observer.close();
        database.close();
    }

    private Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl() + options);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String rows(Connection connection, String sql) throws SQLException {
        return String.join("\n", ResultText.of(connection, sql));
    }

    private long planned() throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT statements_planned FROM clade_store")) {
            row.next();
            return row.getLong(1);
        }
    }

    private long plannedFor(Connection user, IntFunction<String> text) throws SQLException {
        planned();
        long before = planned();
        for (int i = 1; i <= TEXTS; i++) {
            try (Statement statement = user.createStatement()) {
                statement.execute(text.apply(i));
            }
        }
        return planned() - before;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "simple"})
    void oneShapeIsPlannedOnce(String mode) throws SQLException {
        try (Connection user = connect(mode.isEmpty() ? "" : "?preferQueryMode=" + mode)) {
            assertThat(plannedFor(user, i -> "SELECT name FROM t WHERE id = " + i)).isEqualTo(1);
            assertThat(plannedFor(user, i -> "SELECT id FROM t WHERE name = 'n" + i + "'"))
                    .isEqualTo(1);
            assertThat(plannedFor(user, i -> "UPDATE t SET big = big + " + i + " WHERE id = " + i))
                    .isEqualTo(1);
            assertThat(plannedFor(user, i -> "INSERT INTO t (id, name) VALUES (-" + i + ", 'm')"))
                    .isEqualTo(1);
            assertThat(plannedFor(user, i -> "DELETE FROM t WHERE id BETWEEN -" + i + " AND 0"))
                    .isEqualTo(1);
            assertThat(plannedFor(user, i -> "SELECT id FROM t WHERE id < 9 LIMIT " + i))
                    .isEqualTo(TEXTS);
        }
    }

    @Test
    void planCacheModeSaysOtherwise() throws SQLException {
        run("SET plan_cache_mode = force_custom_plan");
        assertThat(plannedFor(connection, i -> "SELECT name FROM t WHERE id = " + i))
                .isEqualTo(TEXTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM t WHERE big = %d0000000000",
                "SELECT id FROM t WHERE price = %d.25",
                "SELECT id FROM t WHERE price = '%d.25'",
                "SELECT id FROM t WHERE code = '%d'",
                "SELECT id FROM t WHERE code = '%d  '",
                "SELECT id FROM t WHERE at = '2020-01-01 %02d:00'",
                "SELECT id FROM t WHERE day >= '2020-01-%02d' AND day < '2020-01-20' ORDER BY id",
                "SELECT id = %d, count(*) FROM t GROUP BY id = %<d ORDER BY 2",
                "SELECT DISTINCT id - %d FROM t WHERE id < 5 ORDER BY id - %<d",
                "SELECT id, flag = 'true' FROM t WHERE id = %d",
                "SELECT (SELECT max(u.id) FROM t u WHERE u.id < t.id + %d) FROM t ORDER BY id",
                "SELECT id FROM t WHERE (id, name) = (%d, 'n%<d')",
                "SELECT count(*) FILTER (WHERE id > %d) FROM t HAVING count(*) > %<d",
                "SELECT id + %d FROM t WHERE id <= -%<d + 5 ORDER BY 1",
            })
    void meansTheSame(String text) throws SQLException {
        try (Connection custom = connect("?options=-c%20plan_cache_mode=force_custom_plan")) {
            for (int i = 1; i <= 9; i++) {
                String sql = text.formatted(i);
                assertThat(rows(connection, sql)).as(sql).isEqualTo(rows(custom, sql));
            }
        }
    }

    @Test
    void literalsFollowSettings() throws SQLException {
        String sql = "SELECT id FROM t WHERE at = '2020-01-01 06:00'";
        run("SET TimeZone = 'UTC'");
        assertThat(rows(connection, sql)).contains("6");
        run("SET TimeZone = 'America/New_York'");
        assertThat(rows(connection, sql)).contains("11");
    }

    @Test
    void aStatementSentAgainSeesWhatDdlDid() throws SQLException {
        assertThat(rows(connection, "SELECT * FROM t WHERE id = 1")).doesNotContain("extra");
        run("ALTER TABLE t ADD extra text DEFAULT 'extra'");
        assertThat(rows(connection, "SELECT * FROM t WHERE id = 2")).contains("extra");
        run("ALTER TABLE t ALTER name TYPE int USING id");
        assertThat(rows(connection, "SELECT id FROM t WHERE name = '3'")).contains("3");
        assertThat(rows(connection, "SELECT id FROM t WHERE name = 4")).contains("4");
    }

    @Test
    void errorsAreThoseOfTheTextAsItStands() throws SQLException {
        rows(connection, "SELECT id FROM t WHERE id = '1'");
        assertError(
                () -> rows(connection, "SELECT id FROM t WHERE id = 'one'"),
                "22P02",
                "invalid input syntax for type integer: \"one\"",
                29);
        assertError(
                () -> rows(connection, "SELECT id FROM t WHERE nothing = 5"),
                "42703",
                "column \"nothing\" does not exist",
                24);
        assertError(
                () -> rows(connection, "SELECT id FROM t WHERE flag = 5"),
                "42883",
                "operator does not exist: boolean = integer",
                29);
        assertError(
                () -> run("UPDATE t SET id = 1; UPDATE t SET id = 'x'"),
                "23505",
                "duplicate key",
                0);
    }

    private static void assertError(
            ThrowingCallable call, String state, String message, int position) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PSQLException.class,
                        failure -> {
                            assertThat(failure.getSQLState()).isEqualTo(state);
                            assertThat(failure.getMessage()).contains(message);
                            var server = Objects.requireNonNull(failure.getServerErrorMessage());
                            assertThat(server.getPosition()).isEqualTo(position);
                        });
    }

    /// Both know that a literal fits: a parameter would lead to a scan.
    @Test
    void keysOfNarrowerTypesAreFoundByLiterals() throws SQLException {
        run("CREATE TABLE small (id smallint PRIMARY KEY, n int UNIQUE)");
        assertThat(plannedFor(connection, i -> "SELECT n FROM small WHERE id = " + i))
                .isGreaterThanOrEqualTo(TEXTS);
        assertThat(plannedFor(connection, i -> "SELECT id FROM small WHERE n = -" + i))
                .isEqualTo(1);
        assertThat(plannedFor(connection, i -> "DELETE FROM small WHERE id > -" + i))
                .isGreaterThanOrEqualTo(TEXTS);
    }

    @Test
    void intervalsOfFieldsReadTheirLiteralsThemselves() throws SQLException {
        run("CREATE TABLE spans (id int, span interval minute)");
        run("INSERT INTO spans VALUES (1, '5')");
        run("INSERT INTO spans VALUES (2, '6')");
        assertThat(rows(connection, "SELECT span::text FROM spans ORDER BY id"))
                .contains("00:05:00", "00:06:00");
    }
}
