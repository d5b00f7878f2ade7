package org.cladedb.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BadInputTest {
    private static CladeDB database;

    @BeforeAll
    static void open() {
        database = CladeDB.memory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static void assertServerWorks() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            assertThat(client.query("select 1").untilReady()).contains("D [1]");
        }
    }

    @Test
    void unknownMessageTypeIsFatal() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            client.raw(hex("79 00000004"));
            assertThat(client.untilReady())
                    .containsExactly("E FATAL 08P01 invalid frontend message type 121", "EOF");
        }
        assertServerWorks();
    }

    @Test
    void impossibleLengthsAreFatal() throws IOException {
        for (String message :
                new String[] {"51 00000003", "51 ffffffff", "51 7fffffff", "53 00100000"}) {
            try (RawClient client = RawClient.ready(database.port())) {
                client.raw(hex(message));
                assertThat(client.untilReady())
                        .as(message)
                        .containsExactly("E FATAL 08P01 invalid message length", "EOF");
            }
        }
        assertServerWorks();
    }

    @Test
    void announcedBytesThatNeverComeCostNothing() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (RawClient client = RawClient.ready(database.port())) {
                client.raw(hex("51 0fffffff 73656c656374"));
            }
        }
        assertServerWorks();
    }

    @Test
    void malformedContentIsAnErrorAndTheConnectionGoesOn() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            client.raw(hex("51 00000006 4141"));
            assertThat(client.untilReady())
                    .containsExactly("E ERROR 08P01 invalid string in message", "Z I");
            // Bind that announces more parameters than it has
            client.message('B', "", "", (short) 0, (short) 30000).sync();
            assertThat(client.untilReady())
                    .containsExactly("E ERROR 08P01 insufficient data left in message", "Z I");
            // Bind whose value is longer than the message
            client.message('B', "", "", (short) 0, (short) 1, 1_000_000).sync();
            assertThat(client.untilReady())
                    .containsExactly("E ERROR 08P01 insufficient data left in message", "Z I");
            client.message('B', "", "", (short) 0, (short) 1, -2, (short) 0).sync();
            assertThat(client.untilReady())
                    .containsExactly("E ERROR 08P01 insufficient data left in message", "Z I");
            client.message('D', (byte) 'X', "").sync();
            assertThat(client.untilReady())
                    .containsExactly("E ERROR 08P01 invalid DESCRIBE message subtype 88", "Z I");
            assertThat(client.query("select 1").untilReady()).contains("D [1]");
        }
    }

    @Test
    void textMustBeUtf8() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            client.message('Q', hex("73656c65637420 27 ff 27 00"));
            assertThat(client.untilReady())
                    .containsExactly(
                            "E ERROR 22021 invalid byte sequence for encoding \"UTF8\": 0xff",
                            "Z I");
            client.message('Q', hex("73656c65637420 27 eda080 27 00"));
            assertThat(client.untilReady().getFirst())
                    .isEqualTo(
                            "E ERROR 22021 invalid byte sequence for encoding \"UTF8\": 0xed 0xa0"
                                    + " 0x80");
            client.parse("", "select $1::text");
            client.message('B', "", "", (short) 0, (short) 1, 2, hex("c320"), (short) 0);
            assertThat(client.sync().untilReady())
                    .containsExactly(
                            "1",
                            "E ERROR 22021 invalid byte sequence for encoding \"UTF8\": 0xc3 0x20",
                            "Z I");
        }
    }

    @Test
    void binaryParametersMustHaveTheirSize() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            client.parse("", "select $1::int4");
            client.message('B', "", "", (short) 1, (short) 1, (short) 1, 2, hex("0001"), (short) 0);
            assertThat(client.sync().untilReady().get(1))
                    .isEqualTo("E ERROR 08P01 insufficient data left in message");
            client.parse("", "select $1::int4");
            client.message(
                    'B', "", "", (short) 1, (short) 1, (short) 1, 5, hex("0000000100"), (short) 0);
            assertThat(client.sync().untilReady().get(1)).startsWith("E ERROR 22P03");
            client.parse("", "select $1::int4");
            client.message('B', "", "", (short) 1, (short) 7, (short) 0, (short) 0);
            assertThat(client.sync().untilReady().get(1))
                    .isEqualTo("E ERROR 22023 unsupported format code: 7");
        }
    }

    @Test
    void aClientThatVanishesInTheMiddleOfCopyLeavesNothing() throws IOException {
        try (RawClient observer = RawClient.ready(database.port())) {
            observer.query("create table vanished (a int primary key)").untilReady();
            try (RawClient client = RawClient.ready(database.port())) {
                client.query("copy vanished from stdin").send();
                assertThat(client.next()).isEqualTo("G 0 1");
                client.message('d', hex("310a320a")).send();
            }
            // The table's lock is free again only when the lost session has ended.
            observer.query("set lock_timeout = '10s'; truncate vanished").untilReady();
            assertThat(observer.query("select count(*) from vanished").untilReady())
                    .contains("D [0]");
        }
    }

    @Test
    void errorsInCopyLeaveTheConnectionInStep() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            client.query("create table stepped (a int)").untilReady();
            client.query("copy stepped from stdin");
            client.message('d', hex("310a780a")).message('d', hex("330a")).message('c');
            assertThat(client.untilReady())
                    .containsExactly(
                            "G 0 1",
                            "E ERROR 22P02 invalid input syntax for type integer: \"x\"",
                            "Z I");
            client.query("copy stepped from stdin").message('d', hex("31")).message('f', "enough");
            assertThat(client.untilReady())
                    .containsExactly(
                            "G 0 1", "E ERROR 57014 COPY from stdin failed: enough", "Z I");
            assertThat(client.query("select count(*) from stepped").untilReady()).contains("D [0]");
        }
    }

    @Test
    void garbageBeforeStartup() throws IOException {
        for (String bytes :
                new String[] {
                    "00000000", "ffffffff", "00002711", "00000008 00030001", "16030100"
                }) {
            try (RawClient client = new RawClient(database.port())) {
                client.raw(hex(bytes));
                client.raw(new byte[16]);
                assertThat(client.untilReady().getLast()).as(bytes).isEqualTo("EOF");
            }
        }
        assertServerWorks();
    }

    @Test
    void layoutOfTheStartupPacketIsChecked() throws IOException {
        for (String packet :
                new String[] {
                    "00000008 00030000",
                    "00000016 00030000 7573657200 706f737467726573 00",
                    "00000015 00030000 7573657200 706f737467726573",
                    "0000000e 00030000 757365720000",
                    "00000018 00030000 7573657200 706f737467726573 000041",
                    "0000000d 00030000 75736572 00"
                }) {
            try (RawClient client = new RawClient(database.port())) {
                client.raw(hex(packet));
                assertThat(client.untilReady())
                        .as(packet)
                        .containsExactly(
                                "E FATAL 08P01 invalid startup packet layout: expected terminator"
                                        + " as last byte",
                                "EOF");
            }
        }
        assertServerWorks();
    }

    @Test
    void aPasswordThatNobodyAskedForIsFatal() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            client.message('p', "secret");
            assertThat(client.untilReady())
                    .containsExactly("E FATAL 08P01 invalid frontend message type 112", "EOF");
        }
    }

    @Test
    void anotherMessageInTheMiddleOfCopyIsFatal() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            client.query("create table copied (a int)").untilReady();
        }
        for (String message : new String[] {"51 00000007 343200", "79 00000004", "64 00000003"}) {
            try (RawClient client = RawClient.ready(database.port())) {
                client.query("copy copied from stdin").message('d', hex("310a")).send();
                client.raw(hex(message));
                assertThat(client.next()).startsWith("G");
                assertThat(client.next()).startsWith("E ERROR 08P01");
                assertThat(client.untilReady())
                        .containsExactly(
                                "E FATAL 08P01 terminating connection because protocol"
                                        + " synchronization was lost",
                                "EOF");
            }
        }
        try (RawClient client = RawClient.ready(database.port())) {
            assertThat(client.query("select count(*) from copied").untilReady()).contains("D [0]");
        }
    }

    @Test
    void randomBytesAfterStartup() throws IOException {
        long seed = Long.getLong("seed", 20_260_301L);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            try (RawClient client = RawClient.ready(database.port())) {
                byte[] bytes = new byte[random.nextInt(200) + 1];
                random.nextBytes(bytes);
                bytes[0] = (byte) "QPBDECSHdcfFpX".charAt(random.nextInt(14));
                if (bytes.length > 4) {
                    bytes[1] = 0;
                    bytes[2] = 0;
                    bytes[3] = 0;
                }
                client.raw(bytes);
            }
        }
        assertServerWorks();
    }
}
