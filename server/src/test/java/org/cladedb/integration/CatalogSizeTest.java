package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements about one table do the same work whether there are a hundred tables or thousands.
final class CatalogSizeTest {
    private static final Pattern SYSTEM_SCAN =
            Pattern.compile("(?:Lookup|Seq Scan) on (\\w+) \\(.*rows=(\\d+) loops=(\\d+)\\)");

    /// Of system tables that do not grow with the tables.
    private static final List<String> FIXED =
            List.of("pg_namespace", "pg_collation", "pg_am", "pg_tablespace");

    private static final List<String> DEFINITIONS =
            List.of(
                    "CREATE TABLE n (id serial PRIMARY KEY, b int REFERENCES t5)",
                    "CREATE INDEX n_b ON n (b)",
                    "ALTER TABLE n ADD c text DEFAULT 'x'",
                    "ALTER TABLE n ALTER b SET NOT NULL",
                    "ALTER TABLE n RENAME TO n2",
                    "COMMENT ON TABLE n2 IS 'text'",
                    "DROP INDEX n_b",
                    "DROP TABLE n2",
                    "DROP TABLE t7 CASCADE");

    private static final List<String> QUESTIONS =
            List.of(
                    "SELECT * FROM pg_class WHERE relname = 't9'",
                    "SELECT c.oid, n.nspname FROM pg_class c LEFT JOIN pg_namespace n"
                            + " ON n.oid = c.relnamespace WHERE c.relname ~ '^(t9)$'",
                    "SELECT * FROM pg_class c WHERE c.oid = 't9'::regclass",
                    "SELECT * FROM pg_class c WHERE c.oid = ANY (ARRAY['t9'::regclass, 't8'])",
                    "SELECT a.attname, d.adbin, t.typname FROM pg_class c"
                            + " JOIN pg_attribute a ON a.attrelid = c.oid"
                            + " JOIN pg_type t ON t.oid = a.atttypid"
                            + " LEFT JOIN pg_attrdef d"
                            + " ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
                            + " WHERE c.relname = 't9'",
                    "SELECT (SELECT adbin FROM pg_attrdef d WHERE d.adrelid = a.attrelid"
                            + " AND d.adnum = a.attnum)"
                            + " FROM pg_attribute a WHERE attrelid = 't9'::regclass",
                    "SELECT * FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                            + " WHERE i.indrelid = 't9'::regclass",
                    "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                            + " WHERE conrelid = 't9'::regclass",
                    "SELECT * FROM pg_constraint WHERE confrelid IN"
                            + " (SELECT 1::oid UNION ALL VALUES ('t9'::regclass::oid))",
                    "SELECT * FROM information_schema.columns"
                            + " WHERE table_schema = 'public' AND table_name = 't9'",
                    "SELECT * FROM information_schema.tables WHERE table_name = 't9'",
                    "SELECT * FROM information_schema.table_constraints WHERE table_name = 't9'",
                    "SELECT * FROM pg_indexes WHERE tablename = 't9'",
                    "SELECT * FROM pg_tables WHERE tablename = 't9'");

    @TempDir private Path directory = Path.of("");

    @Test
    void workDoesNotGrowWithTheCatalog() throws SQLException {
        Map<String, List<Long>> few = measure("few", 100);
        Map<String, List<Long>> many = measure("many", 1_000);
        assertThat(many).isEqualTo(few);
    }

    /// The work of every statement, in a database of `tables` tables.
    private Map<String, List<Long>> measure(String name, int tables) throws SQLException {
        Map<String, List<Long>> work = new LinkedHashMap<>();
        try (CladeDB database = CladeDB.open(directory.resolve(name));
                Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Connection other = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement();
                Statement observer = other.createStatement()) {
            create(connection, statement, tables);
            for (String question : QUESTIONS) {
                work.put(question, systemRows(statement, question));
            }
            for (String definition : DEFINITIONS) {
                observer.execute("SELECT 1 FROM t1");
                long before = keysRead(observer);
                statement.execute(definition);
                observer.execute("SELECT count(*) FROM t1");
                work.put(definition, List.of(keysRead(observer) - before));
            }
        }
        return work;
    }

