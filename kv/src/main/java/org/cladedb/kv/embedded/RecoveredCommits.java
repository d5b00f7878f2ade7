package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.SortedChanges;

/// Applies commits from the log, many as one: nobody needs the versions in between, and a page is
/// written once for all that concern it. Used by one thread.
final class RecoveredCommits {
    private static final int MUTATIONS_MAX = 50_000;
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    private final PageStore pages;
    private final Versions versions;
    private final List<CommitRequest.Mutation> gathered = new ArrayList<>();
    private long gatheredBytes;
    private long sequence;

    RecoveredCommits(PageStore pages, Versions versions) {
        this.pages = pages;
        this.versions = versions;
        this.sequence = versions.applied().sequence();
    }

    void add(long commitSequence, List<CommitRequest.Mutation> mutations) {
        sequence = commitSequence;
        gathered.addAll(mutations);
        for (CommitRequest.Mutation mutation : mutations) {
            if (mutation instanceof CommitRequest.Put(byte[] key, byte[] value)) {
                gatheredBytes += key.length + value.length;
            }
        }
        if (gathered.size() > MUTATIONS_MAX || gatheredBytes > BYTES_MAX) {
            apply();
        }
    }

    /// Applies what is left.
    void apply() {
        TreeVersion before = versions.applied();
        if (sequence == before.sequence()) {
            return;
        }
        SortedChanges changes =
                SortedChanges.of(new CommitRequest(gathered, List.of(), Durability.SYNC));
        TreeChange change = new TreeChange(pages, changes, sequence);
        long root = change.apply(before.root());
        versions.append(new TreeVersion(root, sequence), changes, change.retired());
        versions.publish(sequence);
        gathered.clear();
        gatheredBytes = 0;
    }
}
