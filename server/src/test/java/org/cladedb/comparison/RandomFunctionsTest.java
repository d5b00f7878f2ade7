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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cladedb.CladeDB;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Functions, operators and casts answer what a real PostgreSQL answers, or fail with the same
/// code.
///
/// `-Dcomparison.seed=`, `-Dcomparison.calls=` and `-Dcomparison.only=` (a part of a call's kind)
/// choose other calls and more of them. One call in three is made of a template, see
/// [RandomTemplate]; `-Dcomparison.templates=` is their share of a hundred.
///
/// A campaign is a number of runs with other seeds and more calls than the default, such as
/// `-Dtest=RandomFunctionsTest -Dcomparison.calls=50000 -Dcomparison.seed=1`, and so on to 5.
final class RandomFunctionsTest {
    private static final long SEED = Long.getLong("comparison.seed", 20_261_202L);
    private static final int CALLS = Integer.getInteger("comparison.calls", 8_000);
    private static final int CALLS_SLOW = Integer.getInteger("comparison.calls", 300_000);
    private static final int TEMPLATES = Integer.getInteger("comparison.templates", 33);
    private static final String ONLY = System.getProperty("comparison.only", "");
    private static final int BATCH = 500;
    private static final int EXAMPLES = 3;

    private static final Pattern INFINITE = Pattern.compile("-?infinity");
    private static final Pattern TIME_FAULT = Pattern.compile("error 22(007|008|009|023)");
    private static final Pattern DOUBLE =
            Pattern.compile("-?\\d\\.\\d{12,24}(e[+-]\\d+)?|-?\\d{1,17}\\.?\\d{0,16}(e[+-]\\d+)?");

    private static final String SETTINGS =
            "SET TimeZone = 'America/New_York'; SET extra_float_digits = 1; SET DateStyle = 'ISO, MDY'";

    @Test
    void callsAnswerTheSame() throws SQLException {
        compare(CALLS);
    }

    @Test
    @Tag("slow")
    void manyCallsAnswerTheSame() throws SQLException {
        compare(CALLS_SLOW);
    }

    private static void compare(int calls) throws SQLException {
        Map<String, List<String>> differences = new TreeMap<>();
        try (RealPostgres server = RealPostgres.start("fsync=off");
                Connection real = connect(server.jdbcUrl());
                CladeDB database = CladeDB.memory();
                Connection ours = connect(database.jdbcUrl())) {
            prepare(real);
            List<CallForm> forms = CallForm.common(real, ours);
            forms.removeIf(form -> !form.toString().contains(ONLY));
            assertThat(forms).hasSizeGreaterThan(ONLY.isEmpty() ? 800 : 0);
            Random random = new Random(SEED);
            RandomValue values = new RandomValue(random);
            RandomTemplate templates = new RandomTemplate(random);
            for (int done = 0; done < calls; done += BATCH) {
                List<RandomTemplate.Call> chosen = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    if (forms.isEmpty() || random.nextInt(100) < TEMPLATES) {
                        chosen.add(templates.next());
                    } else {
                        CallForm form = forms.get(random.nextInt(forms.size()));
                        chosen.add(new RandomTemplate.Call(form.toString(), form.call(values)));
                    }
                }
                compareBatch(chosen, real, ours, differences);
            }
        }
        assertThat(String.join("\n", differences.values().stream().flatMap(List::stream).toList()))
                .as("seed %s, %s forms differ", SEED, differences.size())
                .isEmpty();
    }

    private static Connection connect(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url + "&preferQueryMode=simple");
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
        return connection;
    }

    private static void prepare(Connection real) throws SQLException {
        try (Statement statement = real.createStatement()) {
            statement.execute(
                    "CREATE FUNCTION attempt(query text) RETURNS text LANGUAGE plpgsql AS $$"
                            + " DECLARE answer text; BEGIN EXECUTE query INTO answer; RETURN answer;"
                            + " EXCEPTION WHEN OTHERS THEN RETURN 'error ' || SQLSTATE; END $$");
        }
    }

    private static void compareBatch(
            List<RandomTemplate.Call> calls,
            Connection real,
            Connection ours,
            Map<String, List<String>> differences)
            throws SQLException {
        String[] queries = new String[BATCH];
        for (int i = 0; i < BATCH; i++) {
            queries[i] = "SELECT (" + calls.get(i).text() + ")::text";
        }
        try (PreparedStatement asked =
                        real.prepareStatement(
                                "SELECT attempt(q) FROM unnest(?::text[]) WITH ORDINALITY u(q, i) ORDER BY i");
                Statement statement = ours.createStatement()) {
            asked.setArray(1, real.createArrayOf("text", queries));
            try (ResultSet expected = asked.executeQuery()) {
                for (int i = 0; i < BATCH; i++) {
                    expected.next();
                    String actual = answer(statement, queries[i]);
                    String wanted = expected.getString(1);
                    if (!same(String.valueOf(wanted), String.valueOf(actual))) {
                        List<String> known =
                                differences.computeIfAbsent(
                                        calls.get(i).kind(), _ -> new ArrayList<>());
                        if (known.size() < EXAMPLES) {
                            known.add(
                                    queries[i]
                                            + "\n    PostgreSQL "
                                            + cut(wanted)
                                            + "\n    here       "
                                            + cut(actual));
                        }
                    }
                }
            }
        }
    }

    /// Equal, or doubles of which only the last digits differ: libraries round transcendental
    /// functions differently.
    private static boolean same(String wanted, String actual) {
        if (wanted.equals(actual)) {
            return true;
        }
        // Infinite intervals are not supported, and tell so.
        if (INFINITE.matcher(wanted).matches() && actual.equals("error 22008")) {
            return true;
        }
        // Words that are no time have several faults, and either may be found first.
        if (TIME_FAULT.matcher(wanted).matches() && TIME_FAULT.matcher(actual).matches()) {
            return true;
        }
        if (!DOUBLE.matcher(wanted).matches() || !DOUBLE.matcher(actual).matches()) {
            return false;
        }
        double expected = Double.parseDouble(wanted);
        return Math.abs(expected - Double.parseDouble(actual)) <= Math.abs(expected) * 5e-16;
    }

    private static String cut(String text) {
        return text == null || text.length() < 200 ? text : text.substring(0, 200) + "...";
    }

    private static String answer(Statement statement, String query) {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException exception) {
            return "error " + exception.getSQLState();
        }
    }
}
