package org.cladedb.kv.embedded;

import java.nio.file.Path;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.conformance.StoreConformance;
import org.cladedb.kv.io.FileSystem;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreTest extends StoreConformance {
    @TempDir private Path directory = Path.of("");

    @Override
    protected KeyValueStore open() {
        return EmbeddedStore.open(
                FileSystem.real(), directory.resolve("data"), EmbeddedOptions.defaults());
    }
}
