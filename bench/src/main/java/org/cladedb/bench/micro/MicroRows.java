package org.cladedb.bench.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.io.FileSystem;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// An embedded store with rows of 60 bytes under keys of 18, all of them in its cache.
@State(Scope.Benchmark)
public class MicroRows {
    static final int ROWS = 200_000;

    private static final int KEY_BYTES = 18;
    private static final int VALUE_BYTES = 60;
    private static final int BATCH = 1000;
    private static final long CACHE_BYTES = 256L * 1024 * 1024;

    private Path directory = Path.of("");

    /// Set before each trial.
    @SuppressWarnings("NullAway.Init")
    EmbeddedStore store;

    /// Fills the store.
    @Setup(Level.Trial)
    public void open() {
        try {
            directory = Files.createTempDirectory("micro-bench");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        store =
                EmbeddedStore.open(
                        FileSystem.real(),
                        directory,
                        new EmbeddedOptions(CACHE_BYTES, CACHE_BYTES));
        for (int row = 0; row < ROWS; row += BATCH) {
            List<CommitRequest.Mutation> puts = new ArrayList<>(BATCH);
            for (int next = row; next < row + BATCH; next++) {
                puts.add(put(next));
            }
            store.commit(new CommitRequest(puts, List.of(), Durability.ASYNC));
        }
        store.checkpoint();
    }

    static CommitRequest.Mutation put(int row) {
        byte[] value = new byte[VALUE_BYTES];
        value[0] = 1;
        return new CommitRequest.Put(key(row), value);
    }

    static byte[] key(int row) {
        ByteBuffer key = ByteBuffer.allocate(KEY_BYTES);
        key.put((byte) 1).putLong(row / 10).put((byte) 2).putLong(row);
        return key.array();
    }

    /// Removes the files.
    @TearDown(Level.Trial)
    public void close() {
        store.close();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
