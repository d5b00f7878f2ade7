package org.cladedb.kv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commit of a transaction that has put writes aside.
final class TransactionCommit implements LargeCommit {
    private final Overlay overlay;
    private final WrittenRuns runs;
    private final RangeDeletions deletions;
    private final List<CommitRequest.VersionCheck> checks;

    TransactionCommit(
            Overlay overlay,
            WrittenRuns runs,
            RangeDeletions deletions,
            List<CommitRequest.VersionCheck> checks) {
        this.overlay = overlay;
        this.runs = runs;
        this.deletions = deletions;
        this.checks = checks;
    }

    @Override
    public List<KeyRange> deletedRanges() {
        List<KeyRange> ranges = new ArrayList<>();
        for (RangeDeletions.Segment segment : deletions.segments()) {
            ranges.add(new KeyRange(segment.start(), segment.end()));
        }
        return ranges;
    }

    @Override
    public List<CommitRequest.VersionCheck> checks() {
        return checks;
    }

    @Override
    public long keyCount() {
        return overlay.entryCount() + runs.keys();
    }

    @Override
    public Changes changes(KeyRange range) {
        return new Merged(runs.all(overlay, range), deletions);
    }

    private static final class Merged implements Changes {
        private final VersionsMerge versions;
        private final RangeDeletions deletions;

        Merged(VersionsMerge versions, RangeDeletions deletions) {
            this.versions = versions;
            this.deletions = deletions;
        }

        private Overlay.Entry newest() {
            return versions.versions().getFirst();
        }

        @Override
        public boolean next() {
            return versions.next();
        }

        @Override
        public byte[] key() {
            return newest().key;
        }

        /// What was written before its range was deleted is not there any more.
        @Override
        public boolean isChanged() {
            return deletions.isEmpty() || newest().stamp > deletions.stampAt(newest().key);
        }

        @Override
        public byte @Nullable [] value() {
            return newest().value;
        }

        @Override
        public long checkedSequence() {
            long oldest = Long.MAX_VALUE;
            for (Overlay.Entry version : versions.versions()) {
                oldest = Math.min(oldest, version.checkedSequence);
            }
            return oldest;
        }

        @Override
        public void close() {
            versions.close();
        }
    }
}
