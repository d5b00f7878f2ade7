package org.cladedb.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// COPY in binary format, byte by byte. What a real client does with it is in the clients' tests.
class BinaryCopyTest {
    private static final String SIGNATURE = "50 47 43 4f 50 59 0a ff 0d 0a 00";
    private static final String HEADER = SIGNATURE + " 00000000 00000000";
    private static final String FIRST = " 0002 00000004 00000001 00000003 616263";
    private static final String SECOND = " 0002 00000004 00000002 ffffffff";
    private static final String END = " ffff";

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
        client.query("drop table if exists t; create table t (a int, b text)").untilReady();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private RawClient copyIn(byte[] data, int pieceSize) {
        client.query("copy t from stdin (format binary)");
        for (int start = 0; start < data.length; start += pieceSize) {
            client.message(
                    'd', Arrays.copyOfRange(data, start, Math.min(data.length, start + pieceSize)));
        }
        return client.message('c');
    }

    /// What becomes of data that is wrong.
    private String failure(String data) throws IOException {
        byte[] bytes = hex(data);
        String whole = copyIn(bytes, bytes.length).untilReady().get(1);
        assertThat(copyIn(bytes, 1).untilReady()).containsExactly("G 1 2", whole, "Z I");
        return whole;
    }

    @Test
    void rowsInPiecesOfAllSizes() throws IOException {
        byte[] data = hex(HEADER + FIRST + SECOND + END);
        for (int size = 1; size <= data.length; size++) {
            client.query("truncate t").untilReady();
            assertThat(copyIn(data, size).untilReady())
                    .as("pieces of %d bytes", size)
                    .containsExactly("G 1 2", "C COPY 2", "Z I");
            assertThat(client.query("select * from t order by a").untilReady())
                    .contains("D [1, abc]", "D [2, NULL]");
        }
    }

    @Test
    void theEndIsOptional() throws IOException {
        byte[] data = hex(HEADER + FIRST);
        assertThat(copyIn(data, data.length).untilReady()).contains("C COPY 1");
    }

    @Test
    void headersMayBeExtended() throws IOException {
        byte[] data = hex(SIGNATURE + " 00001234 00000003 aabbcc" + FIRST + END);
        assertThat(copyIn(data, 5).untilReady()).contains("C COPY 1");
    }

    @Test
    void headersAreChecked() throws IOException {
        String error = "E ERROR 22P04 ";
        assertThat(failure("31 09 32 0a")).isEqualTo(error + "COPY file signature not recognized");
        assertThat(failure(SIGNATURE))
                .isEqualTo(error + "invalid COPY file header (missing flags)");
        assertThat(failure(SIGNATURE + "00010000 00000000"))
                .isEqualTo(error + "invalid COPY file header (WITH OIDS)");
        assertThat(failure(SIGNATURE + "00020000 00000000"))
                .isEqualTo(error + "unrecognized critical flags in COPY file header");
        assertThat(failure(SIGNATURE + "00000000 ffffffff"))
                .isEqualTo(error + "invalid COPY file header (missing length)");
        assertThat(failure(SIGNATURE + "00000000 7fffffff 00"))
                .isEqualTo(error + "invalid COPY file header (wrong length)");
    }

    @Test
    void rowsAreChecked() throws IOException {
        assertThat(failure(HEADER + " 0001 00000004 00000001"))
                .isEqualTo("E ERROR 22P04 row field count is 1, expected 2");
        assertThat(failure(HEADER + " 0002 fffffffe"))
                .isEqualTo("E ERROR 22P04 invalid field size");
        assertThat(failure(HEADER + " 0002 7fffffff 00"))
                .isEqualTo("E ERROR 22P04 unexpected EOF in COPY data");
        assertThat(failure(HEADER + FIRST + " 0002 00000004 00000001"))
                .isEqualTo("E ERROR 22P04 unexpected EOF in COPY data");
        assertThat(failure(HEADER + " 0002 00000005 0000000001 ffffffff"))
                .isEqualTo("E ERROR 22P03 incorrect binary data format");
        assertThat(failure(HEADER + " 0002 00000004 00000001 00000001 ff"))
                .startsWith("E ERROR 22021 invalid byte sequence for encoding \"UTF8\"");
        assertThat(failure(HEADER + FIRST + END + " 00"))
                .isEqualTo("E ERROR 22P04 received copy data after EOF marker");
        assertThat(client.query("select count(*) from t").untilReady()).contains("D [0]");
    }

    @Test
    void theHeaderComesWithTheFirstRow() throws IOException {
        assertThat(
                        client.query(
                                        "copy (values (1, 'abc'), (2, null)) to stdout"
                                                + " (format binary)")
                                .untilReady())
                .containsExactly(
                        "H 1 2",
                        "d " + text(HEADER + FIRST),
                        "d " + text(SECOND),
                        "d " + text(END),
                        "c",
                        "C COPY 2",
                        "Z I");
        assertThat(client.query("copy t to stdout (format binary)").untilReady())
                .containsExactly("H 1 2", "d " + text(HEADER + END), "c", "C COPY 0", "Z I");
    }

    private static String text(String hex) {
        return new String(hex(hex), StandardCharsets.UTF_8).replace("\n", "\\n");
    }
}
