package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Puts ready leaves into a gap between the keys of a tree: only the pages on the way there are
/// written.
///
/// ```
///        [ a … d | d … z ]                 [ a … d | leaf | leaf | … | k … z ]
///                   gap e … j      ==>
/// ```
final class TreeGraft {
    private final PageLedger ledger;
    private final PageStore pages;
    private final InnerWriter innerWriter;
    private final List<Child> leaves;
    private final byte[] first;
    private final byte[] last;

    /// @param leaves at least one
    /// @param first the first key in them
    /// @param last the last key in them
    TreeGraft(PageLedger ledger, List<Child> leaves, byte[] first, byte[] last) {
        this.ledger = ledger;
        this.pages = ledger.pages();
        this.innerWriter = new InnerWriter(ledger);
        this.leaves = leaves;
        this.first = first;
        this.last = last;
    }

    /// Returns the new root. The tree must have no keys from the first to the last.
    long apply(long root) {
        List<Child> nodes =
                root == PageReference.NONE ? leaves : graft(Child.root(root), pages.load(root));
        int level = PageFormat.level(pages.load(nodes.getFirst().reference()));
        while (nodes.size() > 1) {
            level++;
            nodes = innerWriter.write(nodes, level, true);
        }
        return nodes.getFirst().reference();
    }

    private List<Child> graft(Child node, byte[] page) {
        return PageFormat.kind(page) == PageFormat.KIND_LEAF
                ? graftLeaf(node, page)
                : graftInner(node, page);
    }

    private List<Child> graftInner(Child node, byte[] page) {
        int count = PageFormat.entries(page);
        int place = InnerPage.childFor(page, first);
        int lastPlace = InnerPage.childFor(page, last);
        List<Child> children = new ArrayList<>(count + leaves.size());
        for (int index = 0; index < count; index++) {
            Child child = Child.of(node.separator(), page, index);
            if (index == place) {
                children.addAll(graft(child, pages.loadChild(page, index)));
            } else if (index > place && index <= lastPlace) {
                // A separator that outlived the keys which it told apart lies in the gap.
                byte[] lowest = lowestKey(pages.loadChild(page, index));
                children.add(child.from(separator(last, lowest)));
            } else {
                children.add(child);
            }
        }
        ledger.retire(node.reference(), PageFormat.birth(page));
        return innerWriter.write(children, PageFormat.level(page), true);
    }

    private byte[] lowestKey(byte[] top) {
        byte[] page = top;
        while (PageFormat.kind(page) == PageFormat.KIND_INNER) {
            page = pages.loadChild(page, 0);
        }
        return LeafPage.copyKey(page, 0);
    }

    private List<Child> graftLeaf(Child node, byte[] page) {
        int count = PageFormat.entries(page);
        int place = LeafPage.lowerBound(page, first);
        List<Child> result = new ArrayList<>(leaves.size() + 2);
        LeafEntries entries = new LeafEntries();
        LeafWriter writer = new LeafWriter(ledger, entries);
        if (place == count) {
            result.add(node.withTags(TagSet.ofLeaf(page)));
        } else if (place > 0) {
            entries.addAll(page, 0, place);
            result.addAll(writer.write(node.separator(), PageFormat.NO_INSERT_POSITION, false));
        }
        Child firstLeaf = leaves.getFirst();
        byte[] lower =
                place == 0 ? node.separator() : separator(LeafPage.copyKey(page, place - 1), first);
        result.add(firstLeaf.from(lower));
        result.addAll(leaves.subList(1, leaves.size()));
        if (place < count) {
            byte[] upper = separator(last, LeafPage.copyKey(page, place));
            if (place == 0) {
                result.add(node.from(upper).withTags(TagSet.ofLeaf(page)));
            } else {
                entries.clear();
                entries.addAll(page, place, count);
                result.addAll(writer.write(upper, PageFormat.NO_INSERT_POSITION, false));
                ledger.retire(node.reference(), PageFormat.birth(page));
            }
        }
        return result;
    }

    /// The shortest key above `left` and not above `right`.
    private static byte[] separator(byte[] left, byte[] right) {
        return Arrays.copyOf(right, Arrays.mismatch(left, right) + 1);
    }
}
