package org.cladedb.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cladedb.CladeDB;
import org.cladedb.testing.ConstraintFaults;
import org.cladedb.testing.RealPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Histories of definitions, with data between them, end as they do on a real PostgreSQL: the same
/// statements fail with the same codes, and definitions, rows and views are shown alike. In every
/// second history foreign keys are grouping ones where they can be. At the end all constraints
/// hold.
///
/// `-Ddefinitions.seed=` and `-Ddefinitions.histories=` choose other histories and more of them.
final class RandomDefinitionsTest {
    private static final long SEED = Long.getLong("definitions.seed", 20_261_201L);
    private static final int HISTORIES = Integer.getInteger("definitions.histories", 12);
    private static final int HISTORIES_SLOW = Integer.getInteger("definitions.histories", 800);
    private static final int STATEMENTS = 70;
    private static final int COMPARED_EACH = 3;
    private static final int DIFFERENCES_MAX = 12;

    private static final String USER_SCHEMAS =
            " !~ '^(pg_|information_schema)' AND c.oid >= 16384 ";
    private static final String RELATIONS =
            "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace ";

    /// What both must answer alike, whenever it is asked.
    private static final List<String> SHOWN =
            List.of(
                    "SELECT table_schema, table_name, column_name, ordinal_position, column_default,"
                            + " is_nullable, data_type, character_maximum_length, numeric_precision,"
                            + " numeric_scale, is_identity, identity_generation, is_generated,"
                            + " generation_expression, is_updatable = 'x' FROM information_schema.columns"
                            + " WHERE table_schema !~ '^(pg_|information_schema)'",
                    "SELECT n.nspname, c.relname, o.conname, o.contype, o.convalidated, o.conenforced,"
                            + " o.connoinherit, o.conkey, o.confkey, o.confupdtype, o.confdeltype,"
                            + " replace(pg_get_constraintdef(o.oid), 'GROUPING ', '') "
                            + RELATIONS
                            + "JOIN pg_constraint o ON o.conrelid = c.oid WHERE n.nspname"
                            + USER_SCHEMAS,
                    "SELECT n.nspname, c.relname, i.indisunique, i.indisprimary, i.indkey::text,"
                            + " pg_get_indexdef(c.oid) "
                            + RELATIONS
                            + "JOIN pg_index i ON i.indexrelid = c.oid WHERE n.nspname"
                            + USER_SCHEMAS,
                    "SELECT n.nspname, c.relname, pg_get_viewdef(c.oid), pg_get_viewdef(c.oid, true) "
                            + RELATIONS
                            + "WHERE c.relkind = 'v' AND n.nspname"
                            + USER_SCHEMAS,
                    "SELECT n.nspname, c.relname, d.adnum, pg_get_expr(d.adbin, d.adrelid) "
                            + RELATIONS
                            + "JOIN pg_attrdef d ON d.adrelid = c.oid WHERE n.nspname"
                            + USER_SCHEMAS,
                    "SELECT n.nspname, c.relname, c.relkind, c.relpersistence, c.reloptions, c.relnatts,"
                            + " c.relchecks, c.relreplident, obj_description(c.oid) "
                            + RELATIONS
                            + "WHERE n.nspname"
                            + USER_SCHEMAS,
                    "SELECT n.nspname, c.relname, a.attnum, a.attname, a.attnotnull, a.attisdropped,"
                            + " a.attstorage, a.attstattarget, a.atthasdef,"
                            + " CASE WHEN NOT a.attisdropped THEN a.attidentity END,"
                            + " a.attgenerated "
                            + RELATIONS
                            + "JOIN pg_attribute a ON a.attrelid = c.oid"
                            + " WHERE c.relkind IN ('r', 'v') AND a.attnum > 0 AND n.nspname"
                            + USER_SCHEMAS,
                    "SELECT schemaname, sequencename, data_type, start_value, min_value, max_value,"
                            + " increment_by, cycle, cache_size, last_value FROM pg_sequences",
                    "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'");

    @Test
    void historiesEndTheSame() throws SQLException {
        compare(HISTORIES);
    }

    @Test
    @Tag("slow")
    void manyHistoriesEndTheSame() throws SQLException {
        compare(HISTORIES_SLOW);
    }

