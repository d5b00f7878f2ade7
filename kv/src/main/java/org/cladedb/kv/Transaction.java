package org.cladedb.kv;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One transaction: a snapshot, an ordered overlay of its own writes merged into its reads,
/// savepoints, locks, and one commit.
///
/// Owned by one thread at a time. The snapshot may be moved forward between statements
/// ([#refreshSnapshot()]); writes stay. Every written key is checked at commit against the snapshot
/// that was current when it was first written or locked, so that no update by others is lost.
public final class Transaction implements ReadView, AutoCloseable {
    private final KeyValueStore store;

    /// Begins at a new snapshot of `store`.
    public Transaction(KeyValueStore store) {
        this.store = store;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<byte @Nullable []> getAll(List<byte[]> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RangeCursor scan(KeyRange range, ScanOptions options) {
        throw new UnsupportedOperationException();
    }

    public void put(byte[] key, byte[] value) {
        throw new UnsupportedOperationException();
    }

    public void delete(byte[] key) {
        throw new UnsupportedOperationException();
    }

    public void deleteRange(KeyRange range) {
        throw new UnsupportedOperationException();
    }

    /// Locks `key` until the end of the transaction, waiting while others hold it.
    ///
    /// @return true when nobody committed a write to `key` after this transaction's current
    ///   snapshot; false when the caller's reads of it may be stale (refresh the snapshot and read
    ///   again, or give up with a serialization failure). The lock is held in both cases. A key
    ///   locked with answer true can be written with no later conflict.
    public boolean lock(byte[] key, LockMode mode, long timeoutMillis) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Makes the commit fail when others committed a write to `key` after the current snapshot.
    public void check(byte[] key) {
        throw new UnsupportedOperationException();
    }

    /// Moves the snapshot to the newest committed state; own writes stay on top of it.
    public void refreshSnapshot() {
        throw new UnsupportedOperationException();
    }

    /// The sequence number of the current snapshot.
    public long sequence() {
        throw new UnsupportedOperationException();
    }

    /// Marks a point that [#rollbackTo(int)] can return to; marks nest like a stack.
    public int savepoint() {
        throw new UnsupportedOperationException();
    }

    /// Undoes the writes made since `savepoint`, which stays usable. Locks stay held.
    public void rollbackTo(int savepoint) {
        throw new UnsupportedOperationException();
    }

    /// Whether anything was written.
    public boolean hasWrites() {
        throw new UnsupportedOperationException();
    }

    /// Keys and values buffered, in bytes.
    public long writtenBytes() {
        throw new UnsupportedOperationException();
    }

    /// Applies the writes wholly or not at all, releases locks and snapshot, and ends the
    /// transaction.
    public void commit(Durability durability) {
        throw new UnsupportedOperationException();
    }

    /// Forgets the writes, releases locks and snapshot, and ends the transaction. Idempotent.
    public void rollback() {
        throw new UnsupportedOperationException();
    }

    /// Rolls back unless already ended.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    KeyValueStore store() {
        return store;
    }
}
