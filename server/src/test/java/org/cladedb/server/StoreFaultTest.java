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

/// A fault in the store at a snapshot, a lock or a commit undoes the transaction alone, and its
/// client hears of it.
final class StoreFaultTest {
    private static final String OPEN =
            "select snapshots_open, lock_waiters, memory_used_bytes,"
                    + " (select count(*) from pg_locks), (select count(*) from t),"
                    + " (select sum(b) from t), (select count(*) from pg_class) from clade_store";
    private static final FaultyServer SERVER = new FaultyServer();

    /// @param before what runs while the store is sound
    /// @param statement what meets the fault
    private record Way(FaultyStore.Place place, String before, String statement) {}

    @BeforeAll
    static void prepare() throws IOException {
        try (RawClient client = RawClient.ready(SERVER.port())) {
            client.query("create table t (a int primary key, b int); create table u (a int)");
            client.untilReady();
            client.query("insert into t select g, 0 from generate_series(1, 9) g").untilReady();
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static List<Way> ways() {
        String insert = "insert into t values (100, 1)";
        return List.of(
                new Way(FaultyStore.Place.SNAPSHOT, "", "select * from t"),
                new Way(FaultyStore.Place.SNAPSHOT, "", insert),
                new Way(FaultyStore.Place.SNAPSHOT, "begin;" + insert, "select * from t"),
                new Way(FaultyStore.Place.SNAPSHOT, "", "copy t to stdout"),
                new Way(FaultyStore.Place.LAST_COMMIT, "", "update t set b = 1"),
                new Way(FaultyStore.Place.LAST_COMMIT, "begin;" + insert, "delete from t"),
                new Way(FaultyStore.Place.COMMIT, "", insert),
                new Way(FaultyStore.Place.COMMIT, "begin;" + insert, "commit"),
                new Way(FaultyStore.Place.COMMIT, "begin; savepoint s;" + insert, "commit"),
                new Way(FaultyStore.Place.COMMIT, "", "create table v (a int)"),
                new Way(FaultyStore.Place.COMMIT, "", "alter table t add c int default 1"),
                new Way(FaultyStore.Place.COMMIT, "", "create index on t (b)"),
                new Way(FaultyStore.Place.COMMIT, "", "truncate t"),
                new Way(FaultyStore.Place.COMMIT, "", "drop table u"));
    }

    @TestFactory
    Stream<DynamicTest> transactionIsUndoneAndClientHearsOfIt() {
        return ways().stream()
                .flatMap(way ->
                        Stream.of(Fault.BUG, Fault.BROKEN, Fault.INPUT_OUTPUT, Fault.MEMORY)
                                .flatMap(fault ->
                                        Stream.of(false, true)
                                                .map(extended -> test(way, fault, extended))));
    }

    private static DynamicTest test(Way way, Fault fault, boolean extended) {
        return DynamicTest.dynamicTest(
                fault + (extended ? " extended: " : ": ") + way, () -> run(way, fault, extended));
    }

    private static void run(Way way, Fault fault, boolean extended) throws IOException {
        try (RawClient other = RawClient.ready(SERVER.port())) {
            List<String> before = other.query(OPEN).untilReady();
            try (RawClient client = RawClient.ready(SERVER.port())) {
                client.query(way.before).untilReady();
                SERVER.store().breakAt(way.place, fault);
                queue(client, way.statement, extended);
                List<String> heard = client.untilReady();
                SERVER.store().mend();
                assertHeard(client, heard, fault, way.statement.equals("commit"));
            }
            while (!other.query("select count(*) from pg_stat_activity")
                    .untilReady()
                    .contains("D [1]")) {
                Thread.onSpinWait();
            }
            assertThat(other.query(OPEN).untilReady()).isEqualTo(before);
            // No lock is held, and nothing is half done.
            assertThat(
                            other.query("begin; update t set b = 0; lock table t, u; rollback")
                                    .untilReady())
                    .contains("C UPDATE 9");
        }
    }

    private static void queue(RawClient client, String sql, boolean extended) {
        if (extended) {
            client.parse("", sql).bind("", "").execute("", 0).sync();
        } else {
            client.query(sql);
        }
    }

    private static void assertHeard(RawClient client, List<String> heard, Fault fault, boolean ends)
            throws IOException {
        String error = heard.get(heard.size() - 2);
        if (heard.getLast().equals("EOF")) {
            assertThat(error).startsWith("E FATAL " + fault.state());
            return;
        }
        assertThat(error).startsWith("E ERROR " + fault.state());
        if (ends) {
            assertThat(heard).endsWith("Z I");
        }
        client.query("rollback").untilReady();
        assertThat(client.query("select count(*) from t").untilReady()).contains("D [9]");
    }
}
