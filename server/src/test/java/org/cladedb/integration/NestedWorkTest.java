package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much of the storage nested reads touch, by the counters of EXPLAIN ANALYZE: a branch is one
/// range, whose keys are read once, however many levels and parents there are.
///
/// The group is `a` above `b` above `c` above `d`; each `a` has 2 `b`, each of these 3 `c`, each of
/// these 2 `d`: a tree of 1 + 2 + 6 + 12 = 21 rows.
final class NestedWorkTest {
    private static final int PARENTS = 2_000;
    private static final int ROWS_OF_TREE = 21;

    /// What a batch of a cursor may bring beyond what was needed.
    private static final int BATCH_KEYS_MAX = 512;

    private static final Pattern WORK =
            Pattern.compile("Work: keys=(\\d+) ranges=(\\d+) rows=(\\d+) bytes=\\d+ points=(\\d+)");

    private static final String D = "(SELECT d.id, d.name FROM d WHERE d.c_id = c.id) AS ds";
    private static final String C =
            "(SELECT c.id, c.name, " + D + " FROM c WHERE c.b_id = b.id) AS cs";
    private static final String B = "(SELECT b.id, " + C + " FROM b WHERE b.a_id = a.id) AS bs";

    @TempDir private static Path directory = Path.of("");

    private static CladeDB database;
    private static Connection connection;

    private record Work(long keys, long ranges, long rows, long points) {}

