package org.cladedb.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.cladedb.CladeDB;
import org.cladedb.testing.RealPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every golden script on memory, on disk, and on a real PostgreSQL.
final class GoldenTest {
    private static final Path SCRIPTS = Path.of("src/test/sql");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");
    private static final String ONLY = System.getProperty("golden.only", "");

    /// The tables of scripts are tiny, and their plans shall be those of large ones.
    /// `-Dgolden.options=-c%20work_mem=64kB`: other settings for our sessions.
    private static final String OPTIONS =
            "&options=" + System.getProperty("golden.options", "-c%20assumed_table_rows=100000");

    private static @Nullable RealPostgres postgres;

    @TempDir private Path directory = Path.of(".");

    @BeforeAll
    static void startPostgres() {
        postgres = RealPostgres.start("fsync=off");
    }

    @AfterAll
    static void stopPostgres() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> scripts() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(SCRIPTS)) {
            files =
                    paths.filter(path -> path.toString().endsWith(".test"))
                            .filter(path -> path.toString().contains(ONLY))
                            .sorted()
                            .toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().flatMap(this::tests);
    }

    private Stream<DynamicTest> tests(Path file) {
        String name = SCRIPTS.relativize(file).toString();
        if (REWRITE) {
            return Stream.of(DynamicTest.dynamicTest("rewrite " + name, () -> rewrite(file)));
        }
        return Stream.of(
                DynamicTest.dynamicTest(name + " on memory", () -> onMemory(file)),
                DynamicTest.dynamicTest(name + " on disk", () -> onDisk(file)),
                DynamicTest.dynamicTest(name + " on PostgreSQL", () -> onPostgres(file)));
    }

    private static void onMemory(Path file) throws IOException, SQLException {
        try (CladeDB database = CladeDB.memory()) {
            compareAndClean(file, database.jdbcUrl());
        }
    }

    private void onDisk(Path file) throws IOException, SQLException {
        String name = SCRIPTS.relativize(file).toString().replace('/', '-');
        try (CladeDB database = CladeDB.open(directory.resolve(name))) {
            compareAndClean(file, database.jdbcUrl());
        }
    }

    private static void compareAndClean(Path file, String jdbcUrl)
            throws IOException, SQLException {
        GoldenScript script = GoldenScript.read(file);
        // These drop, rename and count databases and who is in them.
        boolean isAboutDatabases =
                script.blocks().stream().anyMatch(block -> block.sql().contains("DATABASE"));
        if (isAboutDatabases) {
            compare(script, jdbcUrl + OPTIONS, false);
            return;
        }
        try (LeftBehind left = new LeftBehind(jdbcUrl)) {
            compare(script, jdbcUrl + OPTIONS, false);
            assertThat(left.find()).as("what " + file + " leaves behind").isEmpty();
        }
    }

    private static void onPostgres(Path file) throws IOException, SQLException {
        compare(GoldenScript.read(file), emptyPostgres(), true);
    }

    /// Where the PostgreSQL server is, with nothing in it that an earlier script left.
    private static String emptyPostgres() throws SQLException {
        RealPostgres server = postgres;
        if (server == null) {
            throw new IllegalStateException("PostgreSQL is not running");
        }
        String url = server.jdbcUrl();
        try (GoldenRunner cleaner = new GoldenRunner(url.replace("/postgres?", "/template1?"))) {
            for (String database :
                    cleaner.column("SELECT datname FROM pg_database WHERE NOT datistemplate")) {
                cleaner.execute("DROP DATABASE \"" + database + "\" WITH (FORCE)");
            }
            for (String role :
                    cleaner.column(
                            "SELECT rolname FROM pg_roles"
                                    + " WHERE rolname <> 'postgres' AND rolname !~ '^pg_'")) {
                cleaner.execute("DROP ROLE \"" + role + "\"");
            }
            cleaner.execute("ALTER ROLE postgres RESET ALL", "CREATE DATABASE postgres");
        }
        return url;
    }

    private static void compare(GoldenScript script, String jdbcUrl, boolean isPostgres)
            throws SQLException {
        List<GoldenScript.Block> blocks =
                script.blocks().stream()
                        .filter(block -> !(isPostgres && block.isCladeOnly()))
                        .toList();
        List<String> outputs;
        try (GoldenSessions sessions = new GoldenSessions(jdbcUrl)) {
            outputs = sessions.run(blocks);
        }
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            GoldenScript.Block block = blocks.get(i);
            String where = "-- line " + block.line() + ": " + block.sql() + "\n";
            expected.add(where + block.expected());
            actual.add(where + outputs.get(i));
        }
        assertThat(String.join("\n\n", actual)).isEqualTo(String.join("\n\n", expected));
    }

    private static void rewrite(Path file) throws IOException, SQLException {
        GoldenScript script = GoldenScript.read(file);
        List<String> ours;
        try (CladeDB database = CladeDB.memory();
                GoldenSessions sessions = new GoldenSessions(database.jdbcUrl())) {
            ours = sessions.run(script.blocks());
        }
        Iterator<String> real;
        try (GoldenSessions sessions = new GoldenSessions(emptyPostgres())) {
            real =
                    sessions.run(
                                    script.blocks().stream()
                                            .filter(block -> !block.isCladeOnly())
                                            .toList())
                            .iterator();
        }
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            outputs.add(script.blocks().get(i).isCladeOnly() ? ours.get(i) : real.next());
        }
        script.rewrite(outputs);
    }
}
