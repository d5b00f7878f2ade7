package org.cladedb.kv.embedded;

import java.util.List;
import java.util.function.ToLongFunction;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.LargeCommit;
import org.cladedb.kv.SortedChanges;
import org.jspecify.annotations.Nullable;

/// A small commit that is asked for as if it were a large one. While its changes are read, others
/// may go first.
final class SimulatedLargeCommit implements LargeCommit {
    private final SortedChanges changes;
    private final List<CommitRequest.VersionCheck> checks;
    private final ToLongFunction<byte[]> checkedSequence;
    private final Runnable meanwhile;

    /// @param checkedSequence of a key that is written
    /// @param meanwhile called after each key
    SimulatedLargeCommit(
            SortedChanges changes,
            List<CommitRequest.VersionCheck> checks,
            ToLongFunction<byte[]> checkedSequence,
            Runnable meanwhile) {
        this.changes = changes;
        this.checks = checks;
        this.checkedSequence = checkedSequence;
        this.meanwhile = meanwhile;
    }

    @Override
    public List<KeyRange> deletedRanges() {
        return changes.deletedRanges();
    }

    @Override
    public List<CommitRequest.VersionCheck> checks() {
        return checks;
    }

    @Override
    public long keyCount() {
        return changes.size();
    }

    @Override
    public Changes changes(KeyRange range) {
        return new Changes() {
            private int index = -1;

            @Override
            public boolean next() {
                meanwhile.run();
                do {
                    index++;
                } while (index < changes.size() && !range.contains(changes.key(index)));
                return index < changes.size();
            }

            @Override
            public byte[] key() {
                return changes.key(index);
            }

            @Override
            public boolean isChanged() {
                return true;
            }

            @Override
            public byte @Nullable [] value() {
                return changes.value(index);
            }

            @Override
            public long checkedSequence() {
                return checkedSequence.applyAsLong(key());
            }

            @Override
            public void close() {}
        };
    }
}
