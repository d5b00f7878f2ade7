package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.List;

/// What one change of the tree makes and gives up. Used by one thread.
final class PageLedger {
    private final PageStore pages;
    private final long sequence;
    private final boolean linked;
    private final PlaceSet created = new PlaceSet();
    private final List<VersionPins.RetiredPage> retired = new ArrayList<>();

    PageLedger(PageStore pages, long sequence) {
        this(pages, sequence, true);
    }

    private PageLedger(PageStore pages, long sequence, boolean linked) {
        this.pages = pages;
        this.sequence = sequence;
        this.linked = linked;
    }

    /// Of pages that no version contains for some time after they are made.
    ///
    /// @param sequence not larger than the commit that will put them into the tree
    static PageLedger unlinked(PageStore pages, long sequence) {
        return new PageLedger(pages, sequence, false);
    }

    /// The pages are in a version from now on.
    void link() {
        for (int index = created.next(0); index >= 0; index = created.next(index + 1)) {
            pages.link(reference(created.at(index)));
        }
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

    /// Where a page is: a reference without flags.
    static long place(long reference) {
        return reference >>> PageReference.FLAG_BITS;
    }

    static long reference(long place) {
        return place << PageReference.FLAG_BITS;
    }

    /// An array for a page that will be passed to [#create], with anything in it.
    byte[] newPage(int blocks) {
        return pages.newPage(blocks);
    }

    long create(byte[] page) {
        created.reserve(1);
        long reference = linked ? pages.create(page) : pages.createUnlinked(page);
        created.add(place(reference));
        return reference;
    }

    /// The places of the pages made that were not given up.
    PlaceSet created() {
        return created;
    }

    /// Whether this change made the page.
    boolean made(long reference) {
        return created.contains(place(reference));
    }

    /// Gives a page up: at once if this change made it, otherwise when no version needs it.
    void retire(long reference, long birth) {
        if (birth == sequence && created.remove(place(reference))) {
            pages.free(reference);
        } else {
            retired.add(new VersionPins.RetiredPage(reference, birth, sequence));
        }
    }

    void retireValue(LargeValue value) {
        retire(value.reference(), value.birth());
    }

    /// Gives up a child of `parent` and all below it, reading leaves only where values have their
    /// own blocks.
    void retireSubtree(byte[] parent, long reference) {
        boolean isLeaf = PageFormat.level(parent) == 1;
        if (isLeaf && !PageReference.hasLargeValues(reference)) {
            // When it was made is not known without reading it: as if in the first version.
            retire(reference, 0);
            return;
        }
        byte[] page = pages.load(reference);
        retire(reference, PageFormat.birth(page));
        if (isLeaf) {
            retireValues(page);
            return;
        }
        for (int index = 0; index < PageFormat.entries(page); index++) {
            retireSubtree(page, InnerPage.child(page, index));
        }
    }

    private void retireValues(byte[] leaf) {
        for (int index = 0; index < PageFormat.entries(leaf); index++) {
            if (LeafPage.isLarge(leaf, index)) {
                retireValue(LargeValue.read(leaf, LeafPage.valueStart(leaf, index)));
            }
        }
    }

    /// Frees everything made, after a failure; takes no memory.
    void undo() {
        for (int index = created.next(0); index >= 0; index = created.next(index + 1)) {
            pages.free(reference(created.at(index)));
        }
        created.clear();
        retired.clear();
    }
}
