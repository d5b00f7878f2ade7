package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.pgwire.protocol.RawClient;
import org.junit.jupiter.api.Test;

/// What clients hear of a server that is shut down.
final class ShutdownTest {
    private static final int TLS_REQUEST = 80_877_103;
    private static final String TERMINATED =
            "E FATAL 57P01 terminating connection due to administrator command";

    private final CladeServer server = CladeServer.start(ServerConfig.inMemory());

    @Test
    void whoRunsAStatementHearsOfIt() throws IOException {
        try (server;
                RawClient client = RawClient.ready(server.port());
                RawClient other = RawClient.ready(server.port())) {
            client.query("select pg_sleep(600)").send();
            awaitBusy(other);
            server.close();
            assertThat(client.untilReady()).endsWith(TERMINATED, "EOF").doesNotContain("Z I");
            assertThat(other.untilReady()).containsExactly(TERMINATED, "EOF");
        }
    }

    @Test
    void whoWaitsForALockHearsOfIt() throws IOException {
        try (server;
                RawClient holder = RawClient.ready(server.port());
                RawClient client = RawClient.ready(server.port());
                RawClient other = RawClient.ready(server.port())) {
            holder.query("create table t (a int primary key); insert into t values (1)");
            holder.untilReady();
            holder.query("begin; update t set a = 2").untilReady();
            client.query("begin; update t set a = 3").send();
            while (!other.query("select 1 from clade_store where lock_waiters > 0")
                    .untilReady()
                    .contains("D [1]")) {
                Thread.onSpinWait();
            }
            server.close();
            // The lock may have come to it just before.
            assertThat(toEnd(client)).endsWith(TERMINATED, "EOF");
            assertThat(holder.untilReady()).containsExactly(TERMINATED, "EOF");
        }
    }

    @Test
    void whoIsInTheMiddleOfCopyHearsOfIt() throws IOException {
        try (server;
                RawClient client = RawClient.ready(server.port())) {
            client.query("create table t (a int)").untilReady();
            client.query("copy t from stdin").send();
            assertThat(client.next()).startsWith("G");
            server.close();
            assertThat(client.untilReady()).containsExactly(TERMINATED, "EOF");
        }
    }

    @Test
    void whoComesTooLateIsTold() throws IOException, InterruptedException {
        try (server;
                RawClient late = new RawClient(server.port())) {
            int port = server.port();
            ByteWriter request = new ByteWriter();
            request.writeInt(TLS_REQUEST);
            late.packet(request);
            assertThat(late.readByte()).isEqualTo('N');
            Thread closing = Thread.ofVirtual().start(server::close);
            awaitRefusal(port);
            late.startup(3 << 16, "user", "me", "database", "postgres");
            assertThat(late.next()).isEqualTo("E FATAL 57P03 the database system is shutting down");
            assertThat(late.next()).isEqualTo("EOF");
            closing.join();
        }
    }

    private static List<String> toEnd(RawClient client) throws IOException {
        List<String> heard = new ArrayList<>();
        do {
            heard.add(client.next());
        } while (!heard.getLast().equals("EOF"));
        return heard;
    }

    private static void awaitBusy(RawClient other) throws IOException {
        String isBusy =
                "select 1 from pg_stat_activity where state = 'active' and query like '%(600)'";
        while (!other.query(isBusy).untilReady().contains("D [1]")) {
            Thread.onSpinWait();
        }
    }

    /// Returns when nobody listens any more.
    private static void awaitRefusal(int port) throws IOException {
        boolean listens = true;
        while (listens) {
            try (RawClient probe = new RawClient(port)) {
                probe.startup(3 << 16, "user", "me", "database", "none");
                probe.untilReady();
            } catch (ConnectException _) {
                listens = false;
            } catch (SocketException _) {
                // It was closed before it was accepted.
            }
        }
    }
}
