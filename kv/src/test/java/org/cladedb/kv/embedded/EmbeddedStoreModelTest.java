package org.cladedb.kv.embedded;

import java.nio.file.Path;
import java.util.Random;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.conformance.ModelConformance;
import org.cladedb.kv.io.FileSystem;
import org.junit.jupiter.api.io.TempDir;

/// With a cache far smaller than the data, checkpoints at any time, and closing and opening.
final class EmbeddedStoreModelTest extends ModelConformance {
    @TempDir private Path directory = Path.of("");

    @Override
    protected KeyValueStore open() {
        EmbeddedOptions options = new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 100_000);
        return EmbeddedStore.open(FileSystem.real(), directory.resolve("data"), options);
    }

    @Override
    protected KeyValueStore disturb(KeyValueStore store, Random random) {
        if (random.nextInt(5) == 0 && store instanceof EmbeddedStore embedded) {
            embedded.checkpoint();
        }
        if (random.nextInt(25) == 0) {
            store.close();
            return open();
        }
        return store;
    }
}
