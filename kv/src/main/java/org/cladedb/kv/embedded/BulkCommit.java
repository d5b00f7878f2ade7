package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KvException;
import org.cladedb.kv.LargeCommit;
import org.cladedb.kv.SortedChanges;

/// Commits bulk loads: grafts their leaves into the newest version and makes it durable by a
/// checkpoint, before any other commit is applied.
final class BulkCommit {
    private static final int SETTLING_ROUNDS = 2;

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
        return makeDurable(
                loads, pages::writeDirtyAndSync, () -> apply(loads, cleared, changes, checks));
    }

    /// The same for changes that are too many for memory.
    long run(List<TreeBulkLoad> loads, List<KeyRange> cleared, LargeCommit commit) {
        loads.forEach(TreeBulkLoad::complete);
        try (LargeChange change = new LargeChange(pages, versions, commit)) {
            change.build();
            // The pages made so far reach the disk before others have to wait.
            pages.writeDirtyAndSync();
            return makeDurable(loads, () -> settle(change), () -> apply(loads, cleared, change));
        }
    }

    /// Leaves little for the moment in which others have to wait: what they commit while the first
    /// round writes takes the second one little time.
    private void settle(LargeChange change) {
        for (int round = 0; round < SETTLING_ROUNDS; round++) {
            change.catchUp();
            pages.writeDirtyAndSync();
        }
        change.catchUp();
    }

    /// @param prepare brings most pages to the disk, so that other commits wait only for the rest
    private long makeDurable(List<TreeBulkLoad> loads, Runnable prepare, LongSupplier apply) {
        boolean[] applied = new boolean[1];
        try {
            long sequence =
                    checkpoint.commit(
                            prepare,
                            () -> {
                                long next = apply.getAsLong();
                                applied[0] = true;
                                return next;
                            });
            versions.publish(sequence);
            log.skipTo(sequence);
            loads.forEach(TreeBulkLoad::end);
            return sequence;
        } catch (KvException | OutOfMemoryError e) {
            if (!applied[0]) {
                throw e;
            }
            throw unknown(loads, e);
        } catch (IOException e) {
            throw unknown(loads, e);
        }
    }

    private static CommitUnknownException unknown(List<TreeBulkLoad> loads, Throwable cause) {
        // The pages may be in the tree.
        loads.forEach(TreeBulkLoad::end);
        return new CommitUnknownException("the checkpoint of a bulk load failed", cause);
    }

    private long apply(List<TreeBulkLoad> loads, List<KeyRange> cleared, LargeChange change) {
        log.requireHealthy();
        long sequence = versions.applied().sequence() + 1;
        try (LoadedTree loaded = new LoadedTree(pages, sequence, loads, cleared)) {
            change.finish(root -> {
                long result = loaded.apply(root);
                pages.writeDirty();
                log.flush();
                return result;
            });
            change.append(sequence, loaded.retired(), loaded.ranges());
            loaded.link();
            return sequence;
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
        TreeChange change = new TreeChange(pages, changes, sequence);
        boolean done = false;
        try (LoadedTree loaded = new LoadedTree(pages, sequence, loads, cleared)) {
            long root = change.apply(loaded.apply(before.root()));
            // What may find no space comes before anything that cannot be taken back.
            pages.writeDirty();
            log.flush();
            SortedChanges recorded = changes;
            for (KeyRange range : loaded.ranges()) {
                recorded = recorded.withDeletedRange(range);
            }
            List<VersionPins.RetiredPage> retired = new ArrayList<>(loaded.retired());
            retired.addAll(change.retired());
            versions.append(new TreeVersion(root, sequence), recorded, retired);
            done = true;
            loaded.link();
            return sequence;
        } finally {
            if (!done) {
                change.ledger().undo();
            }
        }
    }
}
