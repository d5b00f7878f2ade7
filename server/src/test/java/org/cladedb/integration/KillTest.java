package org.cladedb.integration;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.cladedb.kv.embedded.StoreCheck;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.testing.ConstraintFaults;
import org.cladedb.testing.ResultText;
import org.cladedb.testing.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed under load and while it recovers, again and again on the same data: what
/// it acknowledged is there, transactions are there wholly or not at all, and indexes agree with
/// tables.
///
/// `-Dseed=` replays the moments of a run, though not how the machine schedules its threads.
final class KillTest {
    private static final int ROUNDS = 3;
    private static final int ROUNDS_SLOW = 50;
    private static final int LOAD_MILLIS_MAX = 600;
    private static final int FIRST_STARTS = 1;
    private static final int FIRST_STARTS_SLOW = 40;

    /// So little that checkpoints run all the time.
    private static final String CHECKPOINT_KILOBYTES = "8";

    @TempDir private Path directory = Path.of("");
    private long checkpoints;

    @Test
    void killedUnderLoad() throws SQLException, IOException, InterruptedException {
        rounds(ROUNDS);
    }

    @Test
    @Tag("slow")
    void killedUnderLoadManyTimes() throws SQLException, IOException, InterruptedException {
        rounds(ROUNDS_SLOW);
    }

