package org.cladedb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.spill.TemporaryFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Temporary files are private, and gone when they are closed or the server starts anew.
class TemporaryDirectoryTest {
    @TempDir private Path data = Path.of("");

    @Test
    void filesAreReadableByTheirOwnerAloneAndGoWhenClosed() throws IOException {
        try (TemporaryDirectory directory = new TemporaryDirectory(FileSystem.real(), data)) {
            TemporaryFile file = directory.create();
            file.write(5, new byte[] {1, 2, 3}, 0, 3);
            byte[] read = new byte[2];
            file.read(6, read, 0, 2);
            assertThat(read).containsExactly(2, 3);
            List<Path> files = files(data.resolve(TemporaryDirectory.NAME));
            assertThat(files).hasSize(1);
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(files.getFirst())))
                    .isEqualTo("rw-------");
            assertThat(directory.openFiles()).isEqualTo(1);
            file.close();
            file.close();
            assertThat(directory.openFiles()).isZero();
            assertThat(files(data.resolve(TemporaryDirectory.NAME))).isEmpty();
        }
    }

    @Test
    void theDirectoryIsMadeWhenItIsNeeded() throws IOException {
        try (TemporaryDirectory _ = new TemporaryDirectory(FileSystem.real(), data)) {
            assertThat(files(data)).isEmpty();
        }
    }

    @Test
    void whatACrashLeftIsRemoved() throws IOException {
        Path directory = Files.createDirectory(data.resolve(TemporaryDirectory.NAME));
        Files.writeString(directory.resolve("t1"), "left");
        try (TemporaryDirectory again = new TemporaryDirectory(FileSystem.real(), data)) {
            assertThat(files(directory)).isEmpty();
            again.create().close();
        }
    }

    @Test
    void aServerWithoutDataDirectoryLeavesNothing() throws IOException {
        TemporaryDirectory directory = new TemporaryDirectory(FileSystem.real(), null);
        Path made;
        try (TemporaryFile file = directory.create()) {
            file.write(0, new byte[1], 0, 1);
            made = directory.path();
            assertThat(files(made)).hasSize(1);
        }
        directory.close();
        assertThat(Files.exists(made)).isFalse();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
