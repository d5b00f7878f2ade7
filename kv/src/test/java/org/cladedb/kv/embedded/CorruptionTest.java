package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cladedb.common.ByteWriter;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.SortedChanges;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
        return open(FileSystem.real(), directory);
    }

    private static EmbeddedStore open(FileSystem files, Path directory) {
        return EmbeddedStore.open(
                files, directory, new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 1_000_000));
    }

    @Test
    void changedBytesOfASmallStoreAreFoundOrUnused() throws IOException {
        changeBytes(smallStore(), 97);
    }

    @Test
    @Tag("slow")
    void everyChangedByteOfASmallStoreIsFoundOrUnused() throws IOException {
        changeBytes(smallStore(), 1);
    }

    @Test
    void changedBytesAreFound() throws IOException {
        changeBytes(directory.resolve("sound"), 4_001);
    }

    private Path smallStore() {
        Path small = directory.resolve("small");
        try (EmbeddedStore store = open(small)) {
            for (int row = 0; row < 40; row++) {
                commit(store, "small" + row);
            }
            store.checkpoint();
            commit(store, "later");
        }
        try (EmbeddedStore store = open(small);
                Snapshot snapshot = store.snapshot()) {
            expected = Entries.all(snapshot);
        }
        return small;
    }

    /// Changes every so many bytes, one at a time, and compares what the check says with what
    /// reading shows.
    private void changeBytes(Path store, int step) throws IOException {
        Map<Path, byte[]> files = read(store);
        int found = 0;
        int harmless = 0;
        for (Map.Entry<Path, byte[]> entry : files.entrySet()) {
            for (int position = 0; position < entry.getValue().length; position++) {
                int inBlock = position % PageReference.BLOCK_BYTES;
                boolean isInHeader = inBlock < 80 && position % Math.max(1, step / 13) == 0;
                if (!isInHeader && position % step != 0) {
                    continue;
                }
                if (isFoundOrHarmless(store, files, entry.getKey(), position)) {
                    found++;
                } else {
                    harmless++;
                }
            }
        }
        assertThat(found).as("found, harmless are " + harmless).isGreaterThan(harmless / 8);
    }

    private static Map<Path, byte[]> read(Path store) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(store)) {
            for (Path file : list.toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private boolean isFoundOrHarmless(
            Path store, Map<Path, byte[]> sound, Path file, int position) {
        byte[] damaged = Objects.requireNonNull(sound.get(file)).clone();
        damaged[position] ^= (byte) (1 << position % 8);
        String context = file.getFileName() + " position " + position;
        return isFoundOrHarmless(store, sound, file, damaged, context);
    }

    /// Whether the damage was found; false when it had no effect.
    private boolean isFoundOrHarmless(
            Path store, Map<Path, byte[]> sound, Path file, byte[] damaged, String context) {
        SimulatedFileSystem files = new SimulatedFileSystem(1);
        sound.forEach(files::put);
        files.put(file, damaged);
        boolean isSound = StoreCheck.run(files, store).isSound();
        String message = failureOfReading(files, store, context);
        assertThat(message == null).as(context + ": check agrees").isEqualTo(isSound);
        if (message != null) {
            assertThat(message)
                    .as(context)
                    .contains(String.valueOf(file.getFileName()))
                    .contains("offset");
        }
        return message != null;
    }

    private static void commit(EmbeddedStore store, String key) {
        try (Transaction transaction = store.begin()) {
            transaction.put(Entries.bytes(key), Entries.bytes("value of " + key));
            transaction.commit(Durability.SYNC);
        }
    }

    @Test
    void checkReportsASoundStore() {
        StoreCheck.Report report = StoreCheck.run(FileSystem.real(), directory.resolve("sound"));
        assertThat(report.problems()).isEmpty();
        assertThat(report.entries()).isEqualTo(expected.size());
        assertThat(report.values()).isEqualTo(3);
        assertThat(report.describe()).endsWith("sound");
    }

    @Test
    void inspectorShowsHeadersPagesAndRecords() {
        Path running = directory.resolve("inspected");
        try (EmbeddedStore store = open(running)) {
            commit(store, "first");
            store.checkpoint();
            commit(store, "second");
            StoreInspector inspector = new StoreInspector(FileSystem.real(), running);
            assertThat(inspector.summary()).contains("checkpoint", "log-");
            StringBuilder pages = new StringBuilder();
            for (int block = 0; block < 6; block++) {
                pages.append(inspector.page(block));
            }
            assertThat(pages.toString()).contains("leaf at level 0", "\"first\"", "checksum right");
            StringBuilder log = new StringBuilder();
            for (int segment = 1; segment < 6; segment++) {
                log.append(inspector.log(segment));
            }
            assertThat(log.toString()).contains("put", "\"second\"", "end");
        }
    }

    /// The message of the corruption found, or null when everything could be read.
    private @Nullable String failureOfReading(FileSystem files, Path copy, String context) {
        try (EmbeddedStore store = open(files, copy);
                Snapshot snapshot = store.snapshot()) {
            assertThat(Entries.all(snapshot)).as(context).isEqualTo(expected);
            return null;
        } catch (CorruptionException e) {
            return e.getMessage();
        }
    }

    /// A disk that writes to the wrong place, or not at all and shows what was there before.
    @Test
    void misplacedAndForgottenPagesAreFound() throws IOException {
        Path store = directory.resolve("sound");
        byte[] before = Files.readAllBytes(store.resolve(DataFile.NAME));
        try (EmbeddedStore opened = open(store)) {
            for (int round = 0; round < 4; round++) {
                try (Transaction transaction = opened.begin()) {
                    for (int row = 0; row < 3_000; row += 5) {
                        byte[] key = Entries.bytes("key%02d/%05d".formatted(row % 3, row));
                        transaction.put(key, Entries.bytes("other " + row + round));
                    }
                    transaction.put(Entries.bytes("large1"), new byte[30_000 + round]);
                    transaction.commit(Durability.SYNC);
                }
                opened.checkpoint();
            }
            try (Snapshot snapshot = opened.snapshot()) {
                expected = Entries.all(snapshot);
            }
        }
        Map<Path, byte[]> sound = read(store);
        Path pages = store.resolve(DataFile.NAME);
        byte[] now = Objects.requireNonNull(sound.get(pages));
        int forgotten = 0;
        int misplaced = 0;
        int block = PageReference.BLOCK_BYTES;
        for (int at = DataHeader.SLOTS * block; at < before.length; at += block) {
            byte[] damaged = now.clone();
            System.arraycopy(before, at, damaged, at, block);
            forgotten += isFoundOrHarmless(store, sound, pages, damaged, "forgotten " + at) ? 1 : 0;
            if (at + block < now.length) {
                System.arraycopy(now, at + block, damaged, at, block);
                misplaced +=
                        isFoundOrHarmless(store, sound, pages, damaged, "misplaced " + at) ? 1 : 0;
            }
        }
        assertThat(forgotten).isGreaterThan(20);
        assertThat(misplaced).isGreaterThan(20);
    }

    @Test
    void forgottenHeaderIsFound() throws IOException {
        Path store = directory.resolve("sound");
        byte[] before = Files.readAllBytes(store.resolve(DataFile.NAME));
        open(store).close();
        byte[] now = Files.readAllBytes(store.resolve(DataFile.NAME));
        for (int slot = 0; slot < DataHeader.SLOTS; slot++) {
            int at = slot * PageReference.BLOCK_BYTES;
            byte[] damaged = now.clone();
            System.arraycopy(before, at, damaged, at, PageReference.BLOCK_BYTES);
            isFoundOrHarmless(store, read(store), store.resolve(DataFile.NAME), damaged, "" + slot);
        }
    }

    /// Another store of the same history may have a segment of the same number and sequence.
    @Test
    void logOfAnotherStoreIsRefused() throws IOException {
        List<Path> stores = new ArrayList<>();
        for (String name : List.of("one", "other")) {
            Path running = directory.resolve(name + "Running");
            try (EmbeddedStore store = open(running)) {
                commit(store, name);
                stores.add(directory.resolve(name));
                copyFiles(running, stores.getLast());
            }
        }
        Path log = onlyLog(stores.getFirst());
        Path foreign = stores.getLast().resolve(String.valueOf(log.getFileName()));
        assertThat(foreign).exists();
        Files.copy(log, foreign, StandardCopyOption.REPLACE_EXISTING);
        assertThat(StoreCheck.run(FileSystem.real(), stores.getLast()).isSound()).isFalse();
        assertThatThrownBy(() -> open(stores.getLast()))
                .isInstanceOf(CorruptionException.class)
                .hasMessage(
                        "the segment belongs to another store: file %s, offset 0"
                                .formatted(log.getFileName()));
    }

    @Test
    void damagedSegmentHeaderIsFound() throws IOException {
        Path copy = copy("segment");
        Path segment = onlyLog(copy);
        byte[] bytes = Files.readAllBytes(segment);
        for (int position = 0; position < LogFormat.SEGMENT_HEADER_BYTES; position++) {
            byte[] damaged = bytes.clone();
            damaged[position] ^= 1;
            Files.write(segment, damaged);
            assertThatThrownBy(() -> open(copy))
                    .as("position " + position)
                    .isInstanceOf(CorruptionException.class)
                    .hasMessageContaining("file " + segment.getFileName() + ", offset ");
        }
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
        bytes[11] = 99;
        Files.write(segment, bytes);
        assertThatThrownBy(() -> open(copy))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("version 99, of a newer program")
                .hasMessageEndingWith("file " + segment.getFileName() + ", offset 8");
        Path pages = copy.resolve(DataFile.NAME);
        bytes = Files.readAllBytes(pages);
        for (int slot = 0; slot < DataHeader.SLOTS; slot++) {
            bytes[slot * PageReference.BLOCK_BYTES + 11] = 1;
            DataHeader.seal(bytes, slot * PageReference.BLOCK_BYTES);
        }
        Files.write(pages, bytes);
        assertThatThrownBy(() -> open(copy))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("version 1, of an older program")
                .hasMessageEndingWith("file pages.db, offset 8");
        assertThat(StoreCheck.run(FileSystem.real(), copy).describe()).contains("an older program");
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

    /// The end of a segment is torn only if nothing was written behind it.
    @Test
    void segmentsBeforeTheLastDoNotEndTorn() throws IOException {
        Path running = directory.resolve("running");
        Path crashed = directory.resolve("crashed");
        try (EmbeddedStore store = open(running)) {
            commit(store, "first");
            commit(store, "second");
            copyFiles(running, crashed);
        }
        Path segment = onlyLog(crashed);
        byte[] bytes = Files.readAllBytes(segment);
        LogFormat.SegmentHeader header = LogFormat.readSegmentHeader(bytes);
        Path next = crashed.resolve(LogFiles.name(header.number() + 1));
        Files.write(next, segmentWithOneCommit(header, header.firstSequence() + 2));
        Path gap = directory.resolve("gap");
        copyFiles(crashed, gap);
        try (EmbeddedStore store = open(crashed);
                Snapshot snapshot = store.snapshot()) {
            assertThat(Entries.get(snapshot, "third")).isEqualTo("later");
        }
        Files.move(
                gap.resolve(String.valueOf(next.getFileName())),
                gap.resolve(LogFiles.name(header.number() + 2)));
        assertThatThrownBy(() -> open(gap))
                .hasMessageContaining(next.getFileName() + " is missing");
        Files.move(
                gap.resolve(LogFiles.name(header.number() + 2)),
                gap.resolve(String.valueOf(next.getFileName())));
        bytes[withoutTrailingZeros(bytes).length - 3] ^= 1;
        Files.write(gap.resolve(String.valueOf(segment.getFileName())), bytes);
        assertThatThrownBy(() -> open(gap))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("damaged log record")
                .hasMessageContaining("file " + segment.getFileName() + ", offset ");
    }

    private static byte[] segmentWithOneCommit(LogFormat.SegmentHeader before, long sequence) {
        long batch = before.firstBatch() + 2;
        ByteWriter writer = new ByteWriter();
        writer.writeBytes(
                LogFormat.segmentHeader(
                        new LogFormat.SegmentHeader(
                                before.number() + 1, sequence, batch, before.store())));
        CommitRequest.Mutation put =
                new CommitRequest.Put(Entries.bytes("third"), Entries.bytes("later"));
        CommitRequest request = new CommitRequest(List.of(put), List.of(), Durability.SYNC);
        int flags = LogFormat.FLAG_LAST_OF_COMMIT | LogFormat.FLAG_LAST_OF_BATCH;
        LogFormat.writeFrame(
                writer,
                LogFormat.encode(SortedChanges.of(request)).getFirst(),
                flags,
                sequence,
                batch);
        return writer.toByteArray();
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
