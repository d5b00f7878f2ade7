package org.cladedb.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExtendedQueryTest {
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
    void describeBeforeBind() throws IOException {
        assertThat(
                        client.parse("s", "select $1 + 1 as n, $2::text")
                                .describe('S', "s")
                                .sync()
                                .untilReady())
                .containsExactly("1", "t [23, 25]", "T [n:23:4:-1:0, text:25:-1:-1:0]", "Z I");
        assertThat(
                        client.bind("", "s", "41", null)
                                .describe('P', "")
                                .execute("", 0)
                                .sync()
                                .untilReady())
                .containsExactly(
                        "2",
                        "T [n:23:4:-1:0, text:25:-1:-1:0]",
                        "D [42, NULL]",
                        "C SELECT 1",
                        "Z I");
    }

    @Test
    void describeOfStatementsWithoutRows() throws IOException {
        assertThat(
                        client.parse("", "begin")
                                .describe('S', "")
                                .bind("", "")
                                .describe('P', "")
                                .execute("", 0)
                                .sync()
                                .untilReady())
                .containsExactly("1", "t []", "n", "2", "n", "C BEGIN", "Z T");
    }

    @Test
    void binaryFormats() throws IOException {
        client.parse("", "select $1::int4, $2::int8, true as bool");
        client.message(
                'B',
                "",
                "",
                (short) 1,
                (short) 1,
                (short) 2,
                4,
                new byte[] {0, 0, 1, 0},
                8,
                new byte[] {0, 0, 0, 0, 0, 0, 0, 7},
                (short) 1,
                (short) 1);
        assertThat(client.describe('P', "").execute("", 0).sync().untilReady())
                .containsExactly(
                        "1",
                        "2",
                        "T [int4:23:4:-1:1, int8:20:8:-1:1, bool:16:1:-1:1]",
                        "D [\\00\\00\\01\\00, \\00\\00\\00\\00\\00\\00\\00\\07, \\01]",
                        "C SELECT 1",
                        "Z I");
    }

    @Test
    void rowLimitsSuspendPortals() throws IOException {
        client.query("begin").untilReady();
        assertThat(
                        client.parse("", "values (1), (2), (3)")
                                .bind("p", "")
                                .execute("p", 2)
                                .sync()
                                .untilReady())
                .containsExactly("1", "2", "D [1]", "D [2]", "s", "Z T");
        assertThat(client.query("select 9").untilReady()).contains("D [9]");
        assertThat(client.execute("p", 2).sync().untilReady())
                .containsExactly("D [3]", "C SELECT 1", "Z T");
        assertThat(client.execute("p", 2).sync().untilReady()).containsExactly("C SELECT 0", "Z T");
        client.query("commit").untilReady();
        assertThat(client.execute("p", 2).sync().untilReady())
                .containsExactly("E ERROR 34000 portal \"p\" does not exist", "Z I");
    }

    @Test
    void anErrorSkipsToSync() throws IOException {
        assertThat(
                        client.parse("", "select 1 / $1")
                                .bind("", "", "0")
                                .execute("", 0)
                                .parse("", "select 2")
                                .bind("", "")
                                .execute("", 0)
                                .sync()
                                .parse("", "select 3")
                                .bind("", "")
                                .execute("", 0)
                                .sync()
                                .untilReady())
                .containsExactly("1", "2", "E ERROR 22012 division by zero", "Z I");
        assertThat(client.untilReady()).containsExactly("1", "2", "D [3]", "C SELECT 1", "Z I");
    }

    @Test
    void errorsAreSentAtOnce() throws IOException {
        client.parse("", "select nosuch").describe('S', "").message('H').send();
        assertThat(client.next()).isEqualTo("E ERROR 42703 @8 column \"nosuch\" does not exist");
        assertThat(client.sync().untilReady()).containsExactly("Z I");
    }

    @Test
    void flushSendsWhatIsThere() throws IOException {
        client.parse("f", "select 1").message('H').send();
        assertThat(client.next()).isEqualTo("1");
        assertThat(client.sync().untilReady()).containsExactly("Z I");
    }

    @Test
    void namesAreChecked() throws IOException {
        assertThat(client.bind("", "nope").sync().untilReady())
                .containsExactly("E ERROR 26000 prepared statement \"nope\" does not exist", "Z I");
        assertThat(client.execute("nope", 0).sync().untilReady())
                .containsExactly("E ERROR 34000 portal \"nope\" does not exist", "Z I");
        client.parse("twice", "select 1").sync().untilReady();
        assertThat(client.parse("twice", "select 1").sync().untilReady())
                .containsExactly(
                        "E ERROR 42P05 prepared statement \"twice\" already exists", "Z I");
        assertThat(client.message('C', (byte) 'S', "twice").sync().untilReady())
                .containsExactly("3", "Z I");
        assertThat(client.parse("twice", "select 1").sync().untilReady())
                .containsExactly("1", "Z I");
    }

    @Test
    void parametersAreChecked() throws IOException {
        client.parse("one", "select $1::int").sync().untilReady();
        assertThat(client.bind("", "one").sync().untilReady())
                .containsExactly(
                        "E ERROR 08P01 bind message supplies 0 parameters, but prepared statement"
                                + " \"one\" requires 1",
                        "Z I");
        assertThat(client.bind("", "one", "x1").sync().untilReady())
                .containsExactly(
                        "E ERROR 22P02 invalid input syntax for type integer: \"x1\"", "Z I");
        assertThat(client.parse("", "select $1; select 2").sync().untilReady())
                .containsExactly(
                        "E ERROR 42601 cannot insert multiple commands into a prepared statement",
                        "Z I");
    }

    @Test
    void emptyStatements() throws IOException {
        assertThat(client.parse("", "").bind("", "").execute("", 0).sync().untilReady())
                .containsExactly("1", "2", "I", "Z I");
    }

    @Test
    void failedTransactionsTakeNothingButTheirEnd() throws IOException {
        client.query("begin; select nothing").untilReady();
        assertThat(client.parse("", "select 1").sync().untilReady().getFirst())
                .startsWith("E ERROR 25P02");
        assertThat(client.parse("", "rollback").bind("", "").execute("", 0).sync().untilReady())
                .containsExactly("1", "2", "C ROLLBACK", "Z I");
    }
}
