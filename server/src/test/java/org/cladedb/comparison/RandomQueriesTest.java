package org.cladedb.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cladedb.CladeDB;
import org.cladedb.testing.ConstraintFaults;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/// Random queries over random tables give the rows that a real PostgreSQL gives: over plain tables,
/// over plain tables with indexes, and over a group; in every second round with as little
/// `work_mem` as there can be.
///
/// `-Dcomparison.seed=` and `-Dcomparison.rounds=` choose other queries and more of them.
final class RandomQueriesTest {
    private static final long SEED = Long.getLong("comparison.seed", 20_240_229L);
    private static final int ROUNDS = Integer.getInteger("comparison.rounds", 5);
    private static final int QUERIES_IN_ROUND = 60;

    /// @param modifies whether it changes tables, whose rows are compared too
    private record Question(String query, boolean ordered, boolean modifies) {
        static Question any(Random random) {
            return switch (random.nextInt(10)) {
                case 0, 1 -> {
                    RandomRow row = new RandomRow(random);
                    yield new Question(row.next(), row.isOrdered(), false);
                }
                case 2, 3 -> new Question(new RandomModification(random).next(), false, true);
                default -> {
                    RandomQuery query = new RandomQuery(random);
                    yield new Question(query.next(), query.isOrdered(), false);
                }
            };
        }
    }

    @Test
    void rowsAreThoseOfPostgres() throws SQLException {
        List<String> differences = new ArrayList<>();
        int answered = 0;
        try (RealPostgres server = RealPostgres.start("fsync=off");
                Connection real = connect(server.jdbcUrl())) {
            for (int round = 0; round < ROUNDS; round++) {
                answered += round(SEED + round, real, differences);
            }
        }
        assertThat(differences).as("seed %s", SEED).isEmpty();
        assertThat(answered).as("queries without an error").isGreaterThan(ROUNDS * 40);
    }

    private static int round(long seed, Connection real, List<String> differences)
            throws SQLException {
        Random random = new Random(seed);
        String data = RandomTables.rows(random);
        int answered = 0;
        try (CladeDB database = CladeDB.memory();
                Connection plain = prepared(database, "plain", data, "SELECT 1");
                Connection indexed = prepared(database, "indexed", data, RandomTables.INDEXES);
                Connection grouped = prepared(database, "grouped", data, RandomTables.GROUPING)) {
            if (seed % 2 == 0) {
                for (Connection connection : List.of(plain, indexed, grouped)) {
                    execute(connection, "SET work_mem = '64kB'");
                }
            }
            execute(real, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            execute(real, RandomTables.SCHEMA + data);
            for (int i = 0; i < QUERIES_IN_ROUND; i++) {
                Question question = Question.any(random);
                String expected = answer(real, question);
                answered += expected.startsWith("error") ? 0 : 1;
                compare("plain", plain, question, expected, seed, differences);
                compare("indexed", indexed, question, expected, seed, differences);
                compare("grouped", grouped, question, expected, seed, differences);
            }
            for (String fault : ConstraintFaults.in(plain)) {
                differences.add("seed %s: %s".formatted(seed, fault));
            }
        }
        return answered;
    }

    private static Connection prepared(CladeDB database, String schema, String data, String change)
            throws SQLException {
        Connection connection = connect(database.jdbcUrl());
        execute(connection, "CREATE SCHEMA " + schema);
        execute(connection, "SET search_path = " + schema);
        execute(connection, RandomTables.SCHEMA + data);
        execute(connection, change);
        return connection;
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url + "&preferQueryMode=simple");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void compare(
            String where,
            Connection connection,
            Question question,
            String expected,
            long seed,
            List<String> differences) {
        String actual = answer(connection, question);
        if (!actual.equals(expected)) {
            differences.add(
                    "%s, seed %s: %s\n  PostgreSQL: %s\n  here:       %s"
                            .formatted(where, seed, question.query(), expected, actual));
        }
    }

    /// What the query gives; of a modification also what it leaves in the tables, before it is
    /// undone.
    private static String answer(Connection connection, Question question) {
        if (!question.modifies()) {
            return rows(connection, question);
        }
        try {
            execute(connection, "BEGIN");
            StringBuilder answer = new StringBuilder(rows(connection, question));
            for (String table : RandomTables.NAMES) {
                String all = "SELECT * FROM " + table;
                answer.append(" / ").append(rows(connection, new Question(all, false, false)));
            }
            execute(connection, "ROLLBACK");
            return answer.toString();
        } catch (SQLException exception) {
            throw new IllegalStateException(question.query(), exception);
        }
    }

    /// The rows, sorted unless their order is part of the answer, or the error's code.
    private static String rows(Connection connection, Question question) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(question.query())) {
            int width = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    values.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", values));
            }
            if (!question.ordered()) {
                Collections.sort(rows);
            }
            return String.join("; ", rows);
        } catch (PSQLException exception) {
            return "error " + exception.getSQLState();
        } catch (SQLException exception) {
            throw new IllegalStateException(question.query(), exception);
        }
    }
}
