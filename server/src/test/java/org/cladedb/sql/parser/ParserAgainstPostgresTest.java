package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What the parser says and what the formatter prints, beside a real PostgreSQL.
final class ParserAgainstPostgresTest {
    /// Conditions over the columns `a int, b int, c text, d timestamp, e boolean, f int[]`.
    private static final List<String> CONDITIONS =
            List.of(
                    "a > 0",
                    "a > 0 and b < 10 or not e",
                    "a + b * 2 - 1 >= -5",
                    "a between 1 and 10",
                    "a not between 1 and 10",
                    "a between symmetric 1 and 10",
                    "a in (1, 2, 3)",
                    "a not in (1, 2)",
                    "a is null or b is not null",
                    "e is true and e is not unknown",
                    "a is distinct from b",
                    "a is not distinct from b",
                    "coalesce(a, b, 1) > 0",
                    "nullif(a, b) = 1 and greatest(a, b) > least(a, b)",
                    "case when a > 0 then b else 3 end > 1",
                    "c like 'x%'::text",
                    "c not ilike 'x'::text",
                    "c like 'x!%'::text escape '!'::text",
                    "c similar to 'a|b'::text",
                    "length(c) > 1",
                    "c = 'it''s'::text",
                    "c = E'a\\\\b'::text",
                    "a::bigint > 5",
                    "a::numeric(10, 2) > 1.50",
                    "(a + b)::double precision > 0.5::double precision",
                    "f[1] > 0 and f[1:2] = array[1, 2]",
                    "a = any (f)",
                    "a <> all (f)",
                    "extract(year from d) > 1::numeric",
                    "d < current_timestamp",
                    "d at time zone 'utc'::text is not null",
                    "position('x'::text in c) > 0",
                    "substring(c from 1 for 2) is null",
                    "trim(both 'x'::text from c) is null",
                    "overlay(c placing 'x'::text from 1 for 2) is null",
                    "c collate \"C\" > 'x'::text",
                    "- a < 0 and @ a > 1",
                    "(a, b) is not null",
                    "d > '2012-10-05 00:00:00'::timestamp",
                    "pg_catalog.upper(c) = c",
                    "a > 2147483647 and a::numeric < 1.5");

    private static final RealPostgres SERVER = RealPostgres.start();

    @BeforeAll
    static void makeTable() throws SQLException {
        execute("create table t (a int, b int, c text, d timestamp, e boolean, f int[])");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(SERVER.jdbcUrl());
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void syntaxErrors() throws SQLException {
        try (Connection connection = connect()) {
            for (String test : SyntaxErrorTest.STATEMENTS) {
                String sql = SyntaxErrorTest.sql(test);
                assertThat(Parsing.report(sql)).as(sql).isEqualTo(report(connection, sql));
            }
        }
    }

    /// Only lets PostgreSQL parse: nothing is executed.
    private static String report(Connection connection, String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.getMetaData();
            return "parsed";
        } catch (PSQLException error) {
            ServerErrorMessage message = error.getServerErrorMessage();
            return message == null
                    ? String.valueOf(error.getMessage())
                    : message.getSQLState()
                            + " "
                            + message.getMessage()
                            + " @"
                            + message.getPosition();
        } catch (SQLException error) {
            return String.valueOf(error.getMessage());
        }
    }

    @Test
    void printedConditions() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String condition : CONDITIONS) {
                statement.execute("alter table t add constraint k check (" + condition + ")");
                String expected = definition(statement);
                String printed = Parsing.shape(condition);
                assertThat("CHECK (" + printed + ")").as(condition).isEqualTo(expected);
                assertThat(Parsing.shape(printed)).as("printed twice").isEqualTo(printed);
                statement.execute("alter table t drop constraint k");
            }
        }
    }

    private static String definition(Statement statement) throws SQLException {
        String query = "select pg_get_constraintdef(oid) from pg_constraint where conname = 'k'";
        try (ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            // PostgreSQL breaks the lines of CASE.
            return String.valueOf(result.getString(1))
                    .replaceAll("\\s+", " ")
                    .replace("( CASE", "(CASE");
        }
    }
}
