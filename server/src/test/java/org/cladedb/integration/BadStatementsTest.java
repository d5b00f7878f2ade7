package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.cladedb.CladeDB;
import org.cladedb.testing.RealPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Statements that must fail, and fail as in PostgreSQL; and statements torn to pieces, which must
/// never find an error inside the server.
final class BadStatementsTest {
    private static final String SCHEMA =
            """
            CREATE TABLE parent (id int PRIMARY KEY, name varchar(5) NOT NULL, born date);
            CREATE TABLE child (id int PRIMARY KEY, parent_id int REFERENCES parent,
                amount numeric(5, 2) CHECK (amount > 0), tags text[]);
            INSERT INTO parent VALUES (1, 'one', '2000-01-01'), (2, 'two', NULL);
            INSERT INTO child VALUES (1, 1, 1.5, '{a,b}'), (2, 1, 2, '{}'), (3, 2, NULL, NULL);
            """;

    /// One a line; every kind of mistake once.
    private static final String MISTAKES =
            """
            selec 1
            select
            select 1 from
            select from where
            select * from parent where
            select (1
            select 1)
            select 1 +
            select 'abc
            select "abc
            select $$abc
            select 1 /* never ends
            select * from parent order
            select * from parent limit limit
            insert parent values (1)
            insert into parent values (1,
            insert into parent value (1)
            update parent name = 'x'
            delete parent
            create table
            create table t (a int,)
            create table t (a int b int)
            create index on
            drop
            drop table
            alter table parent
            grant all
            select 1;; select 2 from; select 3
            select nosuch
            select nosuch from parent
            select p.nosuch from parent p
            select q.id from parent p
            select parent.id from parent p
            select * from nosuch
            select * from nosuch.parent
            select id from parent, child
            select * from parent where name = $1
            select $2
            explain select $1::int
            create view v as select $1::int as a
            select nosuch(1)
            select lower(1, 2)
            select 1::nosuch
            insert into parent (nosuch) values (1)
            update parent set nosuch = 1
            update nosuch set id = 1
            delete from nosuch
            drop table nosuch
            drop view parent
            drop index nosuch
            alter table parent drop column nosuch
            alter table parent add column name text
            alter table parent add constraint parent_pkey unique (name)
            create table parent (id int)
            create table t (a int, a int)
            create table t (a nosuch)
            create table t (a int primary key, b int primary key)
            create table t (a int references nosuch)
            create table t (a int references parent (nosuch))
            create table t (a int references child (amount))
            create index on parent (nosuch)
            create view v as select nosuch from parent
            create view v as select 1 as a, 2 as a
            select 1 + 'a'
            select 'a' + 'b'
            select 1 + true
            select 1 = 'a'
            select date '2000-01-01' + date '2000-01-01'
            select -true
            select not 1
            select * from parent where id
            select * from parent where name = 1
            select case when 1 then 2 end
            select case when true then 1 else 'a' end
            select coalesce(1, 'a')
            select array[1, 'a']
            select 1 union select 'a'
            select 1 union select 1, 2
            select 1 in ('a')
            select 1 limit 'a'
            select 1 limit -1
            select 1 offset -1
            select * from parent order by 5
            select id from parent group by name
            select id, count(*) from parent
            select count(*) from parent where count(*) > 1
            select sum(count(*)) from parent
            select max(name) over () from parent group by id
            select id from parent having count(*) > 1
            select distinct id from parent order by name
            select (select id from parent)
            select 1 where (select 1, 2) = 1
            select * from parent p join child c on p.id
            select * from parent join child using (nosuch)
            select * from parent p, lateral (select nosuch.id) x
            with x as (select 1) select * from y
            with x (a, b) as (select 1) select * from x
            values (1), (1, 2)
            select 2147483648::int
            select 2147483647 + 1
            select -2147483648 - 1
            select 9223372036854775807 + 1
            select 100000::smallint
            select 1 / 0
            select 1.0 / 0
            select 1 % 0
            select 1e400::float8
            select 1e40::real
            select 'NaN'::int
            select sqrt(-1)
            select ln(0)
            select 10 ^ 400
            select 1234.5::numeric(5, 2)
            select 'abc'::int
            select ''::int
            select '1.5'::int
            select 'maybe'::boolean
            select '2000-13-01'::date
            select '2000-02-30'::date
            select 'noday'::date
            select '25:00'::time
            select '2000-01-01 99:00'::timestamp
            select '1 fortnightly'::interval
            select '6f2a'::uuid
            select '{1,2'::int[]
            select '{1,a}'::int[]
            select '{"a"'::json
            select '\\xabc'::bytea
            select 'x'::varchar(0)
            select date '294277-01-01'::timestamp + interval '1 year' * 300000
            select chr(0)
            select repeat('x', -1), repeat('x', 2000000000)
            select substring('abc' from 1 for -1)
            select '(' ~ '('
            select to_char(1, repeat('9', 10000))
            select regexp_replace('a', 'a', 'b', 'q')
            select generate_series(1, 2, 0)
            select array_length(1, 1)
            select (array[1,2])[1][2][3][4][5][6][7]
            insert into parent values (1, 'again')
            insert into parent values (3, 'too long')
            insert into parent values (3, null)
            insert into parent (id) values (3)
            insert into parent values (3, 'c', '2000-01-01', 4)
            insert into parent (id, id) values (3, 3)
            insert into parent (id, name) values (3)
            insert into parent select 1, 'x', null, null
            insert into child values (4, 99, 1)
            insert into child values (4, 1, 0)
            insert into child values (4, 1, 99999)
            insert into child values (4, 1, 'x')
            insert into parent values (1, 'x') on conflict (nosuch) do nothing
            insert into parent values (1, 'x') on conflict (name) do nothing
            insert into parent values (3, 'c') returning nosuch
            update parent set id = 2 where id = 1
            update parent set id = 5 where id = 1
            update parent set name = null
            update parent set id = 'x'
            update parent set id = 7, id = 8
            delete from parent
            truncate parent
            alter table child add check (amount > 2)
            alter table child alter column tags set not null
            alter table parent alter column name type int
            alter table child add foreign key (id) references parent
            drop table parent
            begin isolation level nosuch
            set nosuch = 1
            set statement_timeout = 'x'
            show nosuch
            savepoint a
            rollback to a
            release a
            prepare p as selec
            prepare p as select $1 + $3
            execute nosuch
            execute nosuch(1)
            deallocate nosuch
            fetch from nosuch
            close nosuch
            copy nosuch to stdout
            copy parent (nosuch) to stdout
            copy parent to stdout (format nosuch)
            copy (select nosuch) to stdout
            explain select nosuch
            explain (nosuch) select 1
            lock table nosuch
            comment on table nosuch is 'x'
            create schema public
            drop schema nosuch
            create schema pg_mine
            create sequence s increment 0
            select nextval('nosuch')
            select currval('child_seq')
            drop sequence nosuch
            select 'nosuch'::regclass
            select set_config('nosuch', '1', false)
            select current_setting('nosuch')
            """;

