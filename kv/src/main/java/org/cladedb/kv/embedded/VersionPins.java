package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which versions of the tree are in use, and which pages wait for one of them to be let go.
///
/// ```
///   oldest ──── pin ──── visible ──── pin ──── newest
///                │           │
///              pages       pages
/// ```
///
/// A page lives in the versions from the commit that made it (its birth) up to, but without, the
/// commit that replaced it (its death). It is freed when no version in that span is pinned. A
/// waiting page stands with the newest pinned version of its span, so that letting go of a version
/// touches only the pages that waited for it; they go on to the pinned version before it.
///
/// Only making a pin takes memory: nothing that follows can be left half done.
///
/// Not thread-safe; the store's version lock guards it.
final class VersionPins {
    /// One version in use.
    static final class Pin {
        private final TreeVersion version;
        private int count = 1;
        private int snapshots;
        private @Nullable Pin older;
        private @Nullable Pin newer;
        private @Nullable RetiredPage waiting;

        private Pin(TreeVersion version) {
            this.version = version;
        }

        TreeVersion version() {
            return version;
        }

        @Nullable Pin newer() {
            return newer;
        }
    }

    /// A page, or a large value, that is not in the newest version; waits at most once.
    static final class RetiredPage {
        private final long reference;
        private final long birth;
        private final long death;
        private @Nullable RetiredPage next;

        /// @param birth the first version that contains it
        /// @param death the first version that does not
        RetiredPage(long reference, long birth, long death) {
            this.reference = reference;
            this.birth = birth;
            this.death = death;
        }

        long reference() {
            return reference;
        }

        long birth() {
            return birth;
        }
    }

    private final PageStore pages;
    private @Nullable Pin oldest;
    private @Nullable Pin newest;
    private long retainedBlocks;
    private long snapshotCount;

    VersionPins(PageStore pages) {
        this.pages = pages;
    }

    /// Blocks that only old versions contain.
    long retainedBlocks() {
        return retainedBlocks;
    }

    long snapshotCount() {
        return snapshotCount;
    }

    /// A pin, of one user, that is not in use before [#append].
    static Pin of(TreeVersion version) {
        return new Pin(version);
    }

    /// Pins a version newer than all that are pinned.
    void append(Pin pin) {
        Pin before = newest;
        pin.older = before;
        if (before == null) {
            oldest = pin;
        } else {
            before.newer = pin;
        }
        newest = pin;
    }

    /// One more user of a version.
    void pin(Pin pin) {
        pin.count++;
    }

    void pinSnapshot(Pin pin) {
        pin.count++;
        pin.snapshots++;
        snapshotCount++;
    }

    void unpinSnapshot(Pin pin) {
        pin.snapshots--;
        snapshotCount--;
        unpin(pin);
    }

    void unpin(Pin pin) {
        pin.count--;
        if (pin.count > 0) {
            return;
        }
        unlink(pin);
        RetiredPage page = pin.waiting;
        pin.waiting = null;
        while (page != null) {
            RetiredPage next = page.next;
            retainedBlocks -= PageReference.blocks(page.reference);
            retire(page, pin.older);
            page = next;
        }
    }

    private void unlink(Pin pin) {
        Pin older = pin.older;
        Pin newer = pin.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
    }

    /// The oldest version that a snapshot shows, or `none`.
    long oldestSnapshotOr(long none) {
        if (snapshotCount == 0) {
            return none;
        }
        for (Pin pin = oldest; pin != null; pin = pin.newer) {
            if (pin.snapshots > 0) {
                return pin.version.sequence();
            }
        }
        return none;
    }

    /// Frees the pages now or as soon as no pinned version contains them.
    void retire(List<RetiredPage> retired) {
        for (int index = 0; index < retired.size(); index++) {
            RetiredPage page = retired.get(index);
            Pin last = newest;
            while (last != null && last.version.sequence() >= page.death) {
                last = last.older;
            }
            retire(page, last);
        }
    }

    /// @param last the newest pinned version before the page's death
    private void retire(RetiredPage page, @Nullable Pin last) {
        if (last == null || last.version.sequence() < page.birth) {
            pages.recycle(page.reference);
        } else {
            page.next = last.waiting;
            last.waiting = page;
            retainedBlocks += PageReference.blocks(page.reference);
        }
    }

    /// The pages at these places, sorted, are in the newest version again.
    void restore(long[] places) {
        for (Pin pin = oldest; pin != null; pin = pin.newer) {
            RetiredPage page = pin.waiting;
            pin.waiting = null;
            while (page != null) {
                RetiredPage next = page.next;
                if (Arrays.binarySearch(places, PageLedger.place(page.reference)) >= 0) {
                    retainedBlocks -= PageReference.blocks(page.reference);
                } else {
                    page.next = pin.waiting;
                    pin.waiting = page;
                }
                page = next;
            }
        }
    }

    /// Every page that waits.
    List<RetiredPage> waiting() {
        List<RetiredPage> all = new ArrayList<>();
        for (Pin pin = oldest; pin != null; pin = pin.newer) {
            for (RetiredPage page = pin.waiting; page != null; page = page.next) {
                all.add(page);
            }
        }
        return all;
    }
}
