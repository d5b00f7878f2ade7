package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/// Errors and notices say where they come from: our own file and line, and the routine that clients
/// know from PostgreSQL where they go by it.
final class ErrorOriginTest {
    private static CladeDB server;
    private static Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        server = CladeDB.memory();
        connection = DriverManager.getConnection(server.jdbcUrl());
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table parent(id int primary key, b int not null check (b>0))");
            statement.execute("create table child(id int references parent)");
            statement.execute("insert into parent values (1, 1), (2, 2)");
            statement.execute("insert into child values (1)");
            statement.execute("create table twins as select 1 as a from generate_series(1, 2)");
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        server.close();
    }

    private static ServerErrorMessage failure(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            PSQLException failure =
                    catchThrowableOfType(PSQLException.class, () -> statement.execute(sql));
            return Objects.requireNonNull(failure.getServerErrorMessage(), sql);
        }
    }

    /// The lines of our source file that the message names.
    private static List<String> source(ServerErrorMessage message) throws IOException {
        String file = Objects.requireNonNull(message.getFile());
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> found =
                    files.filter(path -> path.getFileName().toString().equals(file)).toList();
            assertThat(found).as(file).isNotEmpty();
            return Files.readAllLines(found.getFirst());
        }
    }

    private static void assertOurs(ServerErrorMessage message) throws IOException {
        List<String> lines = source(message);
        assertThat(message.getLine()).isBetween(1, lines.size());
        assertThat(message.getRoutine()).isNotEmpty();
        assertThat(lines).anyMatch(line -> line.contains(message.getRoutine() + "("));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "selec 1",
                "select * from no_such",
                "select no_such from parent",
                "select 1 / 0",
                "select 'a'::int",
                "select '2001-13-01'::date",
                "select lo_import('x')",
                "drop table no_such",
                "alter table parent add column b int",
                "set work_mem = 'much'",
                "select repeat('a', -1 + 2000000000)",
                "declare c cursor for select 1",
                "copy no_such from stdin",
                "select array[1, 2] || 'x'",
            })
    void errorsNameOurSource(String sql) throws SQLException, IOException {
        assertOurs(failure(sql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into parent values (1, 1) | _bt_check_unique",
                "create unique index on twins(a) | comparetup_index_btree_tiebreak",
                "insert into child values (9) | ri_ReportViolation",
                "delete from parent where id = 1 | ri_ReportViolation",
                "insert into parent values (9, null) | ReportNotNullViolationError",
                "insert into parent values (9, 0) | ExecConstraints",
                "update parent set b = true | transformAssignedExpr",
                "insert into parent values (true, 1) | transformAssignedExpr",
                "execute no_such | FetchPreparedStatement",
            })
    void routinesThatClientsGoByArePostgresOnes(String sql, String routine) throws Exception {
        ServerErrorMessage message = failure(sql);
        assertThat(message.getRoutine()).isEqualTo(routine);
        assertThat(message.getLine()).isBetween(1, source(message).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table if exists no_such",
                "commit",
                "create table if not exists parent()"
            })
    void noticesNameOurSource(String sql) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            assertThat((Throwable) statement.getWarnings()).isInstanceOf(PSQLWarning.class);
            assertOurs(((PSQLWarning) statement.getWarnings()).getServerErrorMessage());
        }
    }

    @Test
    void changedResultsSayWhoNoticed() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table changing(a int)");
            statement.execute("prepare changed as select * from changing");
            statement.execute("alter table changing add b int");
        }
        ServerErrorMessage message = failure("execute changed");
        assertThat(message.getSQLState()).isEqualTo("0A000");
        assertThat(message.getRoutine()).isEqualTo("RevalidateCachedQuery");
    }
}
