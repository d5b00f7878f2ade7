package org.cladedb.kv.memory;

import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.conformance.StoreConformance;

final class MemoryStoreTest extends StoreConformance {
    @Override
    protected KeyValueStore open() {
        return new MemoryStore();
    }
}
