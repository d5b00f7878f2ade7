package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.SortedChanges;

/// Puts the leaves of bulk loads into a tree, for one commit. Used while no other is applied.
final class LoadedTree implements AutoCloseable {
    private final PageStore pages;
    private final List<TreeBulkLoad> loads;

    // Each has its own ledger: a change takes a page whose place is still the same for unchanged,
    // so what was made before it must not be given up before all is done.
    private final TreeChange clearing;
    private final PageLedger grafted;
    private boolean linked;

    /// @param cleared ranges of loads that need not be empty
    LoadedTree(PageStore pages, long sequence, List<TreeBulkLoad> loads, List<KeyRange> cleared) {
        this.pages = pages;
        this.loads = loads;
        clearing = new TreeChange(pages, deletionOf(cleared), sequence);
        grafted = new PageLedger(pages, sequence);
    }

    /// Returns the new root.
    ///
    /// @throws ConflictException there is something in the range of a load
    long apply(long before) {
        long root = clearing.apply(before);
        for (TreeBulkLoad load : loads) {
            if (!TreeSearch.isEmpty(pages, root, load.range())) {
                throw new ConflictException("the range of a bulk load is not empty");
            }
        }
        for (TreeBulkLoad load : loads) {
            root = load.graft(grafted, root);
        }
        return root;
    }

    /// What was written, of which nothing else is known.
    List<KeyRange> ranges() {
        return loads.stream().map(TreeBulkLoad::range).toList();
    }

    List<VersionPins.RetiredPage> retired() {
        List<VersionPins.RetiredPage> retired = new ArrayList<>(clearing.retired());
        retired.addAll(grafted.retired());
        return retired;
    }

    /// The leaves are in a version from now on, or in none if that is not appended.
    void link() {
        linked = true;
        loads.forEach(load -> load.ledger().link());
    }

    private static SortedChanges deletionOf(List<KeyRange> ranges) {
        List<CommitRequest.Mutation> deletions = new ArrayList<>();
        ranges.forEach(
                range -> deletions.add(new CommitRequest.DeleteRange(range.start(), range.end())));
        return SortedChanges.of(new CommitRequest(deletions, List.of(), Durability.SYNC));
    }

    /// Gives up what was made, unless it is linked.
    @Override
    public void close() {
        if (!linked) {
            grafted.undo();
            clearing.ledger().undo();
        }
    }
}
