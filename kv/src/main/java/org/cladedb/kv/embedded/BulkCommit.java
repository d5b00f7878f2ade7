package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KvException;
import org.cladedb.kv.SortedChanges;

/// Commits bulk loads: grafts their leaves into the newest version and makes it durable by a
/// checkpoint, before any other commit is applied.
final class BulkCommit {
    private final PageStore pages;
    private final Versions versions;
    private final CommitLog log;
    private final Checkpoint checkpoint;

    BulkCommit(PageStore pages, Versions versions, CommitLog log, Checkpoint checkpoint) {
        this.pages = pages;
        this.versions = versions;
        this.log = log;
        this.checkpoint = checkpoint;
    }

    /// Returns the commit's sequence number.
    ///
    /// @throws ConflictException nothing was applied
    /// @throws CommitUnknownException it was applied, and is durable or not; the store must take no
    ///   other commit
    long run(
            List<TreeBulkLoad> loads,
            List<KeyRange> cleared,
            SortedChanges changes,
            List<CommitRequest.VersionCheck> checks) {
        loads.forEach(TreeBulkLoad::complete);
        // Most pages reach the disk now, so that other commits wait only for the rest.
        pages.writeDirtyAndSync();
        boolean[] applied = new boolean[1];
        try {
            long sequence =
                    checkpoint.commit(() -> {
                        long next = apply(loads, cleared, changes, checks);
                        applied[0] = true;
                        return next;
                    });
            versions.publish(sequence);
            log.skipTo(sequence);
            loads.forEach(TreeBulkLoad::end);
            return sequence;
        } catch (IOException | KvException e) {
            if (!applied[0] && e instanceof KvException nothingApplied) {
                throw nothingApplied;
            }
            // The pages may be in the tree.
            loads.forEach(TreeBulkLoad::end);
            throw new CommitUnknownException("the checkpoint of a bulk load failed", e);
        }
    }

    private long apply(
            List<TreeBulkLoad> loads,
            List<KeyRange> cleared,
            SortedChanges changes,
            List<CommitRequest.VersionCheck> checks) {
        log.requireHealthy();
        versions.recent().verify(checks);
        TreeVersion before = versions.applied();
        long sequence = before.sequence() + 1;
        // Each has its own ledger: a change takes a page whose place is still the same for
        // unchanged,
        // so what was made before it must not be given up before all is done.
        TreeChange clearing = new TreeChange(pages, deletionOf(cleared), sequence);
        PageLedger grafted = new PageLedger(pages, sequence);
        TreeChange change = new TreeChange(pages, changes, sequence);
        boolean done = false;
        try {
            long root = clearing.apply(before.root());
            SortedChanges recorded = changes;
            for (TreeBulkLoad load : loads) {
                if (!TreeSearch.isEmpty(pages, root, load.range())) {
                    throw new ConflictException("the range of a bulk load is not empty");
                }
                recorded = recorded.withDeletedRange(load.range());
            }
            for (TreeBulkLoad load : loads) {
                root = load.graft(grafted, root);
            }
            root = change.apply(root);
            // What may find no space comes before anything that cannot be taken back.
            pages.writeDirty();
            log.flush();
            List<VersionPins.RetiredPage> retired = new ArrayList<>(clearing.retired());
            retired.addAll(grafted.retired());
            retired.addAll(change.retired());
            loads.forEach(load -> load.ledger().link());
            versions.append(new TreeVersion(root, sequence), recorded, retired);
            done = true;
            return sequence;
        } finally {
            if (!done) {
                change.ledger().undo();
                grafted.undo();
                clearing.ledger().undo();
            }
        }
    }

    private static SortedChanges deletionOf(List<KeyRange> ranges) {
        List<CommitRequest.Mutation> deletions = new ArrayList<>();
        ranges.forEach(
                range -> deletions.add(new CommitRequest.DeleteRange(range.start(), range.end())));
        return SortedChanges.of(new CommitRequest(deletions, List.of(), Durability.SYNC));
    }
}
