package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KvException;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.jspecify.annotations.Nullable;
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

    private StoreBackup.Content backup(EmbeddedStore store) {
        return store.backup(files, BACKUP, () -> {});
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
            StoreBackup.Content content = backup(store);
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
            assertThat(backup(store).entries()).isZero();
        }
        StoreBackup.restore(files, BACKUP, RESTORED);
        try (EmbeddedStore restored = open(RESTORED);
                Snapshot snapshot = restored.snapshot()) {
            assertThat(Entries.all(snapshot)).isEmpty();
        }
    }

    @Test
    void checkingWritesNothing() {
        try (EmbeddedStore store = open(DATA)) {
            write(store, 0);
            store.checkpoint();
            write(store, 1);
            backup(store);
        }
        files.setReadOnly(true);
        for (Path directory : List.of(DATA, BACKUP)) {
            assertThat(StoreCheck.run(files, directory).isSound()).isTrue();
            assertThat(new StoreInspector(files, directory).summary()).contains("checkpoint");
        }
        assertThatThrownBy(() -> open(DATA)).isInstanceOf(UnavailableException.class);
        files.setReadOnly(false);
        try (EmbeddedStore store = open(DATA)) {
            assertThatThrownBy(() -> StoreCheck.run(files, DATA)).hasMessageContaining("in use");
            assertThat(store.failure()).isEmpty();
        }
    }

    @Test
    void existingFilesAreNotOverwritten() {
        try (EmbeddedStore store = open(DATA)) {
            write(store, 0);
            backup(store);
            assertThatThrownBy(() -> backup(store))
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

    /// Given up at any page, or for want of space at any size: nothing is left, and the next
    /// attempt succeeds.
    @Test
    void unfinishedBackupLeavesNothing() throws IOException {
        try (EmbeddedStore store = open(DATA)) {
            try (Transaction transaction = store.begin()) {
                for (int number = 0; number < 6_000; number++) {
                    transaction.put(account(number), new byte[100]);
                }
                transaction.commit(Durability.SYNC);
            }
            for (int pages = 0; pages < 40; pages += 3) {
                AtomicInteger left = new AtomicInteger(pages);
                assertThatThrownBy(() ->
                                store.backup(
                                        files,
                                        BACKUP,
                                        () -> {
                                            if (left.getAndDecrement() == 0) {
                                                throw new IllegalStateException("enough");
                                            }
                                        }))
                        .hasMessage("enough");
                assertThat(files.list(BACKUP)).as("given up after %d pages", pages).isEmpty();
            }
            store.checkpoint();
            for (long bytes : new long[] {0, 10, 9_000, 17_000, 100_000, 600_000}) {
                files.limitSpace(files.usedBytes() + bytes);
                assertThatThrownBy(() -> backup(store))
                        .as("space for %d bytes", bytes)
                        .isInstanceOf(StorageFullException.class);
                assertThat(files.list(BACKUP)).as("space for %d bytes", bytes).isEmpty();
            }
            files.limitSpace(Long.MAX_VALUE);
            assertThat(backup(store).entries()).isGreaterThan(100);
            assertThat(store.failure()).isEmpty();
        }
    }

    @Test
    void unfinishedRestoreLeavesNothing() throws IOException {
        try (EmbeddedStore store = open(DATA)) {
            for (int number = 0; number < 200; number++) {
                write(store, number);
            }
            backup(store);
        }
        for (long bytes : new long[] {0, 40, 60, 9_000, 17_000, 20_000}) {
            files.limitSpace(files.usedBytes() + bytes);
            assertThatThrownBy(() -> StoreBackup.restore(files, BACKUP, RESTORED))
                    .as("space for %d bytes", bytes)
                    .isInstanceOf(StorageFullException.class);
            assertThat(files.list(RESTORED)).as("space for %d bytes", bytes).isEmpty();
        }
        files.limitSpace(Long.MAX_VALUE);
        try (FileSystem.AutoCloseableLock _ = files.lock(RESTORED.resolve("backup.lock"))) {
            assertThatThrownBy(() -> StoreBackup.restore(files, BACKUP, RESTORED))
                    .isInstanceOf(UnavailableException.class);
        }
        assertThat(StoreBackup.restore(files, BACKUP, RESTORED).entries()).isPositive();
    }

    /// The power fails at any moment: what is there afterwards is whole, or says that it is not.
    @Test
    void powerFailureLeavesAllOrNothing() throws IOException {
        for (int operations = 0; operations < 140; operations++) {
            SimulatedFileSystem disk = new SimulatedFileSystem(operations);
            EmbeddedOptions options = new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 100_000);
            EmbeddedStore store = EmbeddedStore.open(disk, DATA, options);
            for (int number = 0; number < 30; number++) {
                write(store, number);
            }
            disk.failAfter(operations);
            StoreBackup.Content made = madeOrFailed(() -> store.backup(disk, BACKUP, () -> {}));
            StoreBackup.Content restored =
                    madeOrFailed(() -> StoreBackup.restore(disk, BACKUP, RESTORED));
            disk.crash();
            String context = "after " + operations;
            Optional<StoreBackup.Content> claimed = StoreBackup.claimed(disk, BACKUP);
            assertThat(claimed.isPresent() || made == null).as(context).isTrue();
            boolean isThere = disk.exists(RESTORED.resolve(DataFile.NAME));
            assertThat(isThere || restored == null).as(context).isTrue();
            if (isThere) {
                StoreCheck.Report report = StoreCheck.run(disk, RESTORED);
                assertThat(report.problems()).as(context).isEmpty();
                assertThat(report.checksum())
                        .as(context)
                        .isEqualTo(claimed.orElseThrow().checksum());
            } else if (claimed.isPresent()) {
                Path another = Path.of("/another");
                assertThat(StoreBackup.restore(disk, BACKUP, another))
                        .as(context)
                        .isEqualTo(claimed.get());
            }
        }
    }

    private static StoreBackup.@Nullable Content madeOrFailed(
            Supplier<StoreBackup.Content> action) {
        try {
            return action.get();
        } catch (KvException e) {
            return null;
        }
    }

    @Test
    void targetOfAnotherBackupIsRefused() throws IOException {
        try (EmbeddedStore store = open(DATA);
                FileSystem.AutoCloseableLock _ = files.lock(BACKUP.resolve("backup.lock"))) {
            assertThatThrownBy(() -> backup(store)).isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void damagedBackupIsNotRestored() {
        try (EmbeddedStore store = open(DATA)) {
            for (int number = 0; number < 200; number++) {
                write(store, number);
            }
            backup(store);
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
            backup(store);
        }
        try (EmbeddedStore opened = open(BACKUP)) {
            write(opened, 2);
        }
        assertThatThrownBy(() -> StoreBackup.restore(files, BACKUP, RESTORED))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("checksum");
    }
}
