package org.cladedb.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.cladedb.CladeDB;
import org.cladedb.kv.embedded.StoreCheck;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.server.StartupFailure;
import org.cladedb.testing.ResultText;
import org.cladedb.testing.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server on files with one changed byte: it refuses to start, or answers what does not need the
/// byte and XX001 to the rest; always with file and offset, never a wrong answer.
final class DamageTest {
    private static final int ROUNDS = 15;
    private static final int LOG_ROUNDS = 6;
    private static final int ROUNDS_SLOW = 400;

    /// The server's log would be full of what is damaged here.
    private static final Logger SILENCED = Logger.getLogger("org.cladedb.session");

    static {
        SILENCED.setLevel(Level.OFF);
    }

    private static final String PLACE = ".*file \\S+, offset \\d+.*";

    private static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE customer (id int PRIMARY KEY, name text UNIQUE, note text)\
                    """,
                    """
                    CREATE TABLE purchase (
                        id int PRIMARY KEY, customer_id int NOT NULL, amount int,
                        GROUPING FOREIGN KEY (customer_id) REFERENCES customer)\
                    """,
                    "CREATE TABLE alone (id int PRIMARY KEY, note text)",
                    "CREATE INDEX alone_note ON alone (note)");

    private static final List<String> ROWS =
            List.of(
                    "INSERT INTO customer SELECT i, 'name ' || i, repeat('n', i %% 50) FROM generate_series(%d, %d) i",
                    "INSERT INTO purchase SELECT i, i / 4 + 1, i * 7 FROM generate_series(%d, %d) i",
                    "INSERT INTO alone SELECT i, 'note ' || i * 31 %% 977 FROM generate_series(%d, %d) i");

    /// Together they read every page.
    private static final List<String> QUERIES =
            List.of(
                    "SELECT * FROM customer ORDER BY id",
                    "SELECT id, name FROM customer WHERE name > '' ORDER BY name",
                    "SELECT c.id, (SELECT p.id, p.amount FROM purchase p WHERE p.customer_id = c.id ORDER BY p.id) FROM customer c ORDER BY c.id",
                    "SELECT * FROM purchase WHERE id BETWEEN 1 AND 5000 ORDER BY id",
                    "SELECT * FROM alone ORDER BY id",
                    "SELECT note, id FROM alone WHERE note > '' ORDER BY note, id",
                    "SELECT count(*), sum(amount) FROM purchase");

    /// They write pages anew, and leave every answer as it is.
    private static final List<String> UPDATES =
            List.of(
                    "UPDATE customer SET note = note WHERE id % 100 = 7",
                    "UPDATE alone SET note = note WHERE id = 77");

    @TempDir private Path directory = Path.of("");

    /// What came of all rounds.
    private static final class Tally {
        private int partlyReadable;
        private int unused;
    }

    @Test
    void damagedPages() throws SQLException, IOException {
        damagedPages(ROUNDS);
    }

    @Test
    @Tag("slow")
    void damagedPagesManyTimes() throws SQLException, IOException {
        damagedPages(ROUNDS_SLOW);
    }

    private void damagedPages(int rounds) throws SQLException, IOException {
        Path sound = directory.resolve("sound");
        Map<String, List<String>> expected;
        try (CladeDB database = CladeDB.open(sound);
                Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            createTables(connection);
            for (int first = 1; first < 1_500; first += 500) {
                insert(connection, first, first + 499);
            }
            expected = answers(connection);
        }
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, byte[]> files = read(sound);
        Tally tally = new Tally();
        for (int round = 0; round < rounds; round++) {
            byte[] damaged = content(files, "pages.db").clone();
            int position = random.nextInt(damaged.length);
            damaged[position] ^= (byte) (1 << random.nextInt(8));
            Path copy = directory.resolve("round" + round);
            write(files, copy, "pages.db", damaged);
            serve(copy, expected, tally, "position %d, seed %d".formatted(position, seed));
        }
        assertThat(tally.partlyReadable)
                .as("partly readable of %d, seed %d".formatted(rounds, seed))
                .isGreaterThan(rounds / 4);
        assertThat(tally.unused).as("harmless, seed " + seed).isLessThan(rounds / 2);
    }

    private static void serve(
            Path data, Map<String, List<String>> expected, Tally tally, String context)
            throws SQLException {
        StoreCheck.Report report = StoreCheck.run(FileSystem.real(), data);
        assertThat(report.problems()).as(context).allMatch(problem -> problem.matches(PLACE));
        int failures;
        try (CladeDB database = CladeDB.open(data)) {
            failures =
                    isRefused(
                                    () -> DriverManager.getConnection(database.jdbcUrl()).close(),
                                    context)
                            ? expected.size()
                            : failures(database, expected, context);
        } catch (StartupFailure failure) {
            assertThat(failure.message()).as(context).matches(PLACE);
            assertThat(report.isSound()).as("check finds it, " + context).isFalse();
            return;
        }
        assertThat(failures == 0).as("check agrees, " + context).isEqualTo(report.isSound());
        tally.unused += failures == 0 ? 1 : 0;
        tally.partlyReadable += failures > 0 && failures < expected.size() ? 1 : 0;
    }

    /// How many queries meet the damage.
    private static int failures(
            CladeDB database, Map<String, List<String>> expected, String context)
            throws SQLException {
        int failures = 0;
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            for (Map.Entry<String, List<String>> entry : expected.entrySet()) {
                if (isRefused(() -> execute(connection, entry.getKey()), context)) {
                    failures++;
                    continue;
                }
                for (String update : UPDATES) {
                    isRefused(() -> execute(connection, update), context);
                }
                assertThat(ResultText.of(connection, entry.getKey()))
                        .as(context)
                        .isEqualTo(entry.getValue());
            }
            if (failures < expected.size()) {
                assertThat(ResultText.of(connection, "SELECT failure FROM clade_store").get(1))
                        .as(context)
                        .isEqualTo("NULL");
            }
        }
        return failures;
    }

    /// Something that a client does.
    private interface Step {
        void run() throws SQLException;
    }

    /// Whether the step meets the damage, and is told so as it should be.
    private static boolean isRefused(Step step, String context) {
        try {
            step.run();
            return false;
        } catch (SQLException failure) {
            assertThat(failure.getSQLState())
                    .as(context + ": " + failure.getMessage())
                    .isEqualTo("XX001");
            assertThat(failure.getMessage()).as(context).matches("(?s)" + PLACE);
            return true;
        }
    }

    /// A crash leaves everything in the log; of that, only the end may have been torn by it.
    @Test
    void damagedLog() throws SQLException, IOException {
        Path running = directory.resolve("running");
        Map<String, byte[]> files;
        Map<String, List<String>> before;
        Map<String, List<String>> expected;
        byte[] withoutLast;
        String log;
        try (CladeDB database = CladeDB.open(running);
                Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            createTables(connection);
            for (int first = 1; first < 400; first += 20) {
                insert(connection, first, first + 19);
            }
            before = answers(connection);
            files = read(running);
            log =
                    files.keySet().stream()
                            .filter(name -> name.startsWith("log-"))
                            .reduce("", (_, name) -> name);
            withoutLast = content(files, log);
            execute(connection, "INSERT INTO alone VALUES (1000, 'the last')");
            expected = answers(connection);
            files = read(running);
        }
        // The batch before may end with zeros, as the unused rest of the log does.
        int lastBatch = Arrays.mismatch(withoutLast, content(files, log));
        int end = usedBytes(content(files, log));
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < LOG_ROUNDS; round++) {
            byte[] damaged = content(files, log).clone();
            int position = random.nextInt(round % 4 == 0 ? lastBatch : 0, end);
            damaged[position] ^= (byte) (1 << random.nextInt(8));
            Path copy = directory.resolve("log" + round);
            write(files, copy, log, damaged);
            String context = "%s position %d, seed %d".formatted(log, position, seed);
            boolean isSound = StoreCheck.run(FileSystem.real(), copy).isSound();
            assertThat(isSound).as("check, " + context).isEqualTo(position >= lastBatch);
            try (CladeDB database = CladeDB.open(copy);
                    Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
                assertThat(position).as(context).isGreaterThanOrEqualTo(lastBatch);
                assertThat(answers(connection)).as(context).isIn(before, expected);
            } catch (StartupFailure failure) {
                assertThat(failure.message())
                        .as(context)
                        .matches(".*file " + log + ", offset \\d+.*");
                assertThat(position).as(context).isLessThan(lastBatch);
            }
        }
    }

    /// The same as a process: message and exit status.
    @Test
    void commandsSayWhatIsDamaged() throws SQLException, IOException {
        Path data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            createTables(connection);
            insert(connection, 1, 100);
            server.kill();
        } catch (SQLException _) {
            // The connection cannot be closed.
        }
        Map<String, byte[]> files = read(data);
        String log =
                files.keySet().stream()
                        .filter(name -> name.startsWith("log-"))
                        .findFirst()
                        .orElseThrow();
        byte[] damaged = content(files, log).clone();
        damaged[usedBytes(damaged) / 2] ^= 1;
        write(files, data, log, damaged);
        ServerProcess.Finished start =
                ServerProcess.run("start", "--port", "0", "--data", data.toString());
        assertThat(start.output())
                .matches(
                        "clade: cannot open the data directory: .*file " + log + ", offset \\d+\n");
        assertThat(start.status()).isEqualTo(1);
        ServerProcess.Finished check = ServerProcess.run("check", data.toString());
        assertThat(check.output()).contains("DAMAGED").contains("file " + log);
        assertThat(check.status()).isEqualTo(2);
    }

    private static void createTables(Connection connection) throws SQLException {
        for (String statement : TABLES) {
            execute(connection, statement);
        }
    }

    private static void insert(Connection connection, int first, int last) throws SQLException {
        for (String statement : ROWS) {
            execute(connection, statement.formatted(first, last));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Map<String, List<String>> answers(Connection connection) throws SQLException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String query : QUERIES) {
            answers.put(query, ResultText.of(connection, query));
        }
        return answers;
    }

    private static Map<String, byte[]> read(Path data) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Path> found = new ArrayList<>();
        try (Stream<Path> list = Files.list(data)) {
            list.sorted().forEach(found::add);
        }
        for (Path file : found) {
            files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }
        return files;
    }

    private static byte[] content(Map<String, byte[]> files, String name) {
        byte[] content = files.get(name);
        assertThat(content).as(name).isNotNull();
        return content == null ? new byte[0] : content;
    }

    private static void write(
            Map<String, byte[]> files, Path target, String changedName, byte[] changed)
            throws IOException {
        Files.createDirectories(target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            boolean isChanged = file.getKey().equals(changedName);
            Files.write(target.resolve(file.getKey()), isChanged ? changed : file.getValue());
        }
    }

    /// The bytes before the zeros at the end.
    private static int usedBytes(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
