package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which versions of the tree are in use, and which pages wait for one of them to be let go.
///
/// A page lives in the versions from the commit that made it (its birth) up to, but without, the
/// commit that replaced it. It is freed when no version in that span is pinned. A waiting page
/// stands with one pinned version of its span, so that letting go of a version touches only the
/// pages that waited for it.
///
/// Not thread-safe; the store's version lock guards it.
final class VersionPins {
    /// One version in use.
    static final class Pin {
        private final long sequence;
        private int count;
        private int snapshots;
        private List<RetiredPage> waiting = new ArrayList<>(0);

        private Pin(long sequence) {
            this.sequence = sequence;
        }
    }

    /// @param reference a page or large value
    /// @param birth the first version that contains it
    /// @param death the first version that does not
    record RetiredPage(long reference, long birth, long death) {}

    private final PageStore pages;
    private final TreeMap<Long, Pin> pins = new TreeMap<>();
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

    Pin pin(long sequence) {
        Pin pin = pins.computeIfAbsent(sequence, Pin::new);
        pin.count++;
        return pin;
    }

    Pin pinSnapshot(long sequence) {
        Pin pin = pin(sequence);
        pin.snapshots++;
        snapshotCount++;
        return pin;
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
        pins.remove(pin.sequence);
        for (RetiredPage page : pin.waiting) {
            retainedBlocks -= PageReference.blocks(page.reference);
        }
        retire(pin.waiting);
        pin.waiting = new ArrayList<>(0);
    }

    /// The oldest version that a snapshot shows, or `none`.
    long oldestSnapshotOr(long none) {
        if (snapshotCount == 0) {
            return none;
        }
        for (Pin pin : pins.values()) {
            if (pin.snapshots > 0) {
                return pin.sequence;
            }
        }
        return none;
    }

    /// Frees the pages now or as soon as no pinned version contains them. Those of one commit stand
    /// together.
    void retire(List<RetiredPage> retired) {
        @Nullable Pin newest = null;
        long death = -1;
        for (RetiredPage page : retired) {
            if (page.death != death) {
                death = page.death;
                Map.@Nullable Entry<Long, Pin> before = pins.lowerEntry(death);
                newest = before == null ? null : before.getValue();
            }
            if (newest == null || newest.sequence < page.birth) {
                pages.recycle(page.reference);
            } else {
                newest.waiting.add(page);
                retainedBlocks += PageReference.blocks(page.reference);
            }
        }
    }

    /// The pages at these places are in the newest version again.
    void restore(Set<Long> places) {
        for (Pin pin : pins.values()) {
            pin.waiting.removeIf(page -> {
                boolean restored = places.contains(PageLedger.place(page.reference));
                if (restored) {
                    retainedBlocks -= PageReference.blocks(page.reference);
                }
                return restored;
            });
        }
    }

    /// Every page that waits.
    List<RetiredPage> waiting() {
        List<RetiredPage> all = new ArrayList<>();
        pins.values().forEach(pin -> all.addAll(pin.waiting));
        return all;
    }
}
