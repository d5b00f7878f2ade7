package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.stream.Stream;
import org.cladedb.pgwire.protocol.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// While a statement of thousands of levels is at work, on a thread of its own, definitions of
/// others succeed or meet faults: neither harms the other.
final class DeepStatementFaultTest {
    private static final FaultyServer SERVER = new FaultyServer();
    private static final int DEEP = 3_200;

    @BeforeAll
    static void prepare() throws IOException {
        try (RawClient client = RawClient.ready(SERVER.port())) {
            client.query("create table t (a int primary key); create table u (a int)");
            client.untilReady();
            client.query("insert into t values (1); insert into u values (1)").untilReady();
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @TestFactory
    Stream<DynamicTest> definitionsFailUnderIt() {
        return Stream.of(Fault.values())
                .flatMap(fault ->
                        Stream.of(
                                        "create table v (a int)",
                                        "alter table u add column b int default 7",
                                        "create index on u (a)",
                                        "create view w as select a from u",
                                        "drop table u")
                                .map(sql ->
                                        DynamicTest.dynamicTest(
                                                fault + ": " + sql, () -> run(sql, fault))));
    }

    /// The statement waits at its deepest level for a lock that the other session has.
    private static String deep() {
        return "select "
                + "(a + ".repeat(DEEP)
                + "(select count(pg_advisory_lock(1))::int)"
                + String.join("", Collections.nCopies(DEEP, ")"))
                + " from t";
    }

    private static void run(String definition, Fault fault) throws IOException {
        try (RawClient other = RawClient.ready(SERVER.port());
                RawClient client = RawClient.ready(SERVER.port())) {
            other.query("select pg_advisory_lock(1)").untilReady();
            client.query(deep()).send();
            while (!other.query("select count(*) from pg_locks where relation = 't'::regclass")
                    .untilReady()
                    .contains("D [1]")) {
                Thread.onSpinWait();
            }
            SERVER.store().breakAt(FaultyStore.Place.COMMIT, fault);
            try (RawClient definer = RawClient.ready(SERVER.port())) {
                assertThat(definer.query(definition).untilReady().getFirst())
                        .startsWith("E ")
                        .contains(" " + fault.state());
            }
            SERVER.store().mend();
            // What the deep one reads cannot be changed under it; all else can.
            other.query("set lock_timeout = '20ms'; alter table t add column b int");
            assertThat(other.untilReady()).anyMatch(each -> each.startsWith("E ERROR 55P03"));
            other.query("alter table u rename to x; alter table x rename to u");
            assertThat(other.untilReady()).allMatch(each -> !each.startsWith("E "));
            other.query("select pg_advisory_unlock(1)").untilReady();
            assertThat(client.untilReady()).contains("D [" + (DEEP + 1) + "]");
            assertThat(client.query("select count(*) from u").untilReady()).contains("D [1]");
        }
    }
}
