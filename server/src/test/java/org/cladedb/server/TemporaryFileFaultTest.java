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

/// A full disk under temporary files, or one that does not work, ends the statement that meets it,
/// and nothing of it is left.
final class TemporaryFileFaultTest {
    private static final FaultyServer SERVER = new FaultyServer();
    private static final String OPEN =
            "select snapshots_open, lock_waiters, memory_used_bytes,"
                    + " (select count(*) from pg_locks), (select sum(b) from t) from clade_store";

    private static final List<String> STATEMENTS =
            List.of(
                    "select * from t order by c, b",
                    "select count(*) from (select * from t order by c limit 6000) q",
                    "select l.a, r.c from t l join t r on l.c = r.c",
                    "select l.a, r.c from t l full join t r on l.c = r.c || 'x'",
                    "select a from t where c not in (select c from t where a > 9)",
                    "select c, count(*) from t group by c",
                    "select b, array_agg(c order by c desc) from t group by b",
                    "select var_pop(distinct a), count(distinct c) from t",
                    "select distinct c from t",
                    "select c from t except select c || 'z' from t",
                    "select c, sum(b) over (order by c), count(*) over () from t",
                    "with m as materialized (select * from t) select count(*) from m x, m y"
                            + " where x.a = y.b",
                    "with recursive r(n, c) as (select 1, 'row 1' union select n + 1, 'row ' || n"
                            + " from r where n < 8000) select count(*) from r",
                    "update t set b = b + 1 returning c",
                    "insert into t select a + 10000, b, c from t order by c");

    /// @param sound how many calls succeed before
    private record Way(FaultyFiles.Place place, boolean full, int sound, String statement) {}

    @BeforeAll
    static void prepare() throws IOException {
        try (RawClient client = RawClient.ready(SERVER.port())) {
            client.query("create table t (a int primary key, b int, c text)").untilReady();
            client.query(
                            "insert into t select g, g % 50, 'text of ' || g * 7919 % 8009"
                                    + " from generate_series(1, 8000) g")
                    .untilReady();
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @TestFactory
    Stream<DynamicTest> endsOneStatement() {
        return STATEMENTS.stream()
                .flatMap(sql ->
                        Stream.of(
                                new Way(FaultyFiles.Place.CREATE, true, 0, sql),
                                new Way(FaultyFiles.Place.CREATE, false, 0, sql),
                                new Way(FaultyFiles.Place.WRITE, true, 0, sql),
                                new Way(FaultyFiles.Place.WRITE, true, 3, sql),
                                new Way(FaultyFiles.Place.WRITE, false, 2, sql),
                                new Way(FaultyFiles.Place.READ, false, 0, sql),
                                new Way(FaultyFiles.Place.READ, false, 2, sql)))
                .map(way -> DynamicTest.dynamicTest(way.toString(), () -> run(way)));
    }

    private static void run(Way way) throws IOException {
        try (RawClient client = RawClient.ready(SERVER.port());
                RawClient other = RawClient.ready(SERVER.port())) {
            client.query("set work_mem = '64kB'").untilReady();
            List<String> before = other.query(OPEN).untilReady();
            SERVER.files().breakAt(way.place, way.full, way.sound);
            List<String> heard = client.query(way.statement).untilReady();
            assertThat(SERVER.files().mend()).as(heard.toString()).isPositive();
            assertThat(heard.get(heard.size() - 2))
                    .startsWith("E ERROR " + (way.full ? "53100" : "58030"));
            assertThat(heard).endsWith("Z I");
            assertThat(SERVER.temporaryFilesOpen()).isZero();
            assertThat(other.query(OPEN).untilReady()).isEqualTo(before);
            assertThat(client.query("begin;" + way.statement + "; rollback").untilReady())
                    .noneMatch(line -> line.startsWith("E "));
            assertThat(SERVER.temporaryFilesOpen()).isZero();
        }
    }
}
