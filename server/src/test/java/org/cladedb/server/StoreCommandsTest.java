package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.cladedb.kv.Durability;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.io.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees of the commands on data directories.
final class StoreCommandsTest {
    @TempDir private Path directory = Path.of("");
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void fill() {
        try (EmbeddedStore store = open();
                Transaction transaction = store.begin()) {
            for (int row = 0; row < 1_000; row++) {
                transaction.put(("row" + row).getBytes(StandardCharsets.UTF_8), new byte[50]);
            }
            transaction.commit(Durability.SYNC);
        }
    }

    private EmbeddedStore open() {
        return EmbeddedStore.open(
                FileSystem.real(), directory.resolve("data"), EmbeddedOptions.defaults());
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private int run(String... arguments) {
        output.reset();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        return new StoreCommands(stream, stream).run(arguments);
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void checkSaysWhetherAllIsSound() throws IOException {
        assertThat(run("check", path("data"))).isZero();
        assertThat(said()).contains("1000 entries").endsWith("sound\n");
        Path pages = directory.resolve("data").resolve("pages.db");
        byte[] bytes = Files.readAllBytes(pages);
        for (int position = 2 * 8192 + 4_000; position < bytes.length; position += 8192) {
            bytes[position] ^= 1;
        }
        Files.write(pages, bytes);
        assertThat(run("check", path("data"))).isEqualTo(2);
        assertThat(said()).contains("DAMAGED: wrong checksum of a page: file pages.db, offset");
        assertThat(run("inspect", path("data"))).isZero();
        assertThat(run("inspect", path("data"), "page", "2")).isEqualTo(2);
        assertThat(said()).contains("checksum WRONG");
        bytes[100] ^= 1;
        Files.write(pages, bytes);
        assertThat(run("inspect", path("data"))).isEqualTo(2);
        assertThat(said()).contains("header 0: cannot be read");
    }

    @Test
    void storeInUseIsLeftAlone() {
        try (EmbeddedStore store = open()) {
            assertThat(run("check", path("data"))).isEqualTo(1);
            assertThat(said()).contains("in use by another process");
            assertThat(run("backup", path("data"), path("backup"))).isEqualTo(1);
            assertThat(said()).contains("in use by another process, which is no server");
            assertThat(store.metrics().commits()).isZero();
        }
        assertThat(run("check", path("nothing"))).isEqualTo(1);
        assertThat(said()).contains("there is no store in");
    }

    @Test
    void serverMakesTheBackupOfItsDirectory() throws IOException {
        try (CladeServer server = CladeServer.start(ServerConfig.in(directory.resolve("shop")))) {
            new Demo(server.sessions()).run(new PrintStream(output, true, StandardCharsets.UTF_8));
            assertThat(run("check", path("shop"))).isEqualTo(1);
            assertThat(said())
                    .contains("in use by the server at 127.0.0.1 port " + server.port())
                    .contains("or check a backup");
            assertThat(run("backup", path("shop"), path("it's a backup"))).isZero();
            assertThat(said()).startsWith("backed up ").contains("checksum");
            assertThat(run("backup", path("shop"), path("it's a backup"))).isEqualTo(1);
            assertThat(said()).contains("not an empty directory");
        }
        assertThat(directory.resolve("shop").resolve("server.address")).doesNotExist();
        assertThat(run("restore", path("it's a backup"), path("copy"))).isZero();
        assertThat(run("check", path("copy"))).isZero();
    }

    @Test
    void checkVerifiesTheData() throws IOException {
        try (CladeServer server = CladeServer.start(ServerConfig.in(directory.resolve("shop")))) {
            new Demo(server.sessions()).run(new PrintStream(output, true, StandardCharsets.UTF_8));
        }
        assertThat(run("check", "--data", path("shop"))).isZero();
        assertThat(said()).contains("sound\n").contains("database postgres: 0 faults");
    }

    @Test
    void directoriesOfOthersAreLeftAlone() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("PG_VERSION"), "18");
        assertThatThrownBy(() -> CladeServer.start(ServerConfig.in(other)).close())
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("neither empty nor a data directory");
        try (Stream<Path> files = Files.list(other)) {
            assertThat(files).containsExactly(other.resolve("PG_VERSION"));
        }
    }

