package org.cladedb.txn;

import org.cladedb.common.Clock;
import org.cladedb.kv.KeyValueStore;

/// Opens databases over key-value stores.
public final class Databases {
    private Databases() {}

    /// Opens the database in `store`, which is closed with it. An empty store is an empty database.
    public static Database open(KeyValueStore store, Clock clock) {
        return new StoredDatabase(store, clock);
    }
}
