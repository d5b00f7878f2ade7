package org.cladedb.kv;

/// One committed state of a store, unchanging while open. Safe for several threads.
public interface Snapshot extends ReadView, AutoCloseable {
    /// The number of the newest commit that this snapshot shows.
    long sequence();

    /// Releases old versions kept for it. Idempotent. Open cursors stay valid.
    @Override
    void close();
}