    private void rounds(int count) throws SQLException, IOException, InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Path data = directory.resolve("data");
        KillLoad load = new KillLoad();
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            KillLoad.prepare(connection);
        }
        for (int round = 0; round < count; round++) {
            String where = "round " + round + ", seed " + seed;
            try (ServerProcess server = start(data)) {
                verify(server, load, where);
                List<Thread> threads = load.start(server.jdbcUrl(), random);
                Thread.sleep(20 + random.nextInt(LOAD_MILLIS_MAX));
                countCheckpoints(server);
                server.kill();
                await(threads, load, where);
            }
            killRecovery(data, random);
        }
        stopUnderLoad(data, load, random, "the end, seed " + seed);
        assertThat(checkpoints).as("checkpoints under load, seed " + seed).isGreaterThan(count);
    }

    private static ServerProcess start(Path data) {
        return ServerProcess.start(data, "--checkpoint-kb", CHECKPOINT_KILOBYTES);
    }

    private static void await(List<Thread> threads, KillLoad load, String where)
            throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(load.surprise()).as(where).isNull();
    }

    private void countCheckpoints(ServerProcess server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            checkpoints += number(connection, "SELECT checkpoints FROM clade_store");
        }
    }

    /// Starts a server on what another left, and kills it soon after it first changed something, or
    /// at any moment before.
    private static void killRecovery(Path data, SplittableRandom random)
            throws IOException, InterruptedException {
        Set<String> before = names(data);
        Process process = ServerProcess.begin(data, "--checkpoint-kb", CHECKPOINT_KILOBYTES);
        long end = System.nanoTime() + random.nextLong(MILLISECONDS.toNanos(1_500));
        while (System.nanoTime() < end && names(data).equals(before)) {
            Thread.onSpinWait();
        }
        LockSupport.parkNanos(random.nextLong(MILLISECONDS.toNanos(5)));
        process.destroyForcibly();
        process.waitFor();
    }

    private static Set<String> names(Path data) throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.exists(data)) {
            try (Stream<Path> list = Files.list(data)) {
                list.forEach(file -> names.add(String.valueOf(file.getFileName())));
            }
        }
        return names;
    }

    /// SIGTERM in the middle of commits and checkpoints: everything is in the pages afterwards.
    private void stopUnderLoad(Path data, KillLoad load, SplittableRandom random, String where)
            throws SQLException, InterruptedException {
        try (ServerProcess server = start(data)) {
            verify(server, load, where);
            List<Thread> threads = load.start(server.jdbcUrl(), random);
            Thread.sleep(LOAD_MILLIS_MAX);
            countCheckpoints(server);
            assertThat(server.stop()).as(where).isEqualTo(143);
            await(threads, load, where);
        }
        StoreCheck.Report report = StoreCheck.run(FileSystem.real(), data);
        assertThat(report.problems()).as(where).isEmpty();
        assertThat(report.remarks()).as(where).isEmpty();
        assertThat(report.logCommits()).as("commits only in the log, " + where).isZero();
        try (ServerProcess server = start(data)) {
            verify(server, load, where);
            assertThat(server.stop()).isEqualTo(143);
        }
    }

    @Test
    void killedDuringTheFirstStart() throws SQLException, IOException, InterruptedException {
        firstStarts(FIRST_STARTS);
    }

    @Test
    @Tag("slow")
    void killedDuringManyFirstStarts() throws SQLException, IOException, InterruptedException {
        firstStarts(FIRST_STARTS_SLOW);
    }

    /// Each kill leaves another part of the first files; the last start goes on from there.
    private void firstStarts(int count) throws SQLException, IOException, InterruptedException {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            Path data = directory.resolve("first" + i);
            killRecovery(data, random);
            killRecovery(data, random);
            try (ServerProcess server = ServerProcess.start(data);
                    Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
                KillLoad.prepare(connection);
                assertThat(number(connection, "SELECT count(*) FROM entry"))
                        .as("start %d, seed %d", i, seed)
                        .isZero();
            }
        }
    }

    private static void verify(ServerProcess server, KillLoad load, String where)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            verify(connection, load, where);
        }
    }

    private static void verify(Connection connection, KillLoad load, String where)
            throws SQLException {
        for (int worker = 0; worker < KillLoad.COPY_WORKER; worker++) {
            accountsWithoutGaps(connection, load, worker, where);
        }
        for (int worker = KillLoad.SINGLE_WORKERS; worker < KillLoad.COPY_WORKER; worker++) {
            transactionsAreWhole(connection, worker, where);
        }
        copiesAreWhole(connection, load, where);
        bulkIsWhole(connection, load, where);
        assertThat(
                        number(
                                connection,
                                "SELECT sum(balance) FROM account WHERE worker = "
                                        + KillLoad.TRANSFER_WORKER))
                .as("nothing was half transferred, " + where)
                .isEqualTo(KillLoad.TRANSFER_ACCOUNTS * KillLoad.TRANSFER_BALANCE);
        indexesAgree(connection, where);
        assertThat(ConstraintFaults.in(connection)).as(where).isEmpty();
    }

    private static void accountsWithoutGaps(
            Connection connection, KillLoad load, int worker, String where) throws SQLException {
        String of = " FROM account WHERE id / %d = %d".formatted(KillLoad.UNITS_MAX, worker);
        int found = number(connection, "SELECT count(*)" + of);
        int acknowledged = load.acknowledged(worker);
        assertThat(found)
                .as("units of worker " + worker + ", " + where)
                .isBetween(acknowledged, acknowledged + 1);
        assertThat(
                        number(
                                connection,
                                "SELECT coalesce(max(id), 0) %% %d%s"
                                        .formatted(KillLoad.UNITS_MAX, of)))
                .as("last unit of worker " + worker + ", " + where)
                .isEqualTo(found);
        load.resumeAt(worker, found);
    }

    private static void transactionsAreWhole(Connection connection, int worker, String where)
            throws SQLException {
        assertThat(
                        ResultText.of(
                                connection,
                                """
                                SELECT a.id, count(e.id), min(e.note), max(e.note)
                                FROM account a LEFT JOIN entry e ON e.account_id = a.id
                                WHERE a.worker = %d GROUP BY a.id
                                HAVING count(e.id) <> %d OR max(e.unit) <> a.id %% %d\
                                """
                                        .formatted(worker, KillLoad.ENTRIES, KillLoad.UNITS_MAX)))
                .as("broken transactions of worker " + worker + ", " + where)
                .hasSize(1);
    }

    private static void copiesAreWhole(Connection connection, KillLoad load, String where)
            throws SQLException {
        int worker = KillLoad.COPY_WORKER;
        int acknowledged = load.acknowledged(worker);
        List<String> units =
                ResultText.of(
                        connection,
                        "SELECT -unit, count(*) FROM entry WHERE account_id = %d GROUP BY unit ORDER BY 1"
                                .formatted(KillLoad.id(worker, 1)));
        int found = units.size() - 1;
        assertThat(found).as("copies, " + where).isBetween(acknowledged, acknowledged + 1);
        for (int unit = 1; unit <= found; unit++) {
            assertThat(units.get(unit))
                    .as("copy " + unit + ", " + where)
                    .isEqualTo(unit + "|" + KillLoad.COPY_ROWS);
        }
        load.resumeAt(worker, found);
    }

    private static void bulkIsWhole(Connection connection, KillLoad load, String where)
            throws SQLException {
        int worker = KillLoad.BULK_WORKER;
        int acknowledged = load.acknowledged(worker);
        List<String> tables =
                ResultText.of(
                        connection,
                        "SELECT relname FROM pg_class WHERE relname LIKE 'bulk%' AND relkind = 'r'");
        assertThat(tables.size()).as("tables of bulk loads, " + where).isLessThanOrEqualTo(2);
        int found =
                tables.size() == 1
                        ? 0
                        : Integer.parseInt(tables.get(1).substring("bulk_".length()));
        assertThat(found).as("bulk loads, " + where).isBetween(acknowledged, acknowledged + 1);
        if (found > 0) {
            for (String condition : List.of("id + 0 > 0", "n < 0")) {
                assertThat(
                                ResultText.of(
                                                connection,
                                                "SELECT count(*), sum(id), sum(length(note)) FROM bulk_%d WHERE %s"
                                                        .formatted(found, condition))
                                        .get(1))
                        .as("bulk load " + found + ", " + where)
                        .isEqualTo("6000|18003000|6000000");
            }
        }
        load.resumeAt(worker, found);
    }

    /// The same rows by every index as by the table, whose own plan has no index.
    private static void indexesAgree(Connection connection, String where) throws SQLException {
        String accounts = "SELECT id, worker, name FROM account WHERE ";
        List<String> scanned = ResultText.of(connection, accounts + "id + 0 > 0 ORDER BY id");
        for (String condition :
                List.of(
                        "id > 0 ORDER BY id",
                        "worker >= 0 ORDER BY worker, id",
                        "name > '' ORDER BY id")) {
            assertThat(ResultText.of(connection, accounts + condition))
                    .as(condition + ", " + where)
                    .isEqualTo(scanned);
        }
        String entries = "SELECT account_id, unit, id FROM entry WHERE ";
        scanned = ResultText.of(connection, entries + "id + 0 > 0 ORDER BY id");
        for (String condition :
                List.of(
                        "id BETWEEN 1 AND 9000000000000 ORDER BY id",
                        "unit BETWEEN -1000000 AND 1000000 ORDER BY id",
                        "account_id > 0 ORDER BY id")) {
            assertThat(ResultText.of(connection, entries + condition))
                    .as(condition + ", " + where)
                    .isEqualTo(scanned);
        }
        assertThat(plan(connection, accounts + "worker >= 0")).contains("account_worker");
        assertThat(plan(connection, accounts + "name > ''")).contains("account_name_key");
        assertThat(plan(connection, entries + "id BETWEEN 1 AND 9000000000000"))
                .contains("entry_pkey");
        assertThat(plan(connection, entries + "unit BETWEEN -1000000 AND 1000000"))
                .contains("entry_unit");
    }

    private static String plan(Connection connection, String sql) throws SQLException {
        return String.join("\n", ResultText.of(connection, "EXPLAIN " + sql));
    }

    private static int number(Connection connection, String sql) throws SQLException {
        return Integer.parseInt(ResultText.of(connection, sql).get(1));
    }
}
