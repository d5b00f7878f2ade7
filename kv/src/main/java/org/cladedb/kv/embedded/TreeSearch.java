package org.cladedb.kv.embedded;

import java.util.Arrays;
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
        int index = LeafPage.find(page, key);
        if (index < 0) {
            return null;
        }
        int start = LeafPage.valueStart(page, index);
        if (LeafPage.isLarge(page, index)) {
            return pages.copyValue(LargeValue.read(page, start));
        }
        return Arrays.copyOfRange(page, start, start + LeafPage.storedValueLength(page, index));
    }
}
