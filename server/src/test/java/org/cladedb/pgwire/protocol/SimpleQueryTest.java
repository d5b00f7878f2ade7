package org.cladedb.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimpleQueryTest {
    private static CladeDB database;
    private RawClient client;

    @BeforeAll
    static void open() {
        database = CladeDB.memory();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void connect() throws IOException {
        client = RawClient.ready(database.port());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
    }

    @Test
    void rows() throws IOException {
        assertThat(
                        client.query("select 1 as a, 'x'::text as b, null as c, -42::bigint")
                                .untilReady())
                .containsExactly(
                        "T [a:23:4:-1:0, b:25:-1:-1:0, c:25:-1:-1:0, ?column?:20:8:-1:0]",
                        "D [1, x, NULL, -42]",
                        "C SELECT 1",
                        "Z I");
    }

    @Test
    void integersOfAllSizes() throws IOException {
        assertThat(
                        client.query(
                                        "select 0, 9, 10, 99, 100, -1, 2147483647, -2147483647,"
                                                + " 9223372036854775807,"
                                                + " -9223372036854775807 - 1")
                                .untilReady()
                                .get(1))
                .isEqualTo(
                        "D [0, 9, 10, 99, 100, -1, 2147483647, -2147483647, 9223372036854775807,"
                                + " -9223372036854775808]");
    }

    @Test
    void severalStatementsInOneMessage() throws IOException {
        assertThat(client.query("select 1; select 2").untilReady())
                .containsExactly(
                        "T [?column?:23:4:-1:0]",
                        "D [1]",
                        "C SELECT 1",
                        "T [?column?:23:4:-1:0]",
                        "D [2]",
                        "C SELECT 1",
                        "Z I");
    }

    @Test
    void anErrorEndsTheMessage() throws IOException {
        assertThat(client.query("select 1; select nothing; select 3").untilReady())
                .containsExactly(
                        "T [?column?:23:4:-1:0]",
                        "D [1]",
                        "C SELECT 1",
                        "E ERROR 42703 @18 column \"nothing\" does not exist",
                        "Z I");
    }

    @Test
    void aSyntaxErrorAnywhereRunsNothing() throws IOException {
        assertThat(client.query("select 1; selct").untilReady())
                .containsExactly("E ERROR 42601 @11 syntax error at or near \"selct\"", "Z I");
    }

    @Test
    void positionsCountCharacters() throws IOException {
        assertThat(client.query("select '\uD83D\uDE00\u00e4', nothing").untilReady().getFirst())
                .isEqualTo("E ERROR 42703 @14 column \"nothing\" does not exist");
    }

    @Test
    void emptyQueries() throws IOException {
        assertThat(client.query("").untilReady()).containsExactly("I", "Z I");
        assertThat(client.query(" ; -- nothing\n;").untilReady()).containsExactly("I", "Z I");
    }

    @Test
    void transactionStates() throws IOException {
        assertThat(client.query("begin").untilReady()).containsExactly("C BEGIN", "Z T");
        assertThat(client.query("begin").untilReady())
                .containsExactly(
                        "N WARNING 25001 there is already a transaction in progress",
                        "C BEGIN",
                        "Z T");
        assertThat(client.query("select nothing").untilReady().getLast()).isEqualTo("Z E");
        assertThat(client.query("select 1").untilReady())
                .containsExactly(
                        "E ERROR 25P02 current transaction is aborted, commands ignored until end"
                                + " of transaction block",
                        "Z E");
        assertThat(client.query("commit").untilReady()).containsExactly("C ROLLBACK", "Z I");
        assertThat(client.query("commit").untilReady())
                .containsExactly(
                        "N WARNING 25P01 there is no transaction in progress", "C COMMIT", "Z I");
        assertThat(client.query("savepoint a").untilReady())
                .containsExactly(
                        "E ERROR 25P01 SAVEPOINT can only be used in transaction blocks", "Z I");
    }

    @Test
    void savepointsReviveATransaction() throws IOException {
        assertThat(client.query("begin; savepoint a; select nothing").untilReady().getLast())
                .isEqualTo("Z E");
        assertThat(client.query("rollback to b").untilReady().getFirst())
                .isEqualTo("E ERROR 3B001 savepoint \"b\" does not exist");
        assertThat(client.query("rollback to a").untilReady()).containsExactly("C ROLLBACK", "Z T");
        assertThat(client.query("release a").untilReady()).containsExactly("C RELEASE", "Z T");
        assertThat(client.query("rollback").untilReady()).containsExactly("C ROLLBACK", "Z I");
    }

    @Test
    void changedSettingsAreReported() throws IOException {
        assertThat(client.query("set timezone to 'europe/berlin'").untilReady())
                .containsExactly("C SET", "S TimeZone=Europe/Berlin", "Z I");
        assertThat(client.query("begin; set local timezone to 'UTC'").untilReady())
                .containsExactly("C BEGIN", "C SET", "S TimeZone=UTC", "Z T");
        assertThat(client.query("commit").untilReady())
                .containsExactly("C COMMIT", "S TimeZone=Europe/Berlin", "Z I");
    }

    @Test
    void preparedStatementsOfSql() throws IOException {
        assertThat(client.query("prepare p (int, text) as select $1 + 1, $2").untilReady())
                .containsExactly("C PREPARE", "Z I");
        assertThat(client.query("execute p (41, 'x')").untilReady())
                .containsExactly(
                        "T [?column?:23:4:-1:0, ?column?:25:-1:-1:0]",
                        "D [42, x]",
                        "C SELECT 1",
                        "Z I");
        assertThat(client.query("execute p (41)").untilReady().getFirst())
                .isEqualTo("E ERROR 42601 wrong number of parameters for prepared statement \"p\"");
        assertThat(client.query("deallocate p; execute p(1, 'y')").untilReady())
                .containsExactly(
                        "C DEALLOCATE",
                        "E ERROR 26000 prepared statement \"p\" does not exist",
                        "Z I");
    }

    @Test
    void cursors() throws IOException {
        assertThat(client.query("declare c cursor for select 1").untilReady().getFirst())
                .isEqualTo("E ERROR 25P01 DECLARE CURSOR can only be used in transaction blocks");
        client.query("begin; declare c cursor for values (1), (2), (3), (4)").untilReady();
        assertThat(client.query("fetch 2 from c").untilReady())
                .containsExactly("T [column1:23:4:-1:0]", "D [1]", "D [2]", "C FETCH 2", "Z T");
        assertThat(client.query("select 7").untilReady()).contains("D [7]");
        assertThat(client.query("move c").untilReady()).containsExactly("C MOVE 1", "Z T");
        assertThat(client.query("fetch all from c").untilReady())
                .containsExactly("T [column1:23:4:-1:0]", "D [4]", "C FETCH 1", "Z T");
        assertThat(client.query("close c; fetch c").untilReady())
                .containsExactly(
                        "C CLOSE CURSOR", "E ERROR 34000 cursor \"c\" does not exist", "Z E");
    }

    @Test
    void copyOut() throws IOException {
        assertThat(
                        client.query(
                                        "copy (values (1, 'a\tb', null), (2, E'c\\\\d', 'x'))"
                                                + " to stdout")
                                .untilReady())
                .containsExactly(
                        "H 0 3", "d 1\ta\\tb\t\\N\\n", "d 2\tc\\\\d\tx\\n", "c", "C COPY 2", "Z I");
        assertThat(
                        client.query(
                                        "copy (select 'a,b' as x, '' as y, null as z, 'q\"' as q)"
                                                + " to stdout (format csv, header)")
                                .untilReady())
                .containsExactly(
                        "H 0 4",
                        "d x,y,z,q\\n",
                        "d \"a,b\",\"\",,\"q\"\"\"\\n",
                        "c",
                        "C COPY 1",
                        "Z I");
    }
}
