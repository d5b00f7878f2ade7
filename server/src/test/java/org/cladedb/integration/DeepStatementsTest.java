package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statements of thousands of levels, as programs write them: PostgreSQL takes at least these.
final class DeepStatementsTest {
    private static final int DEEP = 3_200;

    private CladeDB database;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        database = CladeDB.memory();
        connection = DriverManager.getConnection(database.jdbcUrl());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "count of arms ; select count(*) from (#select 1# union all @) s ; 3200",
                "chain ; select #1# + @ ; 3200",
                "chain of columns ; select #g# + @ from generate_series(2, 2) g ; 6400",
                "concatenation ; select length(#'a'# || @) ; 3200",
                "conditions ; select 1 where #1 < 2# and @ ; 1",
                "joined conditions ; select g from generate_series(0, 9) g where #g = 3# or @ ; 3",
            })
    void chainsOfThousands(String name, String pattern, String expected) throws SQLException {
        String[] parts = pattern.split("[#@]", -1);
        String chain = String.join(parts[2], Collections.nCopies(DEEP, parts[1]));
        String tail = parts.length > 3 ? parts[3] : "";
        assertThat(value(parts[0] + chain + tail)).as(name).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abs( | -7 | ) | 7",
                "( | 7 | ) | 7",
                "- | 7 | '' | 7",
                "not | true | '' | t",
                "(select | 7 | ) | 7",
                "case when true then | 7 | end | 7",
            })
    void levelsOfThousands(String open, String core, String close, String expected)
            throws SQLException {
        String text = "select " + (open + " ").repeat(DEEP) + core + (" " + close).repeat(DEEP);
        assertThat(value(text)).isEqualTo(expected);
    }

    @Test
    void subqueriesInFrom() throws SQLException {
        int levels = 800;
        String text =
                "select * from "
                        + "(select * from ".repeat(levels)
                        + "(values (1)) v"
                        + IntStream.range(0, levels)
                                .mapToObj(i -> ") s" + i)
                                .collect(Collectors.joining());
        assertThat(value(text)).isEqualTo("1");
    }

    @Test
    void existsInExists() throws SQLException {
        int levels = 400;
        assertThat(
                        value(
                                "select 1 where "
                                        + "exists (select 1 where ".repeat(levels)
                                        + "true"
                                        + ")".repeat(levels)))
                .isEqualTo("1");
    }

    @Test
    void whatIsKeptCanBeUsedAsOften() throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement("select ?::int" + " + 1".repeat(DEEP))) {
            for (int i = 0; i < 8; i++) {
                prepared.setInt(1, i);
                try (ResultSet rows = prepared.executeQuery()) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(DEEP + i);
                }
            }
        }
    }

    @Test
    void viewsCursorsAndTablesOfDeepQueries() throws SQLException {
        String query = "select 1 as n" + " union all select 1".repeat(DEEP - 1);
        try (Statement statement = connection.createStatement()) {
            statement.execute("create view deep as " + query);
            assertThat(value("select sum(n) from deep")).isEqualTo("" + DEEP);
            statement.execute("create table kept as " + query);
            assertThat(value("select count(*) from kept")).isEqualTo("" + DEEP);
            connection.setAutoCommit(false);
            statement.execute("declare c cursor for " + query);
            assertThat(value("fetch 1 from c")).isEqualTo("1");
            statement.execute("move 3000 in c");
            assertThat(value("fetch 1 from c")).isEqualTo("1");
            connection.commit();
        }
    }

    @Test
    void noLevelsWithoutEnd() throws SQLException {
        String text = "select " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
        assertThat(stateOf(text)).isEqualTo("54001");
        assertThat(stateOf("select 1" + " + 1".repeat(200_000))).isEqualTo("54001");
        assertThat(value("select 1")).isEqualTo("1");
    }

    @Test
    void deepStatementsCanBeTimedOut() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = '50ms'");
        }
        String text =
                "select sum(g" + " + 1".repeat(1_000) + ") from generate_series(1, 1000000000) g";
        assertThat(stateOf(text)).isEqualTo("57014");
        assertThat(value("select 1")).isEqualTo("1");
    }

    private String stateOf(String text) throws SQLException {
        try {
            value(text);
            return "00000";
        } catch (SQLException failure) {
            return failure.getSQLState();
        }
    }

    private String value(String text) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(text)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
