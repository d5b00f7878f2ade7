package org.cladedb.kv.embedded;

import java.util.BitSet;
import org.cladedb.common.Invariant;

/// Accounts for every block of the data file.
final class SpaceAudit {
    private final PageStore pages;
    private final BitSet counted;

    SpaceAudit(PageStore pages) {
        this.pages = pages;
        this.counted = pages.freeBlocks();
        counted.set(0, DataHeader.SLOTS);
    }

    /// Counts the blocks of every page and large value below `root`.
    void countTree(long root) {
        if (root == PageReference.NONE) {
            return;
        }
        count(root, "tree");
        byte[] page = pages.load(root);
        for (int index = 0; index < PageFormat.entries(page); index++) {
            if (PageFormat.kind(page) == PageFormat.KIND_INNER) {
                countTree(InnerPage.child(page, index));
            } else if (LeafPage.isLarge(page, index)) {
                int start = LeafPage.valueStart(page, index);
                count(LargeValue.read(page, start).reference(), "large value");
            }
        }
    }

    void count(long reference, String use) {
        if (reference == PageReference.NONE) {
            return;
        }
        int block = PageReference.block(reference);
        int end = block + PageReference.blocks(reference);
        int taken = counted.nextSetBit(block);
        Invariant.check(
                taken < 0 || taken >= end,
                "block " + taken + " is free or has two uses, one of them: " + use);
        counted.set(block, end);
    }

    void requireComplete() {
        int end = pages.endBlock();
        int lost = counted.nextClearBit(0);
        Invariant.check(
                lost >= end,
                (end - counted.cardinality()) + " blocks are lost, the first is " + lost);
    }
}
