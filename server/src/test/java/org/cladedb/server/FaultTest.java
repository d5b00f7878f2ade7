package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cladedb.pgwire.protocol.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Wherever a session meets a fault of the server, its client hears an error, nothing stays open,
/// and other sessions go on.
final class FaultTest {
    private static final int POLLS_MAX = 1_000;

    /// Everything that must be as it was before.
    private static final String OPEN =
            "select snapshots_open, lock_waiters, memory_used_bytes,"
                    + " (select count(*) from pg_stat_activity), (select count(*) from pg_locks)"
                    + " from clade_store";

    private static final String SESSIONS = "select count(*) from pg_stat_activity";

    private static final FaultyServer SERVER = new FaultyServer();

    /// One way to a fault; `fault` stands for its name.
    private record Way(String name, Steps steps) {}

    private interface Steps {
        void queue(RawClient client, String fault);
    }

    @BeforeAll
    static void prepare() throws IOException {
        try (RawClient client = RawClient.ready(SERVER.port())) {
            client.query(
                    "create table t (a int primary key, b text);"
                            + " insert into t select g, 'x' from generate_series(1, 9) g;"
                            + " create table u (a int primary key)");
            client.untilReady();
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static List<Way> ways() {
        String late = "case when g = 90000 then run_FAULT(g) else g end";
        String rows = " from generate_series(1, 90000) g";
        List<Way> ways = new ArrayList<>();
        for (String sql :
                List.of(
                        "select analyze_FAULT(1)",
                        "select plan_FAULT(1)",
                        "select run_FAULT(1)",
                        "select run_FAULT(a) from t",
                        "select a from t order by run_FAULT(a)",
                        "select a from t where run_FAULT(a) = 1",
                        "select (select run_FAULT(t.a)) from t",
                        "select sum(run_FAULT(a)) from t",
                        "select sum(run_FAULT(a)) over (order by a) from t",
                        "select " + late + rows,
                        "set work_mem = '64kB'; select g" + rows + " order by -" + late,
                        "set work_mem = '64kB'; select "
                                + late
                                + ", count(*)"
                                + rows
                                + " group by 1",
                        "insert into t select run_FAULT(a) + 100 from t",
                        "update t set a = run_FAULT(a)",
                        "delete from t where run_FAULT(a) = 1",
                        "insert into t values (1) on conflict (a) do update set a = run_FAULT(1)",
                        "create table v as select run_FAULT(a) a from t",
                        "alter table t alter b type int using run_FAULT(a)",
                        "alter table t add c int default run_FAULT(1)",
                        "begin; insert into t values (100); savepoint s; select run_FAULT(a) from t",
                        "begin; declare c cursor for select run_FAULT(a) from t; fetch c",
                        "begin; declare c cursor with hold for select run_FAULT(a) from t; commit",
                        "prepare p as select run_FAULT(a) from t; execute p",
                        "explain analyze select run_FAULT(a) from t",
                        "copy (select run_FAULT(a) from t) to stdout",
                        "copy (select " + late + rows + ") to stdout")) {
            ways.add(new Way(sql, (client, fault) -> client.query(named(sql, fault))));
            if (!sql.contains(";")) {
                ways.add(
                        new Way(
                                "extended: " + sql,
                                (client, fault) -> extended(client, named(sql, fault))));
            }
        }
        ways.add(
                new Way(
                        "names of a parameter's type",
                        (client, fault) -> {
                            SERVER.breakNames(Fault.valueOf(fault.toUpperCase(Locale.ROOT)));
                            client.parse("", "select $1::regclass", 2205);
                            client.bind("", "", "t").describe('P', "").execute("", 0).sync();
                        }));
        ways.add(
                new Way(
                        "a portal that is read in parts",
                        (client, fault) -> {
                            String sql = "case when a = 5 then run_FAULT(a) else a end from t";
                            client.parse("", named("select " + sql, fault)).bind("p", "");
                            client.execute("p", 2).execute("p", 2).execute("p", 2).sync();
                        }));
        ways.add(
                new Way(
                        "copy from stdin",
                        (client, fault) -> {
                            client.query(named("copy u from stdin where run_FAULT(a) = 1", fault));
                            // More than fits between client and server.
                            byte[] rows60k = bytes("1\n".repeat(30_000));
                            for (int part = 0; part < 500; part++) {
                                client.message('d', rows60k);
                            }
                            client.message('c');
                        }));
        return ways;
    }

    private static void extended(RawClient client, String sql) {
        client.parse("", sql).bind("", "").describe('P', "").execute("", 0).sync();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String named(String sql, String fault) {
        return sql.replace("FAULT", fault);
    }

    @TestFactory
    Stream<DynamicTest> clientHearsOfFaultAndNothingStaysOpen() {
        return ways().stream()
                .flatMap(way ->
                        Stream.of(Fault.values())
                                .map(fault ->
                                        DynamicTest.dynamicTest(
                                                fault + ": " + way.name(),
                                                () -> test(way, fault))));
    }

    private static void test(Way way, Fault fault) throws IOException {
        try (RawClient other = RawClient.ready(SERVER.port())) {
            List<String> before = awaitOne(other);
            try (RawClient client = RawClient.ready(SERVER.port())) {
                way.steps().queue(client, fault.name().toLowerCase(Locale.ROOT));
                assertHeard(client, fault);
            }
            assertThat(awaitOne(other)).isEqualTo(before);
            assertThat(SERVER.temporaryFilesOpen()).isZero();
            assertThat(other.query("select count(*) from t").untilReady()).contains("D [9]");
            assertThat(other.query("select count(*) from u").untilReady()).contains("D [0]");
        }
    }

    /// What is open when all other sessions have ended.
    private static List<String> awaitOne(RawClient client) throws IOException {
        for (int poll = 0; poll < POLLS_MAX; poll++) {
            if (client.query(SESSIONS).untilReady().contains("D [1]")) {
                break;
            }
            client.query("select pg_sleep(0.01)").untilReady();
        }
        return client.query(OPEN).untilReady();
    }

    /// An error, after which the session goes on; or a fatal one.
    private static void assertHeard(RawClient client, Fault fault) throws IOException {
        List<String> heard = client.untilReady();
        SERVER.mendNames();
        List<String> errors = heard.stream().filter(message -> message.startsWith("E ")).toList();
        assertThat(errors).hasSize(1);
        if (heard.getLast().equals("EOF")) {
            assertThat(errors.getFirst()).startsWith("E FATAL " + fault.state());
            return;
        }
        assertThat(errors.getFirst()).startsWith("E ERROR " + fault.state());
        client.query("rollback").untilReady();
        assertThat(client.query("select 1").untilReady()).contains("D [1]");
    }
}
