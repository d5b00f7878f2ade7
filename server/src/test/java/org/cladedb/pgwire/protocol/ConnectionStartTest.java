package org.cladedb.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cladedb.CladeDB;
import org.cladedb.common.ByteWriter;
import org.cladedb.pgwire.message.StartupPacket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectionStartTest {
    private static CladeDB database;

    @BeforeAll
    static void open() {
        database = CladeDB.memory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static ByteWriter request(int code) {
        ByteWriter body = new ByteWriter();
        body.writeInt(code);
        return body;
    }

    @Test
    void greeting() throws IOException {
        try (RawClient client = new RawClient(database.port())) {
            client.startup(
                    3 << 16, "user", "me", "database", "postgres", "application_name", "a test");
            List<String> greeting = client.untilReady();
            assertThat(greeting)
                    .startsWith("R 0")
                    .contains(
                            "S application_name=a test",
                            "S client_encoding=UTF8",
                            "S DateStyle=ISO, MDY",
                            "S integer_datetimes=on",
                            "S server_encoding=UTF8",
                            "S session_authorization=me",
                            "S standard_conforming_strings=on",
                            "S TimeZone=UTC",
                            "K 4")
                    .endsWith("Z I");
        }
    }

    @Test
    void encryptionIsDeclined() throws IOException {
        try (RawClient client = new RawClient(database.port())) {
            client.packet(request(StartupPacket.TLS_CODE));
            assertThat(client.readByte()).isEqualTo('N');
            client.packet(request(StartupPacket.GSS_CODE));
            assertThat(client.readByte()).isEqualTo('N');
            client.startup(3 << 16, "user", "me", "database", "postgres");
            assertThat(client.untilReady()).endsWith("Z I");
        }
    }

    @Test
    void newerMinorVersionsAreNegotiated() throws IOException {
        try (RawClient client = new RawClient(database.port())) {
            client.startup((3 << 16) | 9, "user", "me", "database", "postgres", "_pq_.magic", "on");
            assertThat(client.next()).isEqualTo("v " + ((3 << 16) | 2) + " [_pq_.magic]");
            assertThat(client.untilReady()).contains("K 32").endsWith("Z I");
        }
    }

    @Test
    void otherMajorVersionsAreRefused() throws IOException {
        try (RawClient client = new RawClient(database.port())) {
            client.startup(2 << 16);
            assertThat(client.untilReady())
                    .containsExactly(
                            "E FATAL 0A000 unsupported frontend protocol 2.0: server supports 3.0"
                                    + " to 3.2",
                            "EOF");
        }
    }

    @Test
    void settingsOfTheStartupPacketAreChecked() throws IOException {
        try (RawClient client = new RawClient(database.port())) {
            client.startup(3 << 16, "user", "me", "database", "postgres", "no_such_setting", "1");
            assertThat(client.untilReady())
                    .containsExactly(
                            "E FATAL 42704 unrecognized configuration parameter"
                                    + " \"no_such_setting\"",
                            "EOF");
        }
        try (RawClient client = new RawClient(database.port())) {
            client.startup(
                    3 << 16,
                    "user",
                    "me",
                    "database",
                    "postgres",
                    "options",
                    "-c timezone=UTC --work-mem=8MB");
            client.untilReady();
            assertThat(client.query("show work_mem").untilReady()).contains("D [8MB]");
        }
        try (RawClient client = new RawClient(database.port())) {
            client.startup(3 << 16, "database", "x");
            assertThat(client.next())
                    .isEqualTo("E FATAL 28000 no PostgreSQL user name specified in startup packet");
        }
    }

    @Test
    void theDatabaseMustExistAndIsTheUsersUnlessNamed() throws IOException {
        try (RawClient client = new RawClient(database.port())) {
            client.startup(3 << 16, "user", "me", "database", "nosuch");
            assertThat(client.untilReady())
                    .containsExactly("E FATAL 3D000 database \"nosuch\" does not exist", "EOF");
        }
        try (RawClient client = new RawClient(database.port())) {
            client.startup(3 << 16, "user", "me");
            assertThat(client.untilReady())
                    .containsExactly("E FATAL 3D000 database \"me\" does not exist", "EOF");
        }
        try (RawClient client = new RawClient(database.port())) {
            client.startup(3 << 16, "user", "postgres");
            assertThat(client.untilReady()).endsWith("Z I");
        }
    }

    @Test
    void cancelStopsTheStatement() throws IOException, InterruptedException {
        try (RawClient holder = RawClient.ready(database.port());
                RawClient client = RawClient.ready(database.port())) {
            holder.query("select pg_advisory_lock(7)").untilReady();
            client.query("select pg_advisory_lock(7)").send();
            String[] answer = new String[1];
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    answer[0] = client.untilReady().toString();
                                } catch (IOException failure) {
                                    answer[0] = failure.toString();
                                }
                            });
            // The request may come before the statement begins, and is then forgotten.
            while (!reader.join(java.time.Duration.ofMillis(20))) {
                cancel(client);
            }
            assertThat(answer[0])
                    .contains("E ERROR 57014 canceling statement due to user request")
                    .endsWith("Z I]");
            assertThat(client.query("select 1").untilReady()).contains("D [1]");
        }
    }

    private static void cancel(RawClient client) throws IOException {
        try (RawClient canceller = new RawClient(database.port())) {
            ByteWriter body = request(StartupPacket.CANCEL_CODE);
            body.writeInt(client.processId);
            body.writeBytes(client.secret);
            canceller.packet(body);
            assertThat(canceller.next()).isEqualTo("EOF");
        }
    }

    @Test
    void whoIsTerminatedInAStatementHearsNothingElse() throws IOException {
        try (RawClient client = RawClient.ready(database.port());
                RawClient other = RawClient.ready(database.port())) {
            client.query("select pg_sleep(60)").send();
            String isBusy =
                    "select 1 from pg_stat_activity where state = 'active' and pid = "
                            + client.processId;
            while (!other.query(isBusy).untilReady().contains("D [1]")) {
                Thread.onSpinWait();
            }
            other.query("select pg_terminate_backend(" + client.processId + ")").untilReady();
            // The columns may have been announced.
            assertThat(client.untilReady())
                    .endsWith(
                            "E FATAL 57P01 terminating connection due to administrator command",
                            "EOF")
                    .doesNotContain("Z I");
        }
    }

    @Test
    void shutdownTellsClients() throws IOException {
        CladeDB own = CladeDB.memory();
        try (RawClient client = RawClient.ready(own.port())) {
            own.close();
            assertThat(client.next())
                    .isEqualTo("E FATAL 57P01 terminating connection due to administrator command");
            assertThat(client.next()).isEqualTo("EOF");
        } finally {
            own.close();
        }
    }
}
