package org.cladedb.kv.embedded;

import java.nio.file.Path;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.conformance.TransactionLoadConformance;
import org.cladedb.kv.io.SimulatedFileSystem;

final class EmbeddedStoreTransactionLoadTest extends TransactionLoadConformance {
    @Override
    protected KeyValueStore open() {
        return EmbeddedStore.open(
                new SimulatedFileSystem(1),
                Path.of("/store"),
                new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 30_000));
    }

    @Override
    protected void checkQuiet(KeyValueStore quiet) {
        if (quiet instanceof EmbeddedStore store) {
            store.requireNoLostSpace();
        }
    }
}
