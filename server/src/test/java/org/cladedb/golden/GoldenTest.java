package org.cladedb.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
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
        try (CladeDB database = CladeDB.memory();
                GoldenRunner runner = new GoldenRunner(database.jdbcUrl())) {
            compare(GoldenScript.read(file), runner, false);
        }
    }

    private void onDisk(Path file) throws IOException, SQLException {
        Path data = directory.resolve(file.getFileName().toString());
        try (CladeDB database = CladeDB.open(data);
                GoldenRunner runner = new GoldenRunner(database.jdbcUrl())) {
            compare(GoldenScript.read(file), runner, false);
        }
    }

    private static void onPostgres(Path file) throws IOException, SQLException {
        try (GoldenRunner runner = postgresRunner()) {
            compare(GoldenScript.read(file), runner, true);
        }
    }

    private static GoldenRunner postgresRunner() throws SQLException {
        RealPostgres server = postgres;
        if (server == null) {
            throw new IllegalStateException("PostgreSQL is not running");
        }
        GoldenRunner runner = new GoldenRunner(server.jdbcUrl());
        runner.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        return runner;
    }

    private static void compare(GoldenScript script, GoldenRunner runner, boolean isPostgres)
            throws SQLException {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        for (GoldenScript.Block block : script.blocks()) {
            if (isPostgres && block.isCladeOnly()) {
                continue;
            }
            String where = "-- line " + block.line() + ": " + block.sql() + "\n";
            expected.add(where + block.expected());
            actual.add(where + runner.run(block));
        }
        assertThat(String.join("\n\n", actual)).isEqualTo(String.join("\n\n", expected));
    }

    private static void rewrite(Path file) throws IOException, SQLException {
        GoldenScript script = GoldenScript.read(file);
        List<String> outputs = new ArrayList<>();
        try (CladeDB database = CladeDB.memory();
                GoldenRunner own = new GoldenRunner(database.jdbcUrl());
                GoldenRunner real = postgresRunner()) {
            for (GoldenScript.Block block : script.blocks()) {
                String ours = own.run(block);
                outputs.add(block.isCladeOnly() ? ours : real.run(block));
            }
        }
        script.rewrite(outputs);
    }
}
