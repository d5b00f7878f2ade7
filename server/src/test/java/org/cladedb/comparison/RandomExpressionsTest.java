package org.cladedb.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cladedb.CladeDB;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Regular expressions match, capture and fail as a real PostgreSQL has it.
///
/// `-Dcomparison.seed=` and `-Dcomparison.cases=` choose other expressions and more of them.
final class RandomExpressionsTest {
    private static final long SEED = Long.getLong("comparison.seed", 20_261_201L);
    private static final int CASES = Integer.getInteger("comparison.cases", 4_000);
    private static final int CASES_SLOW = Integer.getInteger("comparison.cases", 400_000);
    private static final int BATCH = 500;

    /// All that is asked of one expression `p`, text `t`, options `f` and pattern of SIMILAR TO
    /// `s`.
    private static final String QUESTION =
            """
            concat_ws(' ~ ', t ~ p, regexp_match(t, p, f), array(SELECT regexp_matches(t, p, 'g' || f)),
                regexp_replace(t, p, '[\\1\\2\\&]', 'g' || f), regexp_split_to_array(t, p, f),
                substring(t FROM p), regexp_instr(t, p, 1, 1, 1, f, 1), regexp_count(t, p, 1, f),
                regexp_substr(t, p, 1, 2, f), t ~* p)
            """;

    private static final String SIMILAR = "concat_ws(' ~ ', t SIMILAR TO s, similar_to_escape(s))";

    private record Case(String text, String expression, String options, String similar) {}

    @Test
    void expressionsMeanTheSame() throws SQLException {
        compare(CASES);
    }

    @Test
    @Tag("slow")
    void manyExpressionsMeanTheSame() throws SQLException {
        compare(CASES_SLOW);
    }

    private static void compare(int cases) throws SQLException {
        List<String> differences = new ArrayList<>();
        RandomExpression made = new RandomExpression(new Random(SEED));
        try (RealPostgres server = RealPostgres.start("fsync=off");
                Connection real = DriverManager.getConnection(server.jdbcUrl());
                CladeDB database = CladeDB.memory();
                Connection ours = DriverManager.getConnection(database.jdbcUrl())) {
            prepare(real);
            for (int done = 0; done < cases && differences.size() < 20; done += BATCH) {
                compareBatch(made, real, ours, differences);
            }
        }
        assertThat(differences).as("seed %s", SEED).isEmpty();
    }

    /// PostgreSQL answers a batch at once; a function turns errors into answers.
    private static void prepare(Connection real) throws SQLException {
        try (Statement statement = real.createStatement()) {
            for (String question : List.of(QUESTION, SIMILAR)) {
                statement.execute(
                        "CREATE FUNCTION ask_"
                                + (question.equals(SIMILAR) ? "similar" : "regexp")
                                + "(t text, p text, f text, s text) RETURNS text LANGUAGE plpgsql"
                                + " AS $$ BEGIN RETURN "
                                + question
                                + "; EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ': ' || SQLERRM;"
                                + " END $$");
            }
        }
    }

    private static void compareBatch(
            RandomExpression made, Connection real, Connection ours, List<String> differences)
            throws SQLException {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            cases.add(new Case(made.text(), made.expression(), made.options(), made.similar()));
        }
        String[] columns = new String[4 * BATCH];
        for (int i = 0; i < BATCH; i++) {
            columns[i] = cases.get(i).text();
            columns[BATCH + i] = cases.get(i).expression();
            columns[2 * BATCH + i] = cases.get(i).options();
            columns[3 * BATCH + i] = cases.get(i).similar();
        }
        try (PreparedStatement asked =
                        real.prepareStatement(
                                "SELECT ask_regexp(a[i], a[i + n], a[i + 2 * n], NULL),"
                                        + " ask_similar(a[i], NULL, NULL, a[i + 3 * n])"
                                        + " FROM (SELECT ?::text[] AS a, ? AS n) q,"
                                        + " generate_series(1, n) i ORDER BY i");
                PreparedStatement answered = ours.prepareStatement("SELECT " + question(QUESTION));
                PreparedStatement similar = ours.prepareStatement("SELECT " + question(SIMILAR))) {
            asked.setArray(1, real.createArrayOf("text", columns));
            asked.setInt(2, BATCH);
            try (ResultSet expected = asked.executeQuery()) {
                for (Case each : cases) {
                    expected.next();
                    note(each, expected.getString(1), answer(answered, each), differences);
                    note(each, expected.getString(2), answer(similar, each), differences);
                }
            }
        }
    }

    private static String question(String form) {
        return form + " FROM (SELECT ?::text AS t, ?::text AS p, ?::text AS f, ?::text AS s) q";
    }

    private static String answer(PreparedStatement statement, Case asked) {
        try {
            statement.setString(1, asked.text());
            statement.setString(2, asked.expression());
            statement.setString(3, asked.options());
            statement.setString(4, asked.similar());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        } catch (SQLException exception) {
            String message = String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
            return exception.getSQLState() + ": " + message.replace("ERROR: ", "");
        }
    }

    private static void note(Case asked, String expected, String actual, List<String> differences) {
        if (!actual.equals(expected)) {
            differences.add(
                    "%s\n  PostgreSQL: %s\n  here:       %s".formatted(asked, expected, actual));
        }
    }
}
