package org.cladedb.kv.memory;

import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.conformance.BulkLoadConformance;

final class MemoryStoreBulkLoadTest extends BulkLoadConformance {
    @Override
    protected KeyValueStore open() {
        return new MemoryStore();
    }
}
