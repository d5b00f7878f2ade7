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
    private static final Duration BOUND = Duration.ofSeconds(3);

    private static final String SCHEMA =
            """
            create table big (id int primary key, g int, t text);
            insert into big select i, i % 1000, md5(i::text) from generate_series(1, 100000) i;
            create table numbers (n int primary key);
            insert into numbers select generate_series(0, 999);
            create table documents (j jsonb);
            insert into documents select jsonb_agg(i) from generate_series(1, 300000) i;
            """;

    /// One a line, run in a block that is rolled back.
    private static final String STATEMENTS =
            """
            select sum(a * b) from generate_series(1, 1000000000) a, generate_series(1, 100000) b
            with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r
            select count(*) from big a join big b on a.t < b.t
            select count(*) from big a where (select count(*) from big b where b.t < a.t) = 0
            select length(replace(repeat('a', 100000000), 'a', 'bc'))
            select length(string_agg(i::text, ',')) from generate_series(1, 100000000) i
            select length(array_to_string(array_fill(1, array[1000000]), ',')) from generate_series(1, 1000)
            select length(array_fill(0, array[1000000])::text) from generate_series(1, 1000)
            select cardinality(('{' || repeat('1,', 1000000) || '1}')::int[]) from generate_series(1, 1000)
            select array_fill(1, array[300000]) && array(select generate_series(2, 100000))
            select array_position(array_fill(1, array[1000000]), 2) from generate_series(1, 1000)
            select cardinality(array_remove(array_fill(1, array[1000000]), 2)) from generate_series(1, 1000)
            select length(concat_ws(',', variadic array_fill('a'::text, array[1000000]))) from generate_series(1, 1000)
            select jsonb_array_length(j) from documents, generate_series(1, 10000)
            select j @> (select jsonb_agg(-i) from generate_series(1, 100000) i) from documents
            select length(jsonb_pretty(j)) from documents, generate_series(1, 10000)
            select length(to_json(array_fill(1, array[1000000]))::text) from generate_series(1, 1000)
            select count(*) from documents, generate_series(1, 10000) i where j = (j || to_jsonb(i))
            select length(exp(5999.123456789::numeric)::text) from generate_series(1, 1000)
            select length(ln(repeat('9', 20000)::numeric)::text) from generate_series(1, 1000)
            select length(factorial(20000)::text) from generate_series(1, 1000)
            select count(*) from (select md5(i::text) from generate_series(1, 100000000) i order by 1) x
            insert into big select a.id + 1000000 * b, a.g, a.t from big a, generate_series(1, 1000) b
            create table copied as select a.* from big a, generate_series(1, 1000)
            """;

    /// The same for what is as long as the table: its time is over before it has well begun.
    private static final String CHANGES =
            """
            create index on big (t)
            create unique index on big (t, id)
            alter table big alter column g type bigint
            alter table big alter column t type varchar(40)
            alter table big add column r double precision default random()
            alter table big add check (length(repeat(t, 100)) > 1)
            alter table big add foreign key (g) references numbers
            update big set g = g + 1
            delete from big
            """;

    private static CladeDB database;

    @BeforeAll
    static void open() throws SQLException {
        database = CladeDB.memory();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @TestFactory
    Stream<DynamicTest> endlessStatementsAreStopped() {
        return STATEMENTS
                .lines()
                .map(sql -> DynamicTest.dynamicTest(sql, () -> isStopped(sql, TIMEOUT_MILLIS)));
    }

    @TestFactory
    Stream<DynamicTest> changesOfTablesAreStopped() {
        return CHANGES.lines().map(sql -> DynamicTest.dynamicTest(sql, () -> isStopped(sql, 1)));
    }

    private static void isStopped(String sql, int timeoutMillis) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl() + "&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setEscapeProcessing(false);
            statement.execute("set statement_timeout = " + timeoutMillis);
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