    private static CladeDB database;
    private static RealPostgres postgres;
    private static Connection ours;
    private static Connection theirs;

    @BeforeAll
    static void start() throws SQLException {
        database = CladeDB.memory();
        postgres = RealPostgres.start("fsync=off", "lc_messages=C");
        ours = DriverManager.getConnection(database.jdbcUrl() + "&preferQueryMode=simple");
        theirs = DriverManager.getConnection(postgres.jdbcUrl() + "&preferQueryMode=simple");
        for (Connection connection : List.of(ours, theirs)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(SCHEMA);
            }
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        ours.close();
        theirs.close();
        database.close();
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> mistakesAreAnsweredAsByPostgres() {
        return MISTAKES.lines()
                .map(sql ->
                        DynamicTest.dynamicTest(
                                sql,
                                () ->
                                        assertThat(answer(ours, sql))
                                                .isEqualTo(answer(theirs, sql))));
    }

    /// What the server says, in a transaction that is rolled back: state, place and message.
    private static String answer(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try {
                statement.execute(sql);
                return "done";
            } catch (PSQLException failure) {
                ServerErrorMessage message = failure.getServerErrorMessage();
                if (message == null) {
                    throw failure;
                }
                return message.getSQLState()
                        + " at "
                        + message.getPosition()
                        + ": "
                        + message.getMessage();
            } finally {
                statement.execute("ROLLBACK");
            }
        }
    }

    /// Words of the statements above, put together anew: nothing may be worse than an error.
    @Test
    void tornStatementsFindNoErrorInside() throws SQLException {
        long seed = Long.getLong("seed", 20_261_123L);
        int rounds = Integer.getInteger("rounds", 3_000);
        SplittableRandom random = new SplittableRandom(seed);
        List<List<String>> corpus = new ArrayList<>();
        MISTAKES.lines()
                .filter(line -> !line.contains("2000000000") && !line.startsWith("copy"))
                .forEach(line -> corpus.add(Arrays.asList(line.split("(?<=\\W)|(?=\\W)", -1))));
        try (Statement statement = ours.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET statement_timeout = '5s'");
        }
        for (int round = 0; round < rounds; round++) {
            String sql = torn(corpus, random);
            assertThat(answer(ours, "BEGIN; " + sql))
                    .as("seed %d round %d: %s", seed, round, sql)
                    .doesNotStartWith("XX")
                    .doesNotContain("java.")
                    .doesNotContain("org.cladedb")
                    .doesNotContain("Exception");
        }
    }

    private static String torn(List<List<String>> corpus, SplittableRandom random) {
        List<String> words = new ArrayList<>(corpus.get(random.nextInt(corpus.size())));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            List<String> other = corpus.get(random.nextInt(corpus.size()));
            int at = random.nextInt(words.size());
            switch (random.nextInt(4)) {
                case 0 -> words.set(at, other.get(random.nextInt(other.size())));
                case 1 -> words.add(at, other.get(random.nextInt(other.size())));
                case 2 -> {
                    words = new ArrayList<>(words.subList(0, at));
                    words.addAll(other.subList(random.nextInt(other.size()), other.size()));
                }
                default -> words.remove(at);
            }
            if (words.isEmpty()) {
                words.add("select");
            }
        }
        return String.join("", words);
    }
}
