package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.cladedb.pgwire.protocol.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A fault while a statement or a portal is described, or at any message around that: the client
/// hears one error, what it prepared before stays usable, and nothing stays open.
final class DescribeFaultTest {
    private static final FaultyServer SERVER = new FaultyServer();

    /// @param messages what meets the fault
    private record Way(String name, Messages messages) {}

    private interface Messages {
        void queue(RawClient client);
    }

    @BeforeAll
    static void prepare() throws IOException {
        try (RawClient client = RawClient.ready(SERVER.port())) {
            client.query("create table t (a int primary key); insert into t values (1), (2)");
            client.untilReady();
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static List<Way> ways() {
        String sql = "select a from t where a > $1";
        return List.of(
                new Way(
                        "statement, and more behind",
                        client -> client.describe('S', "s").bind("", "s", "1").execute("", 0)),
                new Way("parsed with it", client -> client.parse("", sql).describe('S', "")),
                new Way(
                        "portal",
                        client -> client.bind("", "s", "1").describe('P', "").execute("", 0)),
                new Way(
                        "portal of a statement parsed with it",
                        client -> client.parse("", sql).bind("", "", "1").describe('P', "")),
                new Way(
                        "portal of a write",
                        client ->
                                client.parse("", "insert into t values (9) returning a")
                                        .bind("", "")
                                        .describe('P', "")
                                        .execute("", 0)));
    }

    @TestFactory
    Stream<DynamicTest> clientHearsOfFaultInTheStore() {
        return ways().stream()
                .flatMap(way ->
                        Stream.of(Fault.values())
                                .map(fault ->
                                        DynamicTest.dynamicTest(
                                                fault + ": " + way.name, () -> run(way, fault))));
    }

    private static void run(Way way, Fault fault) throws IOException {
        String open =
                "select snapshots_open, lock_waiters, memory_used_bytes,"
                        + " (select count(*) from pg_locks), (select count(*) from t) from clade_store";
        try (RawClient other = RawClient.ready(SERVER.port());
                RawClient client = RawClient.ready(SERVER.port())) {
            List<String> before = other.query(open).untilReady();
            client.parse("s", "select a from t where a > $1").sync().untilReady();
            // What others change has the statement planned anew.
            other.query("alter table t add column b int").untilReady();
            SERVER.store().breakAt(FaultyStore.Place.SNAPSHOT, fault);
            way.messages.queue(client);
            List<String> heard = client.sync().untilReady();
            SERVER.store().mend();
            List<String> errors = heard.stream().filter(each -> each.startsWith("E ")).toList();
            assertThat(errors).as("%s", heard).hasSize(1);
            assertThat(errors.getFirst()).contains(" " + fault.state());
            other.query("alter table t drop column b").untilReady();
            if (heard.getLast().equals("EOF")) {
                assertThat(errors.getFirst()).startsWith("E FATAL ");
                return;
            }
            client.bind("", "s", "1").describe('P', "").execute("", 0);
            assertThat(client.sync().untilReady()).contains("D [2]");
            assertThat(other.query(open).untilReady()).isEqualTo(before);
        }
    }
}
