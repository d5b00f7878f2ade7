package org.cladedb.twins;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.cladedb.CladeDB;
import org.cladedb.testing.ConstraintFaults;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.Test;

/// Groups answer as ungrouped tables do. `-Dtwins.seed=` and `-Dtwins.runs=` choose the histories.
final class GroupTwinsTest {
    private static final long SEED = Long.getLong("twins.seed", 1);
    private static final int RUNS = Integer.getInteger("twins.runs", 12);
    private static final int ROUNDS = 5;
    private static final int CHANGES = 14;
    private static final int QUERIES = 10;

    @Test
    void groupsAnswerAsTheirTwins() throws SQLException {
        try (RealPostgres postgres = RealPostgres.start("fsync=off")) {
            for (long seed = SEED; seed < SEED + RUNS; seed++) {
                history(seed, postgres.jdbcUrl());
            }
        }
    }

    private static void history(long seed, String postgresUrl) throws SQLException {
        Random random = new Random(seed);
        TwinSchema schema = TwinSchema.random(random);
        TwinStatements statements = new TwinStatements(schema, random);
        StringBuilder script = new StringBuilder("seed " + seed);
        try (CladeDB database = CladeDB.memory();
                Connection grouped = DriverManager.getConnection(database.jdbcUrl());
                Connection plain = DriverManager.getConnection(postgresUrl)) {
            run(plain, "DROP SCHEMA public CASCADE");
            run(plain, "CREATE SCHEMA public");
            define(schema, grouped, script);
            for (String statement : schema.definitions("")) {
                run(plain, statement);
            }
            for (TwinSchema.Table table : schema.tables()) {
                change(TwinStatements.Twin.same(statements.fill(table)), grouped, plain, script);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < CHANGES; i++) {
                    change(statements.change(), grouped, plain, script);
                }
                for (TwinSchema.Table table : schema.tables()) {
                    String all = "SELECT * FROM " + table.name() + " ORDER BY id";
                    compare(TwinStatements.Twin.same(all), grouped, plain, script);
                }
                for (int i = 0; i < QUERIES; i++) {
                    compare(statements.query(), grouped, plain, script);
                    compare(TwinStatements.Twin.same(statements.join()), grouped, plain, script);
                }
            }
            assertThat(ConstraintFaults.in(grouped)).as("%s", script).isEmpty();
        }
    }

    private static void define(TwinSchema schema, Connection grouped, StringBuilder script)
            throws SQLException {
        for (String statement : schema.definitions("GROUPING")) {
            assertThat(run(grouped, statement)).as(statement).isEqualTo("0");
            script.append(";\n").append(statement);
        }
    }

    /// Which of several violated constraints is reported depends on the order of rows.
    private static void change(
            TwinStatements.Twin twin, Connection grouped, Connection plain, StringBuilder script)
            throws SQLException {
        script.append(";\n").append(twin.nested());
        String ours = run(grouped, twin.nested());
        String theirs = run(plain, twin.plain());
        boolean bothRefuse = ours.startsWith("23") && theirs.startsWith("23");
        if (!bothRefuse) {
            assertThat(ours).as("%s", script).isEqualTo(theirs);
        }
    }

    private static void compare(
            TwinStatements.Twin twin, Connection grouped, Connection plain, StringBuilder script)
            throws SQLException {
        String theirs = run(plain, twin.plain());
        assertThat(theirs).as(twin.plain()).doesNotContain("ERROR:");
        assertThat(run(grouped, twin.nested()))
                .as("%s;\n\n%s", script, twin.nested())
                .isEqualTo(theirs);
    }

    /// The rows, the number of rows changed, or the SQLSTATE, five characters and a message.
    private static String run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return String.valueOf(statement.getUpdateCount());
            }
            StringBuilder rows = new StringBuilder();
            try (ResultSet result = statement.getResultSet()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    for (int i = 1; i <= columns; i++) {
                        rows.append(result.getString(i)).append('|');
                    }
                    rows.append('\n');
                }
            }
            return rows.toString();
        } catch (SQLException exception) {
            return exception.getSQLState() + " " + exception.getMessage();
        }
    }
}
