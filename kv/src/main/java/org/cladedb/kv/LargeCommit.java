package org.cladedb.kv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a transaction asks an engine to apply whose writes are too many to be in memory at once;
/// wholly or not at all, durably. Owned by one thread.
public interface LargeCommit {
    /// To be deleted before the keys are changed.
    List<KeyRange> deletedRanges();

    /// Of keys that are not written.
    List<CommitRequest.VersionCheck> checks();

    /// How many keys are written, or more.
    long keyCount();

    /// The keys written in a range, in key order. It can be asked any number of times until the
    /// commit ends; the caller closes what it gets.
    Changes changes(KeyRange range);

    /// One written key after the other.
    interface Changes extends AutoCloseable {
        /// Moves to the next key; false at the end.
        boolean next();

        byte[] key();

        /// False when the key is only to be checked.
        boolean isChanged();

        /// The new value, or null for a deletion.
        byte @Nullable [] value();

        /// The commit fails when the key was written after commit number `checkedSequence`.
        long checkedSequence();

        @Override
        void close();
    }
}
