package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.SortedChanges;
import org.jspecify.annotations.Nullable;

/// Derives a new version of the tree from an old one by one commit's changes.
///
/// One pass from the root down: each page that a change concerns is read once and written once,
/// however many changes it takes. Subtrees inside a deleted range are given up without reading
/// their leaves. Used once, by one thread; nobody sees the new pages before [#apply] returns.
final class TreeChange {
    private static final byte[] LOWEST = {};

    private final PageStore pages;
    private final SortedChanges changes;
    private final List<KeyRange> deletedRanges;
    private final long sequence;
    private final LeafChange leafChange;
    private final InnerWriter innerWriter;
    private final SmallPages smallPages;
    private final PageLedger ledger;

    TreeChange(PageStore pages, SortedChanges changes, long sequence) {
        this(changes, new PageLedger(pages, sequence));
    }

    /// A change whose pages are noted in a ledger of its own.
    TreeChange(SortedChanges changes, PageLedger ledger) {
        this.pages = ledger.pages();
        this.changes = changes;
        this.deletedRanges = DisjointRanges.of(changes.deletedRanges());
        this.sequence = ledger.sequence();
        this.ledger = ledger;
        this.leafChange = new LeafChange(ledger, changes, deletedRanges);
        this.innerWriter = new InnerWriter(ledger);
        this.smallPages = new SmallPages(ledger, innerWriter);
    }

    /// For further changes of the same version.
    PageLedger ledger() {
        return ledger;
    }

    /// The pages that the new version does not contain any more.
    List<VersionPins.RetiredPage> retired() {
        return ledger.retired();
    }

    /// Applies the changes to the tree at `root` and returns the new root.
    long apply(long root) {
        boolean done = false;
        try {
            long result = applyToRoot(root);
            done = true;
            return result;
        } finally {
            if (!done) {
                ledger.undo();
            }
        }
    }

    private long applyToRoot(long root) {
        List<Child> nodes =
                root == PageReference.NONE
                        ? leafChange.apply(null, LOWEST, 0, changes.size())
                        : changeNode(Child.root(root), 0, changes.size(), null);
        while (nodes.size() > 1) {
            int level = PageFormat.level(pages.load(nodes.getFirst().reference())) + 1;
            nodes = innerWriter.write(nodes, level, true);
        }
        return nodes.isEmpty() ? PageReference.NONE : collapse(nodes.getFirst().reference());
    }

    /// Leaves out roots over a single child.
    private long collapse(long root) {
        long result = root;
        byte[] page = pages.load(result);
        while (PageFormat.kind(page) == PageFormat.KIND_INNER && PageFormat.entries(page) == 1) {
            ledger.retire(result, PageFormat.birth(page));
            result = InnerPage.child(page, 0);
            page = pages.load(result);
        }
        return result;
    }

    /// Applies the changes `from` to `to` to a subtree and returns what stands in its place, at the
    /// same level: the same child if nothing changed, nothing if it is empty.
    private List<Child> changeNode(Child node, int from, int to, byte @Nullable [] upper) {
        byte[] page = pages.load(node.reference());
        if (PageFormat.kind(page) == PageFormat.KIND_LEAF) {
            return leafChange.apply(node, node.separator(), from, to);
        }
        return deletedRanges.isEmpty()
                ? changePoints(node, page, from, to, upper)
                : changeRanges(node, page, from, to, upper);
    }

    /// The usual case: visits only children that hold changed keys, and when each is replaced by
    /// one page, the node is a copy with other references.
    private List<Child> changePoints(
            Child node, byte[] page, int from, int to, byte @Nullable [] upper) {
        int count = PageFormat.entries(page);
        @Nullable Child @Nullable [] replacements = null;
        List<Child> rebuilt = null;
        int nextOld = 0;
        int position = from;
        while (position < to) {
            int index = InnerPage.childFor(page, changes.key(position));
            byte[] childUpper = index + 1 < count ? InnerPage.separator(page, index + 1) : upper;
            int childTo = childUpper == null ? to : firstAtOrAfter(childUpper, position, to);
            Child old = child(node, page, index);
            List<Child> result = changeNode(old, position, childTo, childUpper);
            position = childTo;
            if (rebuilt == null && result.size() == 1 && !isSmall(result.getFirst(), old)) {
                Child replacement = result.getFirst();
                if (replacement.reference() != old.reference()) {
                    replacements = replacements == null ? new Child[count] : replacements;
                    replacements[index] = replacement;
                }
                continue;
            }
            if (rebuilt == null) {
                rebuilt = new ArrayList<>(count + result.size());
            }
            addOld(rebuilt, node, page, replacements, nextOld, index);
            rebuilt.addAll(result);
            nextOld = index + 1;
        }
        if (rebuilt == null) {
            return replacements == null ? List.of(node) : List.of(copy(node, page, replacements));
        }
        boolean ascending = nextOld == count;
        addOld(rebuilt, node, page, replacements, nextOld, count);
        return rebuild(node, page, rebuilt, ascending);
    }

