package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KvException;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.SortedChanges;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.junit.jupiter.api.Test;

/// Decoders meet bytes that carry right checksums and nonsense all the same: they say so, and do
/// not leave their bounds, hang, or take memory without limit.
final class DecoderFuzzTest {
    private static final Path DIRECTORY = Path.of("/store");
    private static final Path PAGES = DIRECTORY.resolve(DataFile.NAME);

    @Test
    void mutatedPagesAreReadOrRefused() {
        SimulatedFileSystem sound = store();
        byte[] bytes = Objects.requireNonNull(sound.content(PAGES));
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            byte[] mutated = bytes.clone();
            int block = DataHeader.SLOTS + random.nextInt(bytes.length / 8192 - DataHeader.SLOTS);
            int start = block * PageReference.BLOCK_BYTES;
            mutate(mutated, start, PageReference.BLOCK_BYTES, random);
            int length = lengthOfPage(mutated, start);
            byte[] page = Arrays.copyOfRange(mutated, start, start + length);
            PageFormat.writeBlock(page, block);
            PageFormat.seal(page);
            System.arraycopy(page, 0, mutated, start, length);
            useStore(copyWith(sound, mutated), "seed " + seed);
        }
    }

    /// A page of several blocks has one checksum.
    private static int lengthOfPage(byte[] bytes, int start) {
        int used = BigEndian.getInt(bytes, start + 28);
        int blocks = Math.max(1, PageReference.blocksFor(Math.clamp(used, 1, 100_000)));
        return Math.min(blocks * PageReference.BLOCK_BYTES, bytes.length - start);
    }

    @Test
    void mutatedHeadersAreReadOrRefused() {
        SimulatedFileSystem sound = store();
        byte[] bytes = Objects.requireNonNull(sound.content(PAGES));
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            byte[] mutated = bytes.clone();
            for (int slot = 0; slot < DataHeader.SLOTS; slot++) {
                int start = slot * PageReference.BLOCK_BYTES;
                mutate(mutated, start + 16, 64, random);
                DataHeader.seal(mutated, start);
            }
            useStore(copyWith(sound, mutated), "seed " + seed);
        }
    }

    @Test
    void mutatedLogBodiesAreDecodedOrRefused() {
        List<CommitRequest.Mutation> mutations =
                List.of(
                        new CommitRequest.DeleteRange(Entries.bytes("a"), Entries.bytes("b")),
                        new CommitRequest.DeleteRange(Entries.bytes("x"), null),
                        new CommitRequest.Put(Entries.bytes("k"), new byte[300]),
                        new CommitRequest.Delete(Entries.bytes("l")));
        byte[] body =
                LogFormat.encode(
                                SortedChanges.of(
                                        new CommitRequest(mutations, List.of(), Durability.SYNC)))
                        .getFirst()
                        .toByteArray();
        for (long seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            byte[] mutated = body.clone();
            mutate(mutated, 0, mutated.length, random);
            int length = random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length;
            try {
                LogFormat.decode(mutated, 0, length, new ArrayList<>());
            } catch (IndexOutOfBoundsException e) {
                // What the reader of the log turns into an error with file and offset.
            }
        }
    }

    @Test
    void mutatedListsOfFreeSpaceAreDecodedOrRefused() {
        for (long seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            byte[] list = new byte[1 + random.nextInt(30)];
            random.nextBytes(list);
            try {
                FreeSpace.decode(list, 0, list.length, 10_000);
            } catch (IndexOutOfBoundsException | ArithmeticException e) {
                // As above.
            }
        }
    }

    private static void mutate(byte[] bytes, int start, int length, Random random) {
        int count = 1 + random.nextInt(4);
        for (int change = 0; change < count; change++) {
            int reach = random.nextBoolean() ? Math.min(length, 64) : length;
            int position = start + random.nextInt(reach);
            switch (random.nextInt(4)) {
                case 0 -> bytes[position] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[position] = (byte) random.nextInt();
                case 2 -> bytes[position] = (byte) 0xFF;
                default -> bytes[position]++;
            }
        }
    }

    private static SimulatedFileSystem store() {
        SimulatedFileSystem files = new SimulatedFileSystem(1);
        try (EmbeddedStore store = open(files)) {
            for (int round = 0; round < 4; round++) {
                try (Transaction transaction = store.begin()) {
                    for (int row = 0; row < 300; row++) {
                        byte[] value = new byte[row % 50 == 0 ? 9_000 : row % 97];
                        transaction.put(Entries.bytes("key%d/%05d".formatted(round, row)), value);
                    }
                    transaction.commit(Durability.SYNC);
                }
            }
        }
        return files;
    }

    private static SimulatedFileSystem copyWith(SimulatedFileSystem files, byte[] pages) {
        SimulatedFileSystem copy = new SimulatedFileSystem(2);
        for (String name : namesIn(files)) {
            Path file = DIRECTORY.resolve(name);
            copy.put(file, Objects.requireNonNull(files.content(file)));
        }
        copy.put(PAGES, pages);
        return copy;
    }

    private static List<String> namesIn(SimulatedFileSystem files) {
        try {
            return files.list(DIRECTORY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static EmbeddedStore open(SimulatedFileSystem files) {
        return EmbeddedStore.open(
                files, DIRECTORY, new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 30_000));
    }

    private static void useStore(SimulatedFileSystem files, String context) {
        assertThatCode(() -> StoreCheck.run(files, DIRECTORY))
                .as(context)
                .doesNotThrowAnyException();
        assertThatCode(() -> readAndWrite(files)).as(context).doesNotThrowAnyException();
    }

    private static void readAndWrite(SimulatedFileSystem files) {
        try (EmbeddedStore store = open(files)) {
            try (Snapshot snapshot = store.snapshot()) {
                Entries.all(snapshot);
                Entries.get(snapshot, "key2/00150");
            }
            try (Transaction transaction = store.begin()) {
                transaction.deleteRange(Entries.range("key1/00100", "key3/00200"));
                transaction.put(Entries.bytes("key2"), new byte[10]);
                transaction.commit(Durability.SYNC);
            }
        } catch (KvException e) {
            // Refused.
        }
    }
}
