package org.cladedb.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.cladedb.CladeDB;
import org.cladedb.error.DatabaseException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/// Runs `functions/expectations.tsv`: a line an expression, with the type and text that PostgreSQL
/// 18 gives for it, or its SQLSTATE and message.
///
/// Newlines are `\n` in the file, NULL is `\N`, several rows are joined by ` ; `.
class ExpectationsTest {
    private record Expectation(String sql, String type, String result) {}

    @Test
    void expressionsGiveWhatPostgresGives() throws IOException {
        ExpressionEvaluator evaluator =
                new ExpressionEvaluator(BuiltinFunctions.create(), new TestContext());
        List<String> failures = new ArrayList<>();
        List<Expectation> expectations = read();
        for (Expectation expectation : expectations) {
            String actual = run(evaluator, expectation.sql());
            String wanted = expectation.type() + "\t" + expectation.result();
            if (!actual.equals(wanted)) {
                failures.add(expectation.sql() + "\n   wanted " + wanted + "\n   was    " + actual);
            }
        }
        assertThat(expectations).isNotEmpty();
        assertThat(failures)
                .as("%s of %s expressions differ", failures.size(), expectations.size())
                .isEmpty();
    }

    private static String run(ExpressionEvaluator evaluator, String sql) {
        try {
            List<ExpressionEvaluator.Value> rows = evaluator.evaluate(sql);
            String type = rows.isEmpty() ? "none" : TypeText.of(rows.getFirst().type());
            String text = rows.stream().map(evaluator::text).collect(Collectors.joining(" ; "));
            return (type.equals("unknown") ? "text" : type) + "\t" + text.replace("\n", "\\n");
        } catch (DatabaseException exception) {
            return "ERROR " + exception.state().code() + "\t" + exception.message();
        } catch (RuntimeException exception) {
            return "BUG " + exception;
        }
    }

    /// The same expressions as clients send them.
    @Test
    void statementsGiveWhatPostgresGives() throws IOException, SQLException {
        List<String> failures = new ArrayList<>();
        try (CladeDB database = CladeDB.memory();
                Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl() + "&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET timezone = 'UTC'");
            for (Expectation expectation : read()) {
                String actual = run(statement, expectation.sql());
                String wanted = expectation.type() + "\t" + expectation.result();
                if (!actual.equals(wanted)) {
                    failures.add(
                            expectation.sql() + "\n   wanted " + wanted + "\n   was    " + actual);
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private static String run(Statement statement, String sql) {
        String type = "none";
        List<String> texts = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT pg_typeof(value)::text, value FROM (SELECT "
                                + sql
                                + " AS value) s")) {
            while (rows.next()) {
                type = String.valueOf(rows.getString(1));
                String text = rows.getString(2);
                texts.add(text == null ? "\\N" : text);
            }
            return type + "\t" + String.join(" ; ", texts).replace("\n", "\\n");
        } catch (SQLException exception) {
            String message =
                    exception instanceof PSQLException failure
                                    && failure.getServerErrorMessage() != null
                            ? failure.getServerErrorMessage().getMessage()
                            : exception.toString();
            return "ERROR " + exception.getSQLState() + "\t" + message;
        }
    }

    private static List<Expectation> read() throws IOException {
        InputStream stream =
                Objects.requireNonNull(
                        ExpectationsTest.class.getResourceAsStream("/functions/expectations.tsv"));
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Expectation(cells[0], cells[1], cells[2]))
                    .toList();
        }
    }
}
