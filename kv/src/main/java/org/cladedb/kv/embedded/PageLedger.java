package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What one change of the tree makes and gives up. Used by one thread.
final class PageLedger {
    private final PageStore pages;
    private final long sequence;
    private final Set<Long> created = new HashSet<>();
    private final List<VersionPins.RetiredPage> retired = new ArrayList<>();

    PageLedger(PageStore pages, long sequence) {
        this.pages = pages;
        this.sequence = sequence;
    }

    /// The commit that the change belongs to.
    long sequence() {
        return sequence;
    }

    PageStore pages() {
        return pages;
    }

    List<VersionPins.RetiredPage> retired() {
        return retired;
    }

    long create(byte[] page) {
        long reference = pages.create(page);
        created.add(PageReference.plain(reference));
        return reference;
    }

    /// Whether this change made the page.
    boolean made(long reference) {
        return created.contains(PageReference.plain(reference));
    }

    /// Gives a page up: at once if this change made it, otherwise when no version needs it.
    void retire(long reference, long birth) {
        if (birth == sequence && created.remove(PageReference.plain(reference))) {
            pages.free(reference);
        } else {
            retired.add(new VersionPins.RetiredPage(reference, birth, sequence));
        }
    }

    void retireValue(LargeValue value) {
        retire(value.reference(), value.birth());
    }

    /// Gives up a page and all below it, reading leaves only where values have their own blocks.
    void retireSubtree(long reference) {
        byte[] page = pages.load(reference);
        retire(reference, PageFormat.birth(page));
        if (PageFormat.kind(page) == PageFormat.KIND_LEAF) {
            retireValues(page);
            return;
        }
        boolean overLeaves = PageFormat.level(page) == 1;
        for (int index = 0; index < PageFormat.entries(page); index++) {
            long child = InnerPage.child(page, index);
            if (overLeaves && !PageReference.hasLargeValues(child)) {
                // When it was made is not known without reading it: as if in the first version.
                retire(child, 0);
            } else {
                retireSubtree(child);
            }
        }
    }

    private void retireValues(byte[] leaf) {
        for (int index = 0; index < PageFormat.entries(leaf); index++) {
            if (LeafPage.isLarge(leaf, index)) {
                retireValue(LargeValue.read(leaf, LeafPage.valueStart(leaf, index)));
            }
        }
    }

    /// Frees everything made, after a failure.
    void undo() {
        for (long reference : created) {
            pages.free(reference);
        }
        created.clear();
        retired.clear();
    }
}
