package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.FileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A changed byte in any file gives an error that names the file, or was in a place that nobody
/// reads; it never changes an answer.
final class CorruptionTest {
    @TempDir private Path directory = Path.of("");
    private List<String> expected = List.of();

    @BeforeEach
    void fill() {
        try (EmbeddedStore store = open(directory.resolve("sound"))) {
            for (int round = 0; round < 3; round++) {
                try (Transaction transaction = store.begin()) {
                    for (int row = 0; row < 3_000; row++) {
                        byte[] key = Entries.bytes("key%02d/%05d".formatted(round, row));
                        transaction.put(key, Entries.bytes("value " + row));
                    }
                    transaction.put(Entries.bytes("large" + round), new byte[30_000]);
                    transaction.commit(Durability.SYNC);
                }
                store.checkpoint();
            }
            try (Snapshot snapshot = store.snapshot()) {
                expected = Entries.all(snapshot);
            }
        }
    }

    private static EmbeddedStore open(Path directory) {
        return EmbeddedStore.open(
                FileSystem.real(),
                directory,
                new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 1_000_000));
    }

    @Test
    void changedBytesAreFound() throws IOException {
        long seed = 42;
        Random random = new Random(seed);
        int found = 0;
        for (int attempt = 0; attempt < 150; attempt++) {
            Path copy = copy("attempt" + attempt);
            Path data = copy.resolve(DataFile.NAME);
            byte[] bytes = Files.readAllBytes(data);
            int headers = DataHeader.SLOTS * PageReference.BLOCK_BYTES;
            int position = random.nextInt(attempt % 3 == 0 ? headers : bytes.length);
            bytes[position] ^= (byte) (1 << random.nextInt(8));
            Files.write(data, bytes);
            String message = failureOfReading(copy, "seed " + seed + " position " + position);
            if (message != null) {
                found++;
                assertThat(message).containsAnyOf(DataFile.NAME, "log-");
            }
        }
        assertThat(found).isGreaterThan(50);
    }

    /// The message of the corruption found, or null when everything could be read.
    private @Nullable String failureOfReading(Path copy, String context) {
        try (EmbeddedStore store = open(copy);
                Snapshot snapshot = store.snapshot()) {
            assertThat(Entries.all(snapshot)).as(context).isEqualTo(expected);
            return null;
        } catch (CorruptionException e) {
            return e.getMessage();
        }
    }

    @Test
    void damagedSegmentHeaderIsFound() throws IOException {
        Path copy = copy("segment");
        Path segment = onlyLog(copy);
        byte[] bytes = Files.readAllBytes(segment);
        bytes[20] ^= 1;
        Files.write(segment, bytes);
        assertThatThrownBy(() -> open(copy))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining(String.valueOf(segment.getFileName()))
                .hasMessageContaining("offset 0");
    }

    @Test
    void missingFilesAreFound() throws IOException {
        Path withoutLog = copy("withoutLog");
        Files.delete(onlyLog(withoutLog));
        assertThatThrownBy(() -> open(withoutLog))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void otherFormatVersionIsRefused() throws IOException {
        Path copy = copy("version");
        Path segment = onlyLog(copy);
        byte[] bytes = Files.readAllBytes(segment);
        bytes[11] = 9;
        Files.write(segment, bytes);
        assertThatThrownBy(() -> open(copy))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void damagedRecordInTheMiddleIsFoundAndATornEndIsNot() throws IOException {
        Path running = directory.resolve("running");
        Path crashed = directory.resolve("crashed");
        try (EmbeddedStore store = open(running)) {
            for (int row = 0; row < 10; row++) {
                try (Transaction transaction = store.begin()) {
                    transaction.put(Entries.bytes("row" + row), Entries.bytes("value"));
                    transaction.commit(Durability.SYNC);
                }
            }
            copyFiles(running, crashed);
        }
        Path segment = onlyLog(crashed);
        byte[] bytes = withoutTrailingZeros(Files.readAllBytes(segment));
        byte[] damaged = bytes.clone();
        damaged[bytes.length / 2] ^= 1;
        Files.write(segment, damaged);
        assertThatThrownBy(() -> open(crashed))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("damaged log record")
                .hasMessageContaining(String.valueOf(segment.getFileName()));
        byte[] torn = Arrays.copyOf(bytes, bytes.length - 3);
        Files.write(segment, torn);
        try (EmbeddedStore store = open(crashed);
                Snapshot snapshot = store.snapshot()) {
            assertThat(Entries.all(snapshot)).hasSize(9);
        }
    }

    private static byte[] withoutTrailingZeros(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private Path copy(String name) throws IOException {
        Path copy = directory.resolve(name);
        copyFiles(directory.resolve("sound"), copy);
        return copy;
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    private static Path onlyLog(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("log-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