    @BeforeAll
    static void open() throws SQLException {
        database = CladeDB.open(directory.resolve("data"));
        connection = DriverManager.getConnection(database.jdbcUrl());
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE a (id int PRIMARY KEY, name text);
                    CREATE TABLE b (id int PRIMARY KEY, a_id int, name text,
                        GROUPING FOREIGN KEY (a_id) REFERENCES a);
                    CREATE TABLE c (id int PRIMARY KEY, b_id int, name text,
                        GROUPING FOREIGN KEY (b_id) REFERENCES b);
                    CREATE TABLE d (id int PRIMARY KEY, c_id int, name text,
                        GROUPING FOREIGN KEY (c_id) REFERENCES c);
                    CREATE TABLE p (id int PRIMARY KEY, name text);
                    CREATE TABLE q (id int PRIMARY KEY, p_id int, name text);
                    """);
            fill(statement, "a", "", 1);
            fill(statement, "b", ", (i + 1) / 2", 2);
            fill(statement, "c", ", (i + 2) / 3", 6);
            fill(statement, "d", ", (i + 1) / 2", 12);
            fill(statement, "p", "", 1);
            fill(statement, "q", ", (i + 1) / 2", 2);
        }
    }

    private static void fill(Statement statement, String table, String parent, int perRoot)
            throws SQLException {
        statement.execute(
                "INSERT INTO %1$s SELECT i%2$s, '%1$s' || i FROM generate_series(1, %3$d) i"
                        .formatted(table, parent, perRoot * PARENTS));
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
        database.close();
    }

    private static Work work(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN ANALYZE " + sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            Matcher matcher = WORK.matcher(String.join("\n", lines));
            assertThat(matcher.find()).as(String.join("\n", lines)).isTrue();
            return new Work(
                    Long.parseLong(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    Long.parseLong(matcher.group(4)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 9", "3, 21"})
    void allTreesAreOneRange(int depth, int rowsOfTree) throws SQLException {
        String nested =
                switch (depth) {
                    case 1 -> "(SELECT b.id, b.name FROM b WHERE b.a_id = a.id) AS bs";
                    case 2 -> B.replace(", " + D, "");
                    default -> B;
                };
        assertThat(work("SELECT a.id, " + nested + " FROM a"))
                .isEqualTo(only(PARENTS * rowsOfTree));
        assertThat(work("SELECT a.id, " + nested + " FROM a WHERE id <= 3"))
                .isEqualTo(only(3 * rowsOfTree));
    }

    /// One range, in which nothing else was read: the embedded engine leaves out the rows of tables
    /// that nobody asked for.
    private static Work only(int rows) {
        return new Work(rows, 1, rows, 0);
    }

    @Test
    void rowsComeInTheOrderOfTheirKeysForNothing() throws SQLException {
        String sorted =
                "SELECT a.id, (SELECT b.id, (SELECT c.id, c.name FROM c WHERE c.b_id = b.id"
                        + " ORDER BY c.id) AS cs FROM b WHERE b.a_id = a.id ORDER BY b.id) AS bs"
                        + " FROM a ORDER BY a.id";
        assertThat(work(sorted)).isEqualTo(only(9 * PARENTS));
    }

    @Test
    void aTableInTheMiddleIsAParentToo() throws SQLException {
        assertThat(work("SELECT b.id, " + C + " FROM b")).isEqualTo(only(20 * PARENTS));
    }

    @Test
    void aRangeOfParentsReadsTheirTreesOnly() throws SQLException {
        assertThat(work("SELECT a.id, " + B + " FROM a WHERE id BETWEEN ? AND ?", 501, 510))
                .isEqualTo(only(10 * ROWS_OF_TREE));
    }

    @Test
    void oneTreeByKey() throws SQLException {
        assertThat(work("SELECT a.id, " + B + " FROM a WHERE id = ?", 1_234))
                .isEqualTo(only(ROWS_OF_TREE));
        // Where b lies is asked of its primary key first.
        assertThat(work("SELECT b.id, " + C + " FROM b WHERE id = ?", 1_234))
                .isEqualTo(new Work(10, 1, 10, 1));
        assertThat(work("SELECT a.id, " + B + " FROM a WHERE id = ?", PARENTS + 1))
                .isEqualTo(only(0));
    }

    /// Whether the parent's own row is passed over or read and dropped is left to the engine.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT b.id, " + C + " FROM b WHERE a_id = ? | 20 | 0",
                "SELECT c.id, " + D + " FROM c WHERE b_id = ? | 9 | 1",
                "SELECT d.id FROM d WHERE c_id = ? | 2 | 1"
            })
    void childrenByTheirGroupingKeyAreARange(String sql, int rows, int points) throws SQLException {
        Work work = work(sql, 77);
        assertThat(work.ranges()).isOne();
        assertThat(work.rows()).isEqualTo(rows);
        assertThat(work.keys()).isBetween((long) rows, rows + 1L);
        assertThat(work.points()).isEqualTo(points);
    }

    @Test
    void aFilterOnTheParentKeepsItOneRange() throws SQLException {
        Work work = work("SELECT a.id, " + B + " FROM a WHERE name = ?", "a77");
        assertThat(work.keys()).isEqualTo((long) ROWS_OF_TREE * PARENTS);
        assertThat(work.ranges()).isOne();
        assertThat(work.rows()).isEqualTo(PARENTS + ROWS_OF_TREE - 1);
    }

    @Test
    void aLimitStopsTheScan() throws SQLException {
        Work work = work("SELECT a.id, " + B + " FROM a ORDER BY a.id LIMIT 10");
        assertThat(work.ranges()).isOne();
        assertThat(work.keys()).isBetween(10L * ROWS_OF_TREE, 10L * ROWS_OF_TREE + BATCH_KEYS_MAX);
    }

    @Test
    void outsideAGroupChildrenAreReadOnce() throws SQLException {
        Work work =
                work(
                        "SELECT p.id, (SELECT q.id, q.name FROM q WHERE q.p_id = p.id) AS qs"
                                + " FROM p");
        assertThat(work).isEqualTo(new Work(3 * PARENTS, 2, 3 * PARENTS, 0));
    }

    @Test
    void theCountersAreInJsonToo() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "EXPLAIN (ANALYZE, FORMAT JSON, SUMMARY OFF) SELECT a.id, "
                                        + B
                                        + " FROM a WHERE id = 7")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1))
                    .contains("\"Work\": {\"Keys Read\": 21, \"Ranges Opened\": 1,")
                    .doesNotContain("Execution Time");
        }
    }
}
