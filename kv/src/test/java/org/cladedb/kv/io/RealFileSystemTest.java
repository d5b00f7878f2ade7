package org.cladedb.kv.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.cladedb.kv.Durability;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cancelling a statement interrupts its thread, whatever that does to files in this moment.
final class RealFileSystemTest {
    private static final FileSystem FILES = FileSystem.real();

    @TempDir private Path directory = Path.of("");

    @AfterEach
    void clearInterrupt() {
        assertThat(Thread.interrupted()).as("is the thread still marked").isTrue();
    }

    @Test
    void interruptedThreadsCanDoEverything() throws IOException {
        Thread.currentThread().interrupt();
        Path made = directory.resolve("a").resolve("b");
        FILES.createDirectories(made);
        try (FileSystem.AutoCloseableLock _ = FILES.lock(made.resolve("lock"))) {
            assertThatThrownBy(() -> FILES.lock(made.resolve("lock")))
                    .isInstanceOf(FileLockedException.class);
        }
        try (StoreFile file = FILES.open(made.resolve("file"))) {
            file.write(3, new byte[] {1, 2, 3}, 0, 3);
            file.sync();
            byte[] read = new byte[10];
            assertThat(file.read(0, read, 0, read.length)).isEqualTo(6);
            file.truncate(4);
            assertThat(file.size()).isEqualTo(4);
        }
        FILES.rename(made.resolve("file"), made.resolve("renamed"));
        FILES.syncDirectory(made);
        assertThat(FILES.list(made)).containsExactlyInAnyOrder("lock", "renamed");
        FILES.delete(made.resolve("renamed"));
        assertThat(FILES.exists(made.resolve("renamed"))).isFalse();
    }

    /// Commits that write the log, begin its next segment and wait for checkpoints.
    @Test
    void interruptedWritersDoNotHarmTheStore() {
        Path data = directory.resolve("data");
        EmbeddedOptions options = new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 2_000);
        try (EmbeddedStore store = EmbeddedStore.open(FILES, data, options)) {
            for (byte number = 0; number < 100; number++) {
                Thread.currentThread().interrupt();
                try (Transaction transaction = store.begin()) {
                    transaction.put(new byte[] {number}, new byte[1_000]);
                    transaction.commit(Durability.SYNC);
                }
            }
            assertThat(store.failure()).isEmpty();
            assertThat(store.metrics().checkpoints()).isPositive();
        }
    }

    /// Whatever moment of a write or sync the interrupt meets.
    @Test
    void interruptedSyncsAreDone() throws Exception {
        try (StoreFile file = FILES.open(directory.resolve("file"))) {
            FutureTask<Boolean> syncs =
                    new FutureTask<>(() -> {
                        for (byte number = 0; number < 50; number++) {
                            file.write(number, new byte[] {number}, 0, 1);
                            file.sync();
                        }
                        return true;
                    });
            Thread thread = Thread.ofPlatform().start(syncs);
            while (thread.isAlive()) {
                thread.interrupt();
                Thread.onSpinWait();
            }
            assertThat(syncs.get()).isTrue();
            byte[] read = new byte[100];
            assertThat(file.read(0, read, 0, read.length)).isEqualTo(50);
            assertThat(read[49]).isEqualTo((byte) 49);
        }
        Thread.currentThread().interrupt();
    }
}
