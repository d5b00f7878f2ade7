package org.cladedb.kv.embedded;

import java.util.Arrays;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.SortedChanges;
import org.jspecify.annotations.Nullable;

/// Finds one key in a version of the tree.
final class TreeSearch {
    private TreeSearch() {}

    static byte @Nullable [] get(PageStore pages, long root, byte[] key) {
        if (root == PageReference.NONE) {
            return null;
        }
        byte[] page = pages.load(root);
        while (PageFormat.kind(page) == PageFormat.KIND_INNER) {
            page = pages.loadChild(page, InnerPage.childFor(page, key));
        }
        int index = LeafFingerprints.find(page, key);
        if (index < 0) {
            return null;
        }
        int start = LeafPage.valueStart(page, index);
        if (LeafPage.isLarge(page, index)) {
            return pages.copyValue(LargeValue.read(page, start));
        }
        return Arrays.copyOfRange(page, start, start + LeafPage.storedValueLength(page, index));
    }

    /// Reads the leaves where the keys are, or would be, so that they are in memory for a moment.
    static void loadLeaves(PageStore pages, long root, SortedChanges changes) {
        if (root == PageReference.NONE) {
            return;
        }
        int index = 0;
        while (index < changes.size()) {
            byte[] page = pages.load(root);
            while (PageFormat.kind(page) == PageFormat.KIND_INNER) {
                page = pages.loadChild(page, InnerPage.childFor(page, changes.key(index)));
            }
            index++;
            int entries = PageFormat.entries(page);
            byte[] last = entries == 0 ? null : LeafPage.copyKey(page, entries - 1);
            while (last != null
                    && index < changes.size()
                    && Arrays.compareUnsigned(changes.key(index), last) <= 0) {
                index++;
            }
        }
    }

    /// Whether the tree has no key in the range.
    static boolean isEmpty(PageStore pages, long root, KeyRange range) {
        if (root == PageReference.NONE || range.isEmpty()) {
            return true;
        }
        byte[] key = firstFrom(pages, pages.load(root), range.start());
        return key == null || !range.contains(key);
    }

    /// The first key at or after `start` in a subtree.
    private static byte @Nullable [] firstFrom(PageStore pages, byte[] page, byte[] start) {
        if (PageFormat.kind(page) == PageFormat.KIND_LEAF) {
            int index = LeafPage.lowerBound(page, start);
            return index < PageFormat.entries(page) ? LeafPage.copyKey(page, index) : null;
        }
        byte[] found = null;
        int child = InnerPage.childFor(page, start);
        while (found == null && child < PageFormat.entries(page)) {
            found = firstFrom(pages, pages.loadChild(page, child), start);
            child++;
        }
        return found;
    }
}
