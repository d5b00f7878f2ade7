package org.cladedb.kv.embedded;

import org.cladedb.kv.KeyRange;
import org.jspecify.annotations.Nullable;

/// Roughly how many entries a range of the tree has, from the pages on the way to its two ends.
///
/// ```
///             [ · · a · · · b · · ]        between a and b: children × what one of them has
///                   |       |
///          [ · · a · · ]  [ · b · · ]      beside a and b: the same, one level lower
///                 |           |
///              leaf a      leaf b          counted
/// ```
///
/// The ends are exact; of what lies between, one page for each level is taken as an example. Leaves
/// are between half full and full, so that the whole is right within a small factor.
final class TreeEstimate {
    private final PageStore pages;

    private TreeEstimate(PageStore pages) {
        this.pages = pages;
    }

    static long entries(PageStore pages, long root, KeyRange range) {
        if (root == PageReference.NONE || range.isEmpty()) {
            return 0;
        }
        return Math.round(
                new TreeEstimate(pages).within(pages.load(root), range.start(), range.end()));
    }

    /// Entries below `page` from `start` (null: from the first) to `end` (null: to the last).
    private double within(byte[] page, byte @Nullable [] start, byte @Nullable [] end) {
        int count = PageFormat.entries(page);
        if (PageFormat.kind(page) == PageFormat.KIND_LEAF) {
            int from = start == null ? 0 : LeafPage.lowerBound(page, start);
            int to = end == null ? count : LeafPage.lowerBound(page, end);
            return Math.max(0, to - from);
        }
        if (start == null && end == null) {
            return count * below(page, count / 2);
        }
        int first = start == null ? -1 : InnerPage.childFor(page, start);
        int last = end == null ? count : InnerPage.childFor(page, end);
        if (first == last) {
            return within(pages.loadChild(page, first), start, end);
        }
        double entries = 0;
        if (start != null) {
            entries += within(pages.loadChild(page, first), start, null);
        }
        if (end != null) {
            entries += within(pages.loadChild(page, last), null, end);
        }
        int between = last - first - 1;
        return between > 0 ? entries + between * below(page, first + 1 + between / 2) : entries;
    }

    private double below(byte[] page, int child) {
        return within(pages.loadChild(page, child), null, null);
    }
}
