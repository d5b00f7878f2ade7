package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.junit.jupiter.api.Test;

/// Backups that are taken while others write, and what becomes of them.
final class StoreBackupTest {
    private static final Path DATA = Path.of("/data");
    private static final Path BACKUP = Path.of("/backup");
    private static final Path RESTORED = Path.of("/restored");

    private final SimulatedFileSystem files = new SimulatedFileSystem(1);

    private EmbeddedStore open(Path directory) {
        return EmbeddedStore.open(
                files, directory, new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 100_000));
    }

    /// Every commit moves one unit from one account to another.
    private static void write(EmbeddedStore store, int number) {
        try (Transaction transaction = store.begin()) {
            transaction.put(account(number % 97), Entries.bytes(Integer.toString(number)));
            transaction.put(account(97 + number % 89), Entries.bytes("-" + number));
            transaction.put(Entries.bytes("newest"), Entries.bytes(Integer.toString(number)));
            transaction.put(Entries.bytes("large"), new byte[number % 7_000]);
            transaction.commit(Durability.ASYNC);
        }
    }

    private static byte[] account(int number) {
        return Entries.bytes("account%04d".formatted(number));
    }

    @Test
    void backupIsOneMomentWhileWritesGoOn() throws InterruptedException {
        try (EmbeddedStore store = open(DATA)) {
            write(store, 0);
            AtomicBoolean enough = new AtomicBoolean();
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int number = 1; !enough.get(); number++) {
                                    write(store, number);
                                }
                            });
            StoreBackup.Content content = store.backup(files, BACKUP);
            enough.set(true);
            writer.join();
            assertThat(StoreBackup.restore(files, BACKUP, RESTORED)).isEqualTo(content);
        }
        try (EmbeddedStore restored = open(RESTORED);
                Snapshot snapshot = restored.snapshot()) {
            int newest = Integer.parseInt(Objects.requireNonNull(Entries.get(snapshot, "newest")));
            assertThat(snapshot.get(account(newest % 97)))
                    .isEqualTo(Entries.bytes(Integer.toString(newest)));
            assertThat(snapshot.get(Entries.bytes("large"))).hasSize(newest % 7_000);
            List<String> all = Entries.all(snapshot);
            write(restored, 5);
            assertThat(Entries.all(snapshot)).isEqualTo(all);
        }
    }

    @Test
    void backupOfNothingCanBeRestored() {
        try (EmbeddedStore store = open(DATA)) {
            assertThat(store.backup(files, BACKUP).entries()).isZero();
        }
        StoreBackup.restore(files, BACKUP, RESTORED);
        try (EmbeddedStore restored = open(RESTORED);
                Snapshot snapshot = restored.snapshot()) {
            assertThat(Entries.all(snapshot)).isEmpty();
        }
    }

    @Test
    void existingFilesAreNotOverwritten() {
        try (EmbeddedStore store = open(DATA)) {
            write(store, 0);
            store.backup(files, BACKUP);
            assertThatThrownBy(() -> store.backup(files, BACKUP))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("not empty");
        }
        assertThatThrownBy(() -> StoreBackup.restore(files, BACKUP, DATA))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> StoreBackup.restore(files, DATA, RESTORED))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no complete backup");
    }

    @Test
    void damagedBackupIsNotRestored() {
        try (EmbeddedStore store = open(DATA)) {
            for (int number = 0; number < 200; number++) {
                write(store, number);
            }
            store.backup(files, BACKUP);
        }
        Path pages = BACKUP.resolve(DataFile.NAME);
        byte[] bytes = Objects.requireNonNull(files.content(pages));
        StoreCheck.Report report = StoreCheck.run(files, BACKUP);
        assertThat(report.isSound()).isTrue();
        bytes[bytes.length - 5_000] ^= 1;
        files.put(pages, bytes);
        assertThatThrownBy(() -> StoreBackup.restore(files, BACKUP, RESTORED))
                .isInstanceOf(CorruptionException.class);
    }

    @Test
    void changedBackupIsNotRestored() {
        try (EmbeddedStore store = open(DATA)) {
            write(store, 1);
            store.backup(files, BACKUP);
        }
        try (EmbeddedStore opened = open(BACKUP)) {
            write(opened, 2);
        }
        assertThatThrownBy(() -> StoreBackup.restore(files, BACKUP, RESTORED))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("checksum");
    }
}
