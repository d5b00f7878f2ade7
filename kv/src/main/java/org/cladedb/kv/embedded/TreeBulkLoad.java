package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.KeyRange;
import org.jspecify.annotations.Nullable;

/// Builds full leaves while entries come in, in blocks that no version contains, and grafts them
/// into the tree at the end. Nothing of it goes through the log: the commit is a checkpoint.
final class TreeBulkLoad implements BulkLoad {
    private static final byte[] LOWEST = {};

    /// Entries are gathered up to this size before full leaves are cut off.
    private static final int GATHERED_BYTES_MAX = 16 * PageReference.BLOCK_BYTES;

    /// Puts the leaves into the tree.
    interface Committer {
        long commit(
                TreeBulkLoad load,
                List<CommitRequest.Mutation> others,
                List<CommitRequest.VersionCheck> checks);
    }

    private final KeyRange range;
    private final Committer committer;
    private final PageLedger ledger;
    private final LeafEntries entries = new LeafEntries();
    private final LeafWriter writer;
    private final List<Child> leaves = new ArrayList<>();
    private byte[] separator = LOWEST;
    private int gatheredBytes;
    private byte @Nullable [] first;
    private byte @Nullable [] last;
    private boolean ended;

    /// @param sequence of a version that exists
    TreeBulkLoad(PageStore pages, KeyRange range, long sequence, Committer committer) {
        this.range = range;
        this.committer = committer;
        this.ledger = PageLedger.unlinked(pages, sequence);
        this.writer = new LeafWriter(ledger, entries);
    }

    KeyRange range() {
        return range;
    }

    PageLedger ledger() {
        return ledger;
    }

    /// Puts the leaves into the tree at `root`; the ledger is that of the commit.
    long graft(PageLedger target, long root) {
        byte[] lowest = first;
        byte[] highest = last;
        return lowest == null || highest == null
                ? root
                : new TreeGraft(target, leaves, lowest, highest).apply(root);
    }

    @Override
    public void add(byte[] key, byte[] value) {
        requireOpen();
        byte[] before = last;
        boolean ascends = before == null || Arrays.compareUnsigned(before, key) < 0;
        if (!ascends || !range.contains(key)) {
            throw new IllegalArgumentException("keys of a bulk load must ascend in its range");
        }
        EmbeddedLimits.require(key, value);
        if (first == null) {
            first = key;
        }
        last = key;
        if (value.length <= LeafPage.INLINE_VALUE_BYTES_MAX) {
            entries.add(key, value, false);
        } else {
            long reference = ledger.create(LargeValue.page(value, ledger.sequence()));
            LargeValue large = new LargeValue(reference, value.length, ledger.sequence());
            entries.add(key, large.toBytes(), true);
        }
        gatheredBytes += entries.bytes(entries.size() - 1);
        if (gatheredBytes > GATHERED_BYTES_MAX) {
            cutFullLeaves();
        }
    }

    private void cutFullLeaves() {
        int rest = writer.writeFull(separator, leaves);
        if (rest > 0) {
            separator = writer.separatorBetween(rest - 1, rest);
            entries.dropBefore(rest);
        }
        gatheredBytes = 0;
        for (int index = 0; index < entries.size(); index++) {
            gatheredBytes += entries.bytes(index);
        }
    }

    @Override
    public long commit(
            List<CommitRequest.Mutation> others, List<CommitRequest.VersionCheck> checks) {
        requireOpen();
        if (entries.size() > 0) {
            leaves.addAll(writer.write(separator, PageFormat.NO_INSERT_POSITION, true));
            entries.clear();
        }
        try {
            long sequence = committer.commit(this, others, checks);
            ended = true;
            return sequence;
        } catch (CommitUnknownException e) {
            // The pages may be in the tree.
            ended = true;
            throw e;
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the bulk load has ended");
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            ledger.undo();
        }
    }
}
