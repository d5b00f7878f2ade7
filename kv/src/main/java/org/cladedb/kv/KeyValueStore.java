package org.cladedb.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An engine: an ordered, transactional key-value store. Safe for any number of threads.
///
/// Implementations are tested by the conformance kit in the test jar
/// (`org.cladedb.kv.conformance`).
public interface KeyValueStore extends AutoCloseable {
    /// A snapshot that shows every commit acknowledged before the call, through whichever server.
    Snapshot snapshot();

    /// Applies the request and returns its commit sequence number, larger than all before.
    ///
    /// @throws ConflictException a check failed; nothing was applied
    /// @throws UnavailableException nothing was applied; later attempts may succeed
    /// @throws StorageFullException nothing was applied; later attempts may succeed
    /// @throws LimitExceededException larger than [#limits()] allows; do not retry
    /// @throws CommitUnknownException it may or may not have been applied
    long commit(CommitRequest request);

    /// Applies `loads`, which were made by this store for disjoint ranges, and `request` on top of
    /// them, wholly or not at all and durably. The loads have ended when it returns; after a
    /// failure they are still to be closed.
    ///
    /// @param cleared the ranges of loads that need not be empty: they are deleted before
    /// @throws ConflictException there is something in the range of another load, or a check failed
    default long commit(CommitRequest request, List<BulkLoad> loads, List<KeyRange> cleared) {
        return BufferedBulkLoad.commit(this, request, loads, cleared);
    }

    /// The same for a commit that is too large for memory. Engines that keep everything in memory
    /// have no need to treat it otherwise.
    default long commit(LargeCommit commit, List<BulkLoad> loads, List<KeyRange> cleared) {
        List<CommitRequest.Mutation> mutations = new ArrayList<>();
        List<CommitRequest.VersionCheck> checks = new ArrayList<>(commit.checks());
        for (KeyRange range : commit.deletedRanges()) {
            mutations.add(new CommitRequest.DeleteRange(range.start(), range.end()));
        }
        try (LargeCommit.Changes changes = commit.changes(KeyRange.all())) {
            while (changes.next()) {
                byte[] key = changes.key();
                checks.add(new CommitRequest.VersionCheck(key, changes.checkedSequence()));
                if (changes.isChanged()) {
                    byte[] value = changes.value();
                    mutations.add(
                            value == null
                                    ? new CommitRequest.Delete(key)
                                    : new CommitRequest.Put(key, value));
                }
            }
        }
        CommitRequest request = new CommitRequest(mutations, checks, Durability.SYNC);
        return loads.isEmpty() ? commit(request) : commit(request, loads, cleared);
    }

    /// The sequence number of the newest commit that wrote `key` (a range deletion that covers it
    /// counts) if that is later than `sinceSequence`; otherwise any number not larger than it.
    ///
    /// Engines remember this for commits newer than their oldest open snapshot; asked about an
    /// older sequence they answer conservatively with a larger number than asked.
    long lastCommit(byte[] key, long sinceSequence);

    /// The row and table locks of transactions on this store.
    LockTable locks();

    /// What this engine takes at most; constant while it is open.
    Limits limits();

    /// Counters since the store was opened.
    StoreMetrics metrics();

    /// Why it refuses commits now, in words; empty when it does not.
    default Optional<String> failure() {
        return Optional.empty();
    }

    /// Begins a transaction at a new snapshot.
    default Transaction begin() {
        return new Transaction(this);
    }

    /// The same with locks that are `lockOwner`'s, which is of [#locks()] and holds none.
    default Transaction begin(LockOwner lockOwner) {
        return new Transaction(this, lockOwner);
    }

    /// Begins to load entries in key order into `range`, which must be empty.
    default BulkLoad bulkLoad(KeyRange range) {
        return new BufferedBulkLoad(this, range);
    }

    /// Stops background work, makes everything durable and releases files. Idempotent.
    @Override
    void close();
}