    private static void create(Connection connection, Statement statement, int tables)
            throws SQLException {
        connection.setAutoCommit(false);
        for (int i = 0; i < tables; i++) {
            // The names are as long as others' names in both databases, for keys of one size.
            statement.addBatch(
                    "CREATE TABLE t%d (id int PRIMARY KEY, v text DEFAULT 'x'%s)"
                            .formatted(i, i == 0 ? "" : ", r int REFERENCES t" + (i - 1)));
            statement.addBatch("CREATE INDEX t%d_v ON t%d (v)".formatted(i, i));
        }
        statement.executeBatch();
        connection.commit();
        connection.setAutoCommit(true);
    }

    /// How many rows of system tables were made.
    private static List<Long> systemRows(Statement statement, String query) throws SQLException {
        List<Long> rows = new ArrayList<>();
        try (ResultSet lines = statement.executeQuery("EXPLAIN ANALYZE " + query)) {
            while (lines.next()) {
                Matcher scan = SYSTEM_SCAN.matcher(lines.getString(1));
                if (scan.find() && !FIXED.contains(scan.group(1))) {
                    rows.add(Long.parseLong(scan.group(2)) * Long.parseLong(scan.group(3)));
                }
            }
        }
        assertThat(rows).as(query).isNotEmpty();
        return rows;
    }

    private static long keysRead(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT keys_read FROM clade_store")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void plansSurviveDefinitionsThatHaveNothingToDoWithThem() throws SQLException {
        try (CladeDB database = CladeDB.open(directory.resolve("plans"));
                Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Connection other = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement();
                Statement changes = other.createStatement()) {
            changes.execute("CREATE TABLE a (id int PRIMARY KEY, v int)");
            changes.execute("CREATE VIEW w AS SELECT id FROM a");
            for (String query :
                    List.of(
                            "SELECT v FROM a WHERE id = 1",
                            "SELECT id FROM w",
                            "INSERT INTO a VALUES (1, 1) ON CONFLICT DO NOTHING",
                            "SELECT relname FROM pg_class WHERE oid = 'a'::regclass")) {
                statement.execute(query);
                String unrelated = "CREATE TABLE b (id int PRIMARY KEY, v int)";
                assertThat(plansFor(statement, query, changes, unrelated)).as(query).isZero();
                assertThat(plansFor(statement, query, changes, "ALTER TABLE b ADD c int"))
                        .as(query)
                        .isZero();
                assertThat(plansFor(statement, query, changes, "DROP TABLE b")).as(query).isZero();
                String index = "CREATE INDEX a_v ON a (v)";
                assertThat(plansFor(statement, query, changes, index)).as(query).isEqualTo(1);
                assertThat(plansFor(statement, query, changes, "DROP INDEX a_v"))
                        .as(query)
                        .isEqualTo(1);
            }
            statement.execute("CREATE SCHEMA s");
            statement.execute("SET search_path = s, public");
            statement.execute("SELECT * FROM a");
            changes.execute("CREATE TABLE s.a (other int)");
            try (ResultSet result = statement.executeQuery("SELECT * FROM a")) {
                assertThat(result.getMetaData().getColumnName(1)).isEqualTo("other");
            }
        }
    }

    /// How many statements are planned for `query` after the change.
    private static long plansFor(
            Statement statement, String query, Statement changes, String change)
            throws SQLException {
        changes.execute(change);
        // Twice, since a driver may describe a statement before it runs it.
        plansMade(statement);
        long before = plansMade(statement);
        statement.execute(query);
        return plansMade(statement) - before;
    }

    private static long plansMade(Statement statement) throws SQLException {
        try (ResultSet result =
                statement.executeQuery("SELECT statements_planned FROM clade_store")) {
            result.next();
            return result.getLong(1);
        }
    }
}
