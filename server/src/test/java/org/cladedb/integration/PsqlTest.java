package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.cladedb.CladeDB;
import org.cladedb.testing.Psql;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the real psql prints about a schema, compared with what it prints of PostgreSQL.
final class PsqlTest {
    private static CladeDB database;
    private static RealPostgres postgres;

    @BeforeAll
    static void start() throws SQLException {
        assumeTrue(Psql.isInstalled(), "psql is not installed");
        database = CladeDB.memory();
        postgres = RealPostgres.start("fsync=off");
        PlainSchema.create(database.jdbcUrl());
        PlainSchema.create(postgres.jdbcUrl());
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE SCHEMA tree;
                    CREATE TABLE tree.parent (id int PRIMARY KEY);
                    CREATE TABLE tree.child (id int PRIMARY KEY, parent_id int NOT NULL,
                        GROUPING FOREIGN KEY (parent_id) REFERENCES tree.parent);
                    """);
        }
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA tree");
        }
    }

    @AfterAll
    static void stop() {
        if (database != null) {
            database.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String ours(String command) {
        Psql.Outcome outcome = Psql.to(database.port()).run("-c", command);
        assertThat(outcome.status()).as(command + "\n" + outcome.output()).isZero();
        return outcome.output();
    }

    private static String theirs(String command) {
        return Psql.to(postgres.port()).run("-c", command).output();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d",
                "\\dt",
                "\\dt cust*",
                "\\dt *.customer",
                "\\d customer",
                "\\d cust_order",
                "\\d item",
                "\\d \"Odd Name\"",
                "\\d active_customer",
                "\\d ticket",
                "\\d item_line_seq",
                "\\d cust_order_id_seq",
                "\\d item_pkey",
                "\\d cust_order_customer",
                "\\d archive.*",
                "\\d+ customer",
                "\\d+ item",
                "\\d+ cust_order_customer",
                "\\di",
                "\\dv",
                "\\dn",
                "\\dn pub*",
                "\\du",
                "\\dg",
                "\\df",
                "\\ds",
                "\\dp",
                "\\dp customer",
                "\\dm",
                "\\dD",
                "\\dT",
                "\\dy",
                "\\dd",
                "\\ddp",
                "\\des",
                "\\db",
                "\\dE",
                "\\encoding",
            })
    void printsWhatItPrintsOfPostgres(String command) {
        assertThat(ours(command)).isEqualTo(theirs(command));
    }

    /// Bytes on disk are not told: tables of a group lie between each other.
    @ParameterizedTest
    @ValueSource(strings = {"\\dt+", "\\di+", "\\ds+", "\\dv+"})
    void sizesAreNotTold(String command) {
        assertThat(withoutSizes(ours(command))).isEqualTo(withoutSizes(theirs(command)));
    }

    private static String withoutSizes(String output) {
        return output.replaceAll("\\d+ (bytes|kB|MB)", "").replaceAll("[ -]+", " ");
    }

    @Test
    void databases() {
        assertThat(ours("\\l"))
                .contains(" postgres  | postgres | UTF8")
                .contains(" template0 | postgres | UTF8")
                .contains("(3 rows)");
    }

    @Test
    void theGroupingKeyIsShown() {
        assertThat(ours("\\d tree.child"))
                .contains(
                        "\"child_parent_id_fkey\" GROUPING FOREIGN KEY (parent_id)"
                                + " REFERENCES tree.parent(id)");
        assertThat(ours("\\d tree.parent")).contains("GROUPING FOREIGN KEY (parent_id)");
    }

    @Test
    void whatIsNotThere() {
        Psql.Outcome outcome = Psql.to(database.port()).run("-c", "\\d nosuch");
        assertThat(outcome)
                .isEqualTo(Psql.to(postgres.port()).run("-c", "\\d nosuch"))
                .isEqualTo(new Psql.Outcome(1, "Did not find any relation named \"nosuch\".\n"));
    }
}
