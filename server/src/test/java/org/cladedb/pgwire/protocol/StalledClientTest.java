package org.cladedb.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.cladedb.CladeDB;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sessions end, and statements with them, whatever their clients do.
@Timeout(60)
final class StalledClientTest {
    /// Ten gigabytes: it cannot end before somebody stops it.
    private static final String ENDLESS =
            "select repeat('x', 1000) from generate_series(1, 10000000)";

    private static CladeDB database;

    @BeforeAll
    static void open() {
        database = CladeDB.memory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void timeoutEndsStatementOfClientThatDoesNotRead() throws IOException {
        try (RawClient client = RawClient.ready(database.port());
                RawClient other = RawClient.ready(database.port())) {
            client.query("set statement_timeout = 200").untilReady();
            client.query(ENDLESS).send();
            awaitNone(other, "pid = " + client.processId + " and state = 'active'");
            // Nothing of the stream is lost, and the session lives on.
            List<String> messages = client.untilReady();
            assertThat(messages.getFirst()).isEqualTo("T [repeat:25:-1:-1:0]");
            assertThat(messages.subList(1, messages.size() - 2))
                    .isNotEmpty()
                    .containsOnly("D [" + "x".repeat(1_000) + "]");
            assertThat(messages)
                    .endsWith("E ERROR 57014 canceling statement due to statement timeout", "Z I");
            assertThat(client.query("select 1").untilReady()).contains("D [1]");
        }
    }

    /// As in PostgreSQL, who hears of it with the next message.
    @Test
    void timeRunsFromFirstMessageAboutAStatement() throws IOException {
        try (RawClient client = RawClient.ready(database.port());
                RawClient other = RawClient.ready(database.port())) {
            client.query("set statement_timeout = 100").untilReady();
            client.parse("", "select 1").message('H').send();
            assertThat(client.next()).isEqualTo("1");
            other.query("select pg_sleep(0.2)").untilReady();
            client.bind("", "").execute("", 0).sync();
            assertThat(client.untilReady())
                    .containsExactly(
                            "E ERROR 57014 canceling statement due to statement timeout", "Z I");
            // What is complete has no time limit any more.
            client.parse("", "select 1").bind("", "").execute("", 0).message('H').send();
            assertThat(client.next()).isEqualTo("1");
            assertThat(client.next()).isEqualTo("2");
            assertThat(client.next()).isEqualTo("D [1]");
            assertThat(client.next()).isEqualTo("C SELECT 1");
            other.query("select pg_sleep(0.2)").untilReady();
            client.bind("", "").execute("", 0).sync();
            assertThat(client.untilReady()).containsExactly("2", "D [1]", "C SELECT 1", "Z I");
        }
    }

    @Test
    void terminationEndsSessionOfClientThatDoesNotRead() throws IOException {
        try (RawClient client = RawClient.ready(database.port());
                RawClient other = RawClient.ready(database.port())) {
            client.query(ENDLESS).send();
            assertThat(terminate(other, client.processId)).contains("D [t]");
            awaitNone(other, "pid = " + client.processId);
        }
    }

    @Test
    void terminationEndsCopyThatWaitsForItsClient() throws IOException {
        try (RawClient client = RawClient.ready(database.port());
                RawClient other = RawClient.ready(database.port())) {
            client.query("create table fed (a int)").untilReady();
            client.query("copy fed from stdin").send();
            assertThat(client.next()).startsWith("G");
            assertThat(terminate(other, client.processId)).contains("D [t]");
            assertThat(client.untilReady())
                    .containsExactly(
                            "E FATAL 57P01 terminating connection due to administrator command",
                            "EOF");
        }
    }

    @Test
    void whoTerminatesItselfHearsOfItAtOnce() throws IOException {
        try (RawClient client = RawClient.ready(database.port())) {
            assertThat(client.query("select pg_terminate_backend(pg_backend_pid())").untilReady())
                    .endsWith(
                            "E FATAL 57P01 terminating connection due to administrator command",
                            "EOF")
                    .noneMatch(message -> message.startsWith("D"));
        }
        try (RawClient client = RawClient.ready(database.port())) {
            assertThat(client.query("select pg_cancel_backend(pg_backend_pid())").untilReady())
                    .endsWith("E ERROR 57014 canceling statement due to user request", "Z I")
                    .noneMatch(message -> message.startsWith("D"));
        }
    }

    private static List<String> terminate(RawClient by, int processId) throws IOException {
        return by.query("select pg_terminate_backend(" + processId + ")").untilReady();
    }

    /// Asks until no session is as `condition` says.
    private static void awaitNone(RawClient asking, String condition) throws IOException {
        String query = "select count(*) from pg_stat_activity where " + condition;
        while (!asking.query(query).untilReady().contains("D [0]")) {
            Thread.onSpinWait();
        }
    }
}
