package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KvException;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Starts with no space left: everything can be read, and writes work as soon as there is space.
@Timeout(120)
final class FullDiskTest {
    private static final Path DIRECTORY = Path.of("/store");
    private static final int ROWS = 300;

    private final SimulatedFileSystem files = new SimulatedFileSystem(5);

    private EmbeddedStore open() {
        return EmbeddedStore.open(files, DIRECTORY, new EmbeddedOptions(1 << 20, 64 << 10));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(EmbeddedStore store, String key, String value) {
        store.commit(
                new CommitRequest(
                        List.of(new CommitRequest.Put(bytes(key), bytes(value))),
                        List.of(),
                        Durability.SYNC));
    }

    private static void fill(EmbeddedStore store) {
        for (int row = 0; row < ROWS; row++) {
            put(store, "k" + row, "v" + row);
        }
    }

    private static void assertFilled(EmbeddedStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            for (int row = 0; row < ROWS; row++) {
                assertThat(snapshot.get(bytes("k" + row))).isEqualTo(bytes("v" + row));
            }
        }
    }

    /// Reads, is refused writes, gets space, writes, and is there after a crash.
    private void startFull() {
        files.limitSpace(files.usedBytes());
        EmbeddedStore full = open();
        assertFilled(full);
        for (int attempt = 0; attempt < 50; attempt++) {
            assertThatThrownBy(() -> put(full, "new", "x".repeat(100)))
                    .isInstanceOf(StorageFullException.class);
        }
        assertThat(full.failure().orElse("")).contains("no space is left");
        assertFilled(full);
        files.limitSpace(Long.MAX_VALUE);
        put(full, "new", "1");
        assertThat(full.failure()).isEmpty();
        full.requireNoLostSpace();
        files.crash();
        closeAfterCrash(full);
        try (EmbeddedStore again = open();
                Snapshot snapshot = again.snapshot()) {
            assertThat(snapshot.get(bytes("new"))).isEqualTo(bytes("1"));
            assertFilled(again);
        }
    }

    private static void closeAfterCrash(EmbeddedStore store) {
        try {
            store.close();
        } catch (KvException _) {
            // Its files are gone.
        }
    }

    @Test
    void afterACleanStop() {
        EmbeddedStore store = open();
        fill(store);
        store.close();
        startFull();
    }

    @Test
    void afterACrash() {
        EmbeddedStore store = open();
        fill(store);
        files.crash();
        closeAfterCrash(store);
        startFull();
    }

    @Test
    void afterACrashOnAFullDisk() {
        EmbeddedStore store = open();
        fill(store);
        files.limitSpace(files.usedBytes());
        for (int row = 0; row < 40; row++) {
            try {
                put(store, "more" + row, "x".repeat(9_000));
            } catch (KvException _) {
                // There is no space for it.
            }
        }
        files.crash();
        closeAfterCrash(store);
        startFull();
    }

    @Test
    void afterAStopThatFoundNoSpace() {
        EmbeddedStore store = open();
        fill(store);
        files.limitSpace(files.usedBytes());
        closeAfterCrash(store);
        startFull();
    }

    @Test
    void againAndAgainWithoutSpace() {
        EmbeddedStore store = open();
        fill(store);
        files.crash();
        closeAfterCrash(store);
        for (int start = 0; start < 5; start++) {
            files.limitSpace(files.usedBytes());
            EmbeddedStore full = open();
            assertFilled(full);
            if (start % 2 == 0) {
                files.crash();
            }
            closeAfterCrash(full);
        }
        startFull();
    }

    /// With so much space and no more: whatever the recovery's checkpoint has come to by then.
    @Test
    void anyAmountOfSpace() {
        for (int space = 0; space < 60_000; space += 1_500) {
            SimulatedFileSystem own = new SimulatedFileSystem(space);
            List<String> acknowledged = new ArrayList<>();
            Random random = new Random(space);
            EmbeddedStore store =
                    EmbeddedStore.open(own, DIRECTORY, new EmbeddedOptions(1 << 20, 64 << 10));
            for (int round = 0; round < 4; round++) {
                for (int row = 0; row < 30; row++) {
                    String key = round + "-" + row;
                    try {
                        put(store, key, "x".repeat(random.nextInt(3_000)));
                        acknowledged.add(key);
                    } catch (KvException _) {
                        // There is no space for it.
                    }
                }
                own.crash();
                closeAfterCrash(store);
                own.limitSpace(own.usedBytes() + space);
                store = EmbeddedStore.open(own, DIRECTORY, new EmbeddedOptions(1 << 20, 64 << 10));
                try (Snapshot snapshot = store.snapshot()) {
                    for (String key : acknowledged) {
                        assertThat(snapshot.get(bytes(key))).as(key).isNotNull();
                    }
                }
            }
            own.limitSpace(Long.MAX_VALUE);
            put(store, "last", "1");
            store.requireNoLostSpace();
            store.close();
        }
    }
}
