package org.cladedb.kv;

/// Reads a range in key order (or in reverse), a batch at a time.
///
/// Protocol: `next()` fills [#batch()] and returns true, or returns false at the end of the range,
/// and then always false. The batch is valid until the next call of `next`, `skipTo` or `close`.
/// Owned by one thread. Keeps its snapshot alive until closed.
public interface RangeCursor extends AutoCloseable {
    /// Moves to the next batch; a batch that `next` announced has at least one entry.
    boolean next();

    /// The current batch; the same object for the cursor's whole life.
    EntryBatch batch();

    /// Drops the rest of the current batch and continues at the first key at or after `key` (at or
    /// before it, for a reverse cursor), which may still lie in the current batch. Never moves
    /// backwards: a key at or before the current batch's first entry is ignored. Engines may reach
    /// the key without reading what lies between.
    void skipTo(byte[] key);

    @Override
    void close();
}
