package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.List;

/// Merges pages that deletions left nearly empty with a neighbour, so that the tree shrinks with
/// its content.
final class SmallPages {
    private static final int SMALL_BYTES = PageReference.BLOCK_BYTES / 3;
    private static final int MERGED_BYTES_MAX = PageReference.BLOCK_BYTES * 3 / 4;

    private final PageLedger ledger;
    private final InnerWriter innerWriter;
    private final LeafEntries entries = new LeafEntries();

    SmallPages(PageLedger ledger, InnerWriter innerWriter) {
        this.ledger = ledger;
        this.innerWriter = innerWriter;
    }

    /// Whether the child was made by this change and holds little.
    boolean isSmall(Child child) {
        byte[] page = ledger.pages().load(child.reference());
        return PageFormat.birth(page) == ledger.sequence() && PageFormat.used(page) < SMALL_BYTES;
    }

    /// The children with small ones merged into their neighbours.
    List<Child> merge(List<Child> children) {
        List<Child> result = new ArrayList<>(children.size());
        boolean lastIsSmall = false;
        for (Child child : children) {
            boolean small = isNew(child) && isSmall(child);
            if (!result.isEmpty() && (small || lastIsSmall)) {
                Child left = result.getLast();
                if (fitTogether(left, child)) {
                    result.removeLast();
                    result.addAll(join(left, child));
                    lastIsSmall = isSmall(result.getLast());
                    continue;
                }
            }
            result.add(child);
            lastIsSmall = small;
        }
        return result;
    }

    /// Asks without reading pages that are not in memory: what this change made is.
    private boolean isNew(Child child) {
        return ledger.made(child.reference());
    }

    private boolean fitTogether(Child left, Child right) {
        byte[] one = ledger.pages().load(left.reference());
        byte[] other = ledger.pages().load(right.reference());
        // Joined entries may share a shorter prefix than before.
        int growth =
                PageFormat.prefixLength(one) * PageFormat.entries(one)
                        + PageFormat.prefixLength(other) * PageFormat.entries(other)
                        + right.separator().length;
        long used = (long) PageFormat.used(one) + PageFormat.used(other);
        if (used + growth <= MERGED_BYTES_MAX) {
            return true;
        }
        // Close neighbours usually share about the same prefix.
        int difference = Math.abs(PageFormat.prefixLength(one) - PageFormat.prefixLength(other));
        return used <= MERGED_BYTES_MAX && difference <= 2;
    }

    private List<Child> join(Child left, Child right) {
        byte[] one = ledger.pages().load(left.reference());
        byte[] other = ledger.pages().load(right.reference());
        List<Child> joined;
        if (PageFormat.kind(one) == PageFormat.KIND_LEAF) {
            entries.clear();
            entries.addAll(one, 0, PageFormat.entries(one));
            entries.addAll(other, 0, PageFormat.entries(other));
            joined =
                    new LeafWriter(ledger, entries)
                            .write(left.separator(), PageFormat.NO_INSERT_POSITION, false);
        } else {
            List<Child> children = new ArrayList<>();
            addChildren(children, left, one);
            addChildren(children, right, other);
            joined = innerWriter.write(children, PageFormat.level(one), false);
        }
        ledger.retire(left.reference(), PageFormat.birth(one));
        ledger.retire(right.reference(), PageFormat.birth(other));
        return joined;
    }

    private static void addChildren(List<Child> target, Child node, byte[] page) {
        for (int index = 0; index < PageFormat.entries(page); index++) {
            target.add(Child.of(node.separator(), page, index));
        }
    }
}
