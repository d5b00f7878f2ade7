package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.Snapshot;
import org.jspecify.annotations.Nullable;

/// Builds full leaves while entries come in, in blocks that no version contains, and grafts them
/// into the tree at the end. Nothing of it goes through the log: the commit is a checkpoint.
///
/// Before that they can be read through a tree of their own, whose inner pages nobody else uses.
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
    private final LongFunction<Snapshot> viewOf;
    private final PageLedger ledger;
    private final PageLedger viewLedger;
    private final LeafEntries entries = new LeafEntries();
    private final LeafWriter writer;
    private final List<Child> leaves = new ArrayList<>();
    private byte[] separator = LOWEST;
    private int gatheredBytes;
    private byte @Nullable [] first;
    private byte @Nullable [] last;
    private @Nullable Snapshot view;
    private boolean complete;
    private boolean ended;

    /// @param sequence of a version that exists
    /// @param viewOf reads the tree at a root
    TreeBulkLoad(
            PageStore pages,
            KeyRange range,
            long sequence,
            Committer committer,
            LongFunction<Snapshot> viewOf) {
        this.range = range;
        this.committer = committer;
        this.viewOf = viewOf;
        this.ledger = PageLedger.unlinked(pages, sequence);
        this.viewLedger = PageLedger.unlinked(pages, sequence);
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
        if (complete) {
            throw new IllegalStateException("nothing can be added to a bulk load that was read");
        }
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

    /// Ends adding.
    void complete() {
        requireOpen();
        if (complete) {
            return;
        }
        complete = true;
        if (entries.size() > 0) {
            leaves.addAll(writer.write(separator, PageFormat.NO_INSERT_POSITION, true));
            entries.clear();
        }
    }

    @Override
    public ReadView view() {
        complete();
        Snapshot made = view;
        if (made == null) {
            made = viewOf.apply(rootOverLeaves());
            view = made;
        }
        return made;
    }

    private long rootOverLeaves() {
        InnerWriter innerWriter = new InnerWriter(viewLedger);
        List<Child> nodes = leaves;
        int level = 0;
        while (nodes.size() > 1) {
            level++;
            nodes = innerWriter.write(nodes, level, true);
        }
        return nodes.isEmpty() ? PageReference.NONE : nodes.getFirst().reference();
    }

    @Override
    public long commit(
            List<CommitRequest.Mutation> others, List<CommitRequest.VersionCheck> checks) {
        return committer.commit(this, others, checks);
    }

    /// The leaves are in the tree now, or may be.
    void end() {
        ended = true;
        closeView();
    }

    private void closeView() {
        Snapshot made = view;
        if (made != null) {
            made.close();
        }
        viewLedger.undo();
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("the bulk load has ended");
        }
    }

    @Override
    public void close() {
        if (!ended) {
            end();
            ledger.undo();
        }
    }
}
