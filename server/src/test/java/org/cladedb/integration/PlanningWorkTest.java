package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No cliffs of planning: statements that a plan without the right idea answers with the square of
/// their rows, or with work for what nobody reads, do work in proportion to their rows, by the
/// counters of EXPLAIN ANALYZE.
final class PlanningWorkTest {
    private static final int ROWS = 2_000;

    private static CladeDB database;
    private static Connection connection;

    /// @param keysMax keys that may be read
    /// @param rowsMax rows that may go through operators, each counted once an operator
    record Expectation(String sql, long keysMax, long rowsMax) {
        @Override
        public String toString() {
            return sql;
        }
    }

    @BeforeAll
    static void open() throws SQLException {
        database = CladeDB.memory();
        connection = DriverManager.getConnection(database.jdbcUrl());
        try (Statement statement = connection.createStatement()) {
            // Plans for large tables: of small ones everything is read at once.
            statement.execute("SET assumed_table_rows = 100000");
            statement.execute(
                    """
                    CREATE TABLE t (id int PRIMARY KEY, x int, y int, code text, big bigint);
                    CREATE TABLE u (id int PRIMARY KEY, x int, y int);
                    CREATE TABLE span (id int PRIMARY KEY, s int, e int);
                    CREATE INDEX t_code ON t (code);
                    CREATE INDEX t_big ON t (big);
                    CREATE INDEX span_s ON span (s);
                    CREATE SEQUENCE numbers;
                    CREATE VIEW counted AS
                        SELECT id, (SELECT count(*) FROM u WHERE u.x > t.x) AS n FROM t;
                    """);
            statement.execute(
                    "INSERT INTO t SELECT g, g, g %% 100, 'c' || g, g FROM generate_series(1, %1$d) g;"
                                    .formatted(ROWS)
                            + "INSERT INTO u SELECT g, g * 2, g %% 30 FROM generate_series(1, %1$d) g;"
                                    .formatted(ROWS)
                            + "INSERT INTO span SELECT g, g * 10, g * 10 + 5"
                            + " FROM generate_series(1, %1$d) g".formatted(ROWS));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
        database.close();
    }

    private static Expectation scans(int scans, String sql) {
        return new Expectation(sql, (long) scans * ROWS, 4L * scans * ROWS);
    }

    private static Expectation few(String sql) {
        return new Expectation(sql, 300, 1_000);
    }

    private static String chain(String operator) {
        return IntStream.range(0, 500)
                .mapToObj(number -> "SELECT " + number)
                .collect(Collectors.joining(" " + operator + " "));
    }

    static Stream<Expectation> statements() {
        return Stream.of(
                // What nobody reads is not computed.
                scans(1, "SELECT count(*) FROM counted"),
                scans(1, "SELECT max(id) FROM (SELECT id, (SELECT sum(x) FROM u) FROM t) q"),
                scans(1, "WITH w AS (SELECT * FROM counted) SELECT count(*) FROM w"),
                scans(2, "SELECT count(*) FROM counted UNION ALL SELECT count(*) FROM counted"),
                scans(1, "SELECT count(*) FROM t LEFT JOIN u ON u.id = t.x"),
                few(
                        "SELECT id, (SELECT count(*) FROM u WHERE u.x = t.x) FROM t"
                                + " WHERE id BETWEEN 5 AND 9 ORDER BY y LIMIT 0"),
                // Lists of keys.
                few("SELECT * FROM t WHERE id = ANY (ARRAY(SELECT generate_series(1, 50)))"),
                few("SELECT * FROM t WHERE id IN (SELECT generate_series(1, 50))"),
                few(
                        "SELECT * FROM t WHERE code IN (SELECT 'c' || g FROM generate_series(1, 50) g)"),
                few("SELECT * FROM t WHERE big IN (1, 2, 3)"),
                few("SELECT * FROM t WHERE big = ANY (ARRAY[1, 2, 3])"),
                few("UPDATE t SET y = y WHERE id IN (SELECT generate_series(1, 50))"),
                few("DELETE FROM t WHERE id = ANY (ARRAY(SELECT -generate_series(1, 50)))"),
                scans(1, "SELECT * FROM t WHERE y = ANY (ARRAY(SELECT generate_series(1, 2000)))"),
                // Alternatives.
                few("SELECT * FROM t WHERE id = 7 OR code = 'c9' OR big = 11"),
                few("SELECT * FROM t WHERE (id = 7 AND y = 1) OR (id = 7 AND y = 7)"),
                few("UPDATE t SET y = y WHERE id = 7 OR code = 'c9'"),
                scans(
                        2,
                        "SELECT count(*) FROM t, u WHERE (t.x = u.x AND t.y = 1)"
                                + " OR (t.x = u.x AND u.y = 2) OR (u.x = t.x AND t.x = u.x AND u.y = 3)"),
                // Several levels.
                scans(
                        4,
                        "SELECT count(*) FROM t a, t b WHERE a.x = b.x AND EXISTS (SELECT 1"
                                + " FROM u c WHERE b.y = c.y AND NOT EXISTS (SELECT 1 FROM u d"
                                + " WHERE a.x = d.x))"),
                scans(
                        5,
                        "SELECT count(*) FROM t a WHERE NOT EXISTS (SELECT 1 FROM u b"
                                + " WHERE b.x = a.x AND NOT EXISTS (SELECT 1 FROM u c WHERE c.x = a.x"
                                + " AND c.y = b.y))"),
                scans(4, "SELECT sum((SELECT count(*) FROM u b WHERE b.x = a.x)) FROM t a"),
                // Ranges.
                scans(6, "SELECT count(*) FROM span JOIN t ON t.id BETWEEN s AND e"),
                scans(6, "SELECT count(*) FROM t RIGHT JOIN span ON t.id BETWEEN s AND e"),
                scans(6, "SELECT count(*) FROM t JOIN span ON s BETWEEN t.id AND t.id + 5"),
                scans(
                        6,
                        "SELECT count(*) FROM span WHERE EXISTS (SELECT 1 FROM t"
                                + " WHERE t.id BETWEEN s AND e)"),
                // Chains.
                new Expectation(chain("UNION"), 0, 2_500),
                new Expectation(chain("UNION ALL"), 0, 2_500),
                // Conditions without rows.
                few("SELECT * FROM generate_series(1, 1000000000) WHERE 1 = 0"),
                few("SELECT * FROM generate_series(1, 1000000000) g WHERE g = NULL"),
                few("SELECT * FROM t WHERE (SELECT count(*) FROM span WHERE id = 1) = 7"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void workIsInProportion(Expectation expectation) throws SQLException {
        PlanWork work = PlanWork.of(connection, expectation.sql());
        assertThat(work.keys()).as(work.plan()).isLessThanOrEqualTo(expectation.keysMax());
        assertThat(work.rows()).as(work.plan()).isLessThanOrEqualTo(expectation.rowsMax());
    }
}