    /// With range deletions: looks at every child.
    private List<Child> changeRanges(
            Child node, byte[] page, int from, int to, byte @Nullable [] upper) {
        int count = PageFormat.entries(page);
        List<Child> rebuilt = new ArrayList<>(count);
        boolean changed = false;
        int position = from;
        for (int index = 0; index < count; index++) {
            Child old = child(node, page, index);
            byte[] childUpper = index + 1 < count ? InnerPage.separator(page, index + 1) : upper;
            int childTo = childUpper == null ? to : firstAtOrAfter(childUpper, position, to);
            boolean hasPoints = childTo > position;
            KeyRange range = new KeyRange(old.separator(), childUpper);
            if (!hasPoints && DisjointRanges.anyCovers(deletedRanges, range)) {
                ledger.retireSubtree(page, old.reference());
                changed = true;
            } else if (hasPoints || DisjointRanges.anyMeets(deletedRanges, range)) {
                List<Child> result = changeNode(old, position, childTo, childUpper);
                changed |= result.size() != 1 || result.getFirst().reference() != old.reference();
                rebuilt.addAll(result);
            } else {
                rebuilt.add(old);
            }
            position = childTo;
        }
        return changed ? rebuild(node, page, rebuilt, false) : List.of(node);
    }

    private List<Child> rebuild(Child node, byte[] page, List<Child> children, boolean ascending) {
        ledger.retire(node.reference(), PageFormat.birth(page));
        List<Child> merged = smallPages.merge(children);
        if (merged.isEmpty()) {
            return merged;
        }
        // The first child may have been dropped; the node keeps its own lower bound.
        Child first = merged.getFirst();
        merged.set(0, first.from(node.separator()));
        return innerWriter.write(merged, PageFormat.level(page), ascending);
    }

    private Child copy(Child node, byte[] page, @Nullable Child[] replacements) {
        byte[] copy = ledger.newPage(PageReference.blocksFor(page.length));
        System.arraycopy(page, 0, copy, 0, page.length);
        PageFormat.writeBirth(copy, sequence);
        boolean anyLarge = PageReference.hasLargeValues(node.reference());
        for (int index = 0; index < replacements.length; index++) {
            Child child = replacements[index];
            if (child != null) {
                InnerPage.setChild(
                        copy, replacements.length, index, child.reference(), child.tags());
                anyLarge |= PageReference.hasLargeValues(child.reference());
            }
        }
        ledger.retire(node.reference(), PageFormat.birth(page));
        long reference = ledger.create(copy);
        return new Child(
                node.separator(),
                anyLarge ? PageReference.withLargeValues(reference) : reference,
                TagSet.ofInner(copy));
    }

    private static void addOld(
            List<Child> target,
            Child node,
            byte[] page,
            @Nullable Child @Nullable [] replacements,
            int from,
            int to) {
        for (int index = from; index < to; index++) {
            Child replacement = replacements == null ? null : replacements[index];
            target.add(replacement == null ? child(node, page, index) : replacement);
        }
    }

    private static Child child(Child node, byte[] page, int index) {
        return Child.of(node.separator(), page, index);
    }

    private boolean isSmall(Child result, Child old) {
        return result.reference() != old.reference()
                && smallPages.isSmall(result)
                && PageFormat.used(pages.load(result.reference()))
                        < PageFormat.used(pages.load(old.reference()));
    }

    /// The first change from `from` on whose key is not below `key`.
    private int firstAtOrAfter(byte[] key, int from, int to) {
        int low = from;
        // Gallops: most children take few changes, or nearly all.
        int step = 1;
        while (low + step < to && Arrays.compareUnsigned(changes.key(low + step), key) < 0) {
            low += step;
            step *= 2;
        }
        int high = Math.min(to, low + step);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(changes.key(middle), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