    private static void compare(int histories) throws SQLException {
        List<String> differences = new ArrayList<>();
        int[] counts = new int[3];
        try (RealPostgres server = RealPostgres.start("fsync=off");
                Connection real = connect(server.jdbcUrl())) {
            for (int i = 0; i < histories && differences.size() < DIFFERENCES_MAX; i++) {
                String difference = history(SEED + i, real, counts);
                if (difference != null) {
                    differences.add("history " + (SEED + i) + ": " + difference);
                }
            }
        }
        assertThat(String.join("\n\n", differences)).as("seed %s", SEED).isEmpty();
        assertThat(counts[1]).as("statements that succeeded").isGreaterThan(counts[0] / 3);
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url + "&preferQueryMode=simple");
    }

    private static @Nullable String history(long seed, Connection real, int[] counts)
            throws SQLException {
        Random random = new Random(seed);
        boolean grouped = seed % 2 == 0;
        List<String> script = new ArrayList<>();
        try (CladeDB database = CladeDB.memory();
                Connection ours = connect(database.jdbcUrl())) {
            clear(real);
            both(real, ours, "CREATE SCHEMA s1");
            both(real, ours, "CREATE SCHEMA s2");
            KnownObjects known = KnownObjects.NONE;
            boolean isOpen = false;
            boolean isFailed = false;
            for (int i = 0; i < STATEMENTS; i++) {
                String statement = new RandomDefinition(random, known).next();
                if (isOpen && random.nextInt(6) == 0) {
                    statement = random.nextBoolean() ? "COMMIT" : "ROLLBACK";
                    isOpen = false;
                    isFailed = false;
                } else if (!isOpen && random.nextInt(15) == 0) {
                    statement = "BEGIN";
                    isOpen = true;
                }
                String actual = run(ours, statement, grouped && !isOpen);
                script.add(statement);
                counts[0]++;
                if (actual.startsWith("unsupported")) {
                    counts[2]++;
                    if (isOpen) {
                        both(real, ours, "ROLLBACK");
                        script.add("ROLLBACK");
                        isOpen = false;
                        isFailed = false;
                    }
                    continue;
                }
                String expected = run(real, statement, false);
                counts[1] += expected.startsWith("ok") ? 1 : 0;
                if (!same(statement, expected, actual)) {
                    return told(script, expected, actual);
                }
                isFailed |= isOpen && !expected.startsWith("ok");
                if (isFailed) {
                    continue;
                }
                known = KnownObjects.of(real);
                if (i % COMPARED_EACH == 0 || i == STATEMENTS - 1) {
                    String difference = shownDifference(real, ours, known);
                    if (difference != null) {
                        return told(script, difference, "");
                    }
                }
            }
            if (isOpen) {
                both(real, ours, "ROLLBACK");
            }
            List<String> faults = ConstraintFaults.in(ours);
            return faults.isEmpty() ? null : told(script, "no faults", faults.toString());
        }
    }

    private static void clear(Connection real) throws SQLException {
        try (Statement statement = real.createStatement()) {
            statement.execute("ROLLBACK");
            for (List<String> schema :
                    KnownObjects.rows(
                            real,
                            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'")) {
                statement.execute("DROP SCHEMA " + schema.getFirst() + " CASCADE");
            }
            statement.execute("CREATE SCHEMA public");
            statement.execute("SET search_path = public");
        }
    }

    private static void both(Connection real, Connection ours, String statement)
            throws SQLException {
        try (Statement one = real.createStatement();
                Statement other = ours.createStatement()) {
            one.execute(statement);
            other.execute(statement);
        }
    }

    /// `ok` with the number of rows, `error` with the code, or `unsupported`.
    private static String run(Connection connection, String statement, boolean grouped) {
        if (grouped && statement.contains(RandomDefinition.GROUPING)) {
            String outcome =
                    run(
                            connection,
                            statement.replace(RandomDefinition.GROUPING, "GROUPING "),
                            false);
            if (outcome.startsWith("ok")) {
                return outcome;
            }
        }
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
            return "ok " + jdbc.getUpdateCount();
        } catch (SQLException failure) {
            String message = String.valueOf(failure.getMessage());
            boolean isUnsupported =
                    "0A000".equals(failure.getSQLState()) && message.contains("not supported yet");
            return (isUnsupported ? "unsupported " : "error ")
                    + failure.getSQLState()
                    + " "
                    + message;
        }
    }

    /// Which of several faults of the rows is found first depends on the order of rows and checks.
    private static boolean same(String statement, String expected, String actual) {
        if (expected.startsWith("ok") || actual.startsWith("ok")) {
            return expected.equals(actual);
        }
        String one = expected.substring("error ".length(), "error ".length() + 5);
        String other = actual.substring("error ".length(), "error ".length() + 5);
        // Of several reasons why a type cannot be changed either may be found first.
        boolean isOfType = statement.contains(" TYPE ");
        return one.equals(other) || isOfType || (isOfRows(one) && isOfRows(other));
    }

    private static boolean isOfRows(String code) {
        return code.startsWith("22") || code.startsWith("23");
    }

    private static @Nullable String shownDifference(
            Connection real, Connection ours, KnownObjects known) throws SQLException {
        for (String query : SHOWN) {
            String difference = difference(query, sorted(real, query), sorted(ours, query));
            if (difference != null) {
                return difference;
            }
        }
        for (KnownObjects.Relation relation : known.relations()) {
            String query = "SELECT * FROM " + relation.name();
            String difference = difference(query, rowsOrCode(real, query), rowsOrCode(ours, query));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static List<String> rowsOrCode(Connection connection, String query) {
        try {
            return sorted(connection, query);
        } catch (SQLException failure) {
            return List.of("error " + failure.getSQLState());
        }
    }

    private static @Nullable String difference(
            String query, List<String> expected, List<String> actual) {
        if (expected.equals(actual)) {
            return null;
        }
        List<String> missing = new ArrayList<>(expected);
        missing.removeAll(actual);
        List<String> surplus = new ArrayList<>(actual);
        surplus.removeAll(expected);
        return query + "\n    PostgreSQL " + missing + "\n    here       " + surplus;
    }

    private static List<String> sorted(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        KnownObjects.rows(connection, query).forEach(row -> rows.add(String.join("|", row)));
        Collections.sort(rows);
        return rows;
    }

    private static String told(List<String> script, String expected, String actual) {
        return String.join(";\n", script)
                + "\n  PostgreSQL: "
                + expected
                + "\n  here:       "
                + actual;
    }
}
