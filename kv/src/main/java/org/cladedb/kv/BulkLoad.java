package org.cladedb.kv;

import java.util.List;

/// Puts many entries into a range that has none, in key order, cheaper than a transaction does.
///
/// Nothing is visible to others before it is committed, alone by [#commit] or with others by
/// [KeyValueStore#commit(CommitRequest, List, List)]; closing without that leaves nothing behind.
/// Owned by one thread.
public interface BulkLoad extends AutoCloseable {
    /// Adds an entry.
    ///
    /// @throws IllegalArgumentException the key is not above the one before, or outside the range
    /// @throws LimitExceededException larger than [KeyValueStore#limits()] allows
    /// @throws StorageFullException no space is left
    void add(byte[] key, byte[] value);

    /// What was added; nothing can be added any more. Valid until the load is committed or closed.
    ReadView view();

    /// Applies all entries, and `others` (mutations outside of the range) with them, durably.
    ///
    /// @return the commit's sequence number
    /// @throws ConflictException somebody else wrote into the range, or a check failed
    long commit(List<CommitRequest.Mutation> others, List<CommitRequest.VersionCheck> checks);

    /// Gives the load up unless it was committed.
    @Override
    void close();
}
