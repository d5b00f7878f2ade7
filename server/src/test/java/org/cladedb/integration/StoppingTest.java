package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Statements of every kind that would run for long are stopped soon after their time is over,
/// wherever they are then.
///
/// Each takes many times the bound when nothing stops it. The bound is far above what a stop takes,
/// since the machine may be busy and the code cold.
final class StoppingTest {
    private static final int TIMEOUT_MILLIS = 100;
    private static final Duration BOUND = Duration.ofMillis(1_500);

    /// One a line, run in a block that is rolled back.
    private static final String STATEMENTS =
            """
            select sum(a * b) from generate_series(1, 1000000000) a, generate_series(1, 100000) b
            select length(replace(repeat('a', 100000000), 'a', 'bc'))
            """;

    private static CladeDB database;

    @BeforeAll
    static void open() {
        database = CladeDB.memory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> statementsAreStopped() {
        return STATEMENTS.lines().map(sql -> DynamicTest.dynamicTest(sql, () -> isStopped(sql)));
    }

    private static void isStopped(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl() + "&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setEscapeProcessing(false);
            statement.execute("set statement_timeout = " + TIMEOUT_MILLIS);
            long begun = System.nanoTime();
            SQLException failure =
                    catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            assertThat((Throwable) failure).as("%s ran to its end in %s", sql, taken).isNotNull();
            assertThat(failure.getMessage())
                    .isEqualTo("ERROR: canceling statement due to statement timeout");
            assertThat(failure.getSQLState()).isEqualTo("57014");
            assertThat(taken).isLessThan(BOUND);
            connection.rollback();
        }
    }
}