    @Test
    void onlyTheOwnerReadsTheFiles() throws IOException {
        Path made = directory.resolve("a").resolve("b");
        try (CladeServer server = CladeServer.start(ServerConfig.in(made))) {
            assertThat(server.port()).isPositive();
            assertThat(permissions(made)).isEqualTo("rwx------");
            assertThat(permissions(made.resolve("pages.db"))).isEqualTo("rw-------");
            assertThat(permissions(made.resolve("lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void anEmptyDirectoryBecomesTheOwnersAlone() throws IOException {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (CladeServer server = CladeServer.start(ServerConfig.in(open))) {
            assertThat(server.port()).isPositive();
            assertThat(permissions(open)).isEqualTo("rwx------");
        }
    }

    /// PostgreSQL: data directory "…" has invalid permissions.
    @Test
    void aDirectoryThatIsOpenToOthersIsRefused() throws IOException {
        Path data = directory.resolve("data");
        for (String open : List.of("rwxrwxrwx", "rwx---r--", "rwx--x--x", "rwxrwx---")) {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString(open));
            assertRefused(
                    data, "data\" has invalid permissions: permissions should be u=rwx (0700)");
        }
        for (String closed : List.of("rwxr-x---", "rwxr-----", "rwx------")) {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString(closed));
            try (CladeServer server = CladeServer.start(ServerConfig.in(data))) {
                assertThat(server.port()).isPositive();
            }
        }
    }

    /// Whoever runs the tests may be one whom no permissions keep out; the simulated file system
    /// shows that nothing is written.
    @Test
    void checkAndRestoreNeedOnlyReadTheirSource() throws IOException {
        assertThat(run("backup", path("data"), path("backup"))).isZero();
        for (String name : List.of("data", "backup")) {
            Path source = directory.resolve(name);
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.toList()) {
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString("r--------"));
                }
            }
            Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r-x------"));
        }
        assertThat(run("check", path("data"))).as(said()).isZero();
        assertThat(run("check", path("backup"))).as(said()).isZero();
        assertThat(run("inspect", path("data"))).as(said()).isZero();
        assertThat(run("restore", path("backup"), path("copy"))).as(said()).isZero();
        for (String name : List.of("data", "backup")) {
            Files.setPosixFilePermissions(
                    directory.resolve(name), PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void whatIsNoDirectoryIsRefused() throws IOException {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        Files.createDirectory(mount.resolve("lost+found"));
        assertRefused(mount, "lost+found\", perhaps because it is a mount point");
        assertRefused(Files.writeString(directory.resolve("file"), "x"), "is no directory");
        Path dangling = directory.resolve("dangling");
        assertRefused(
                Files.createSymbolicLink(dangling, directory.resolve("nothing")),
                "is a symbolic link");
        Path link =
                Files.createSymbolicLink(
                        directory.resolve("link"),
                        Files.createDirectory(directory.resolve("linked")));
        try (CladeServer server = CladeServer.start(ServerConfig.in(link))) {
            assertThat(server.port()).isPositive();
            assertRefused(directory.resolve("linked"), "in use by another process");
        }
    }

    private static void assertRefused(Path data, String words) {
        assertThatThrownBy(() -> CladeServer.start(ServerConfig.in(data)).close())
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining(words);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /// What a crash leaves of the file names a server that is gone, or meanwhile another one.
    @Test
    void oldAddressIsNotBelieved() throws IOException {
        Path data = directory.resolve("data");
        try (EmbeddedStore store = open()) {
            try (CladeServer other =
                    CladeServer.start(ServerConfig.in(directory.resolve("other")))) {
                AddressFile.write(data, "127.0.0.1", other.port());
                assertThat(run("backup", path("data"), path("backup"))).isEqualTo(1);
                assertThat(said()).contains("is in use, but not by the server at 127.0.0.1");
            }
            assertThat(run("backup", path("data"), path("backup"))).isEqualTo(1);
            assertThat(said()).contains("cannot be asked: Connection refused");
            Files.writeString(data.resolve("server.address"), "host x\n");
            assertThat(run("backup", path("data"), path("backup"))).isEqualTo(1);
            assertThat(said()).contains("which is no server");
            assertThat(store.metrics().commits()).isZero();
        }
        assertThat(run("backup", path("data"), path("backup"))).isZero();
        assertThat(said()).contains("backed up 1000 entries");
    }

    @Test
    void changedBackupIsFound() throws IOException {
        assertThat(run("backup", path("data"), path("backup"))).isZero();
        Path manifest = directory.resolve("backup").resolve("backup.txt");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("entries 1000", "entries 1001"));
        assertThat(run("check", path("backup"))).isEqualTo(2);
        assertThat(said()).contains("DAMAGED: not the backup that was made");
        assertThat(run("restore", path("backup"), path("copy"))).isEqualTo(2);
        Files.writeString(manifest, text.replace("sequence", "Sequence"));
        assertThat(run("check", path("backup"))).isEqualTo(2);
        assertThat(said()).contains("malformed file").contains("backup.txt, offset 0");
        Files.delete(manifest);
        assertThat(run("restore", path("backup"), path("copy"))).isEqualTo(1);
        assertThat(said()).contains("there is no complete backup");
    }

    @Test
    void inspectShowsPagesAndLogs() {
        assertThat(run("inspect", path("data"))).isZero();
        assertThat(said()).contains("checkpoint", "log-");
        assertThat(run("inspect", path("data"), "page", "3")).isZero();
        assertThat(said()).contains("block 3");
        assertThat(run("inspect", path("data"), "log", "3")).isZero();
        assertThat(run("inspect", path("data"), "page", "x")).isEqualTo(1);
        assertThat(run("inspect", path("data"), "tree", "1")).isEqualTo(1);
    }

    @Test
    void backupCanBeRestored() {
        assertThat(run("backup", path("data"), path("backup"))).isZero();
        assertThat(said()).contains("backed up 1000 entries");
        assertThat(run("check", path("backup"))).isZero();
        assertThat(said()).contains("a complete backup: 1000 entries up to commit 1");
        assertThat(run("restore", path("backup"), path("copy"))).isZero();
        assertThat(run("check", path("copy"))).isZero();
        assertThat(said()).contains("1000 entries");
        assertThat(run("restore", path("backup"), path("data"))).isEqualTo(1);
        assertThat(said()).contains("not empty");
        assertThat(run("backup", path("nothing"), path("other"))).isEqualTo(1);
        assertThat(run("backup", path("data"))).isEqualTo(1);
        assertThat(said()).contains("usage:");
    }
}
