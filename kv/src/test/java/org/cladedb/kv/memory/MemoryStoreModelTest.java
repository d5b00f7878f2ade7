package org.cladedb.kv.memory;

import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.conformance.ModelConformance;

final class MemoryStoreModelTest extends ModelConformance {
    @Override
    protected KeyValueStore open() {
        return new MemoryStore();
    }
}
