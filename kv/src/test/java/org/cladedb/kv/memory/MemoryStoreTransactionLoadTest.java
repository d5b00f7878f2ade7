package org.cladedb.kv.memory;

import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.conformance.TransactionLoadConformance;

final class MemoryStoreTransactionLoadTest extends TransactionLoadConformance {
    @Override
    protected KeyValueStore open() {
        return new MemoryStore();
    }
}
