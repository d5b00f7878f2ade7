package org.cladedb.kv.embedded;

import java.util.List;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.SortedChanges;
import org.jspecify.annotations.Nullable;

/// Rewrites leaves with the changes that concern them.
final class LeafChange {
    private static final byte[] NO_PAGE = new byte[PageFormat.HEADER_BYTES];

    private final PageLedger ledger;
    private final SortedChanges changes;
    private final List<KeyRange> deletedRanges;
    private final LeafEntries entries = new LeafEntries();
    private final LeafWriter writer;
    private final LeafPatch patch;

    // State of the leaf at hand.
    private boolean changed;
    private int insertCount;
    private int firstInsert;
    private int lastInsert;

    LeafChange(PageLedger ledger, SortedChanges changes, List<KeyRange> deletedRanges) {
        this.ledger = ledger;
        this.changes = changes;
        this.deletedRanges = deletedRanges;
        this.writer = new LeafWriter(ledger, entries);
        this.patch = new LeafPatch(changes);
    }

    /// Applies the changes `from` to `to` to a leaf, or to nothing, and returns what stands in its
    /// place: the same child if nothing changed.
    List<Child> apply(@Nullable Child node, byte[] separator, int from, int to) {
        byte[] page = node == null ? NO_PAGE : ledger.pages().load(node.reference());
        if (node != null && deletedRanges.isEmpty() && patch.plan(page, from, to)) {
            return List.of(patch.changesAnything() ? patched(node, page) : node);
        }
        int count = PageFormat.entries(page);
        entries.clear();
        changed = false;
        insertCount = 0;
        int position = 0;
        for (int index = from; index < to; index++) {
            byte[] key = changes.key(index);
            int place = count == 0 ? 0 : LeafPage.lowerBound(page, key);
            keep(page, position, place);
            position = place;
            boolean exists = place < count && LeafPage.compare(page, place, key) == 0;
            if (exists) {
                drop(page, place, place + 1);
                position++;
            }
            byte[] value = changes.value(index);
            if (value != null) {
                put(key, value, exists);
            }
        }
        keep(page, position, count);
        if (node != null && !changed) {
            return List.of(node);
        }
        if (node != null) {
            ledger.retire(node.reference(), PageFormat.birth(page));
        }
        return write(separator, page, count);
    }

    private Child patched(Child node, byte[] page) {
        byte[] changedPage = patch.write(ledger);
        ledger.retire(node.reference(), PageFormat.birth(page));
        long reference = ledger.create(changedPage);
        // Large values are never patched: there are as many as before.
        return new Child(
                node.separator(),
                PageReference.hasLargeValues(node.reference())
                        ? PageReference.withLargeValues(reference)
                        : reference,
                TagSet.ofLeaf(changedPage));
    }

    private List<Child> write(byte[] separator, byte[] page, int oldCount) {
        boolean oneRun = insertCount > 0 && lastInsert - firstInsert + 1 == insertCount;
        boolean atEnd = oneRun && lastInsert == entries.size() - 1;
        boolean continues =
                oneRun && oldCount > 0 && PageFormat.insertPosition(page) + 1 == firstInsert;
        boolean mostlyNew = insertCount > oldCount;
        int position = oneRun ? lastInsert : PageFormat.NO_INSERT_POSITION;
        return writer.write(separator, position, atEnd || continues || mostlyNew);
    }

    private void put(byte[] key, byte[] value, boolean replaces) {
        changed = true;
        if (!replaces) {
            if (insertCount == 0) {
                firstInsert = entries.size();
            }
            lastInsert = entries.size();
            insertCount++;
        }
        if (value.length <= LeafPage.INLINE_VALUE_BYTES_MAX) {
            entries.add(key, value, false);
            return;
        }
        long reference = ledger.create(LargeValue.page(value, ledger.sequence()));
        LargeValue large = new LargeValue(reference, value.length, ledger.sequence());
        entries.add(key, large.toBytes(), true);
    }

    /// Keeps old entries, except those in deleted ranges.
    private void keep(byte[] page, int from, int to) {
        if (from == to || deletedRanges.isEmpty()) {
            entries.addAll(page, from, to);
            return;
        }
        int position = from;
        for (KeyRange range : deletedRanges) {
            int start = LeafPage.lowerBound(page, range.start());
            byte[] end = range.end();
            int stop = end == null ? to : Math.min(to, LeafPage.lowerBound(page, end));
            if (start >= to) {
                break;
            }
            if (stop <= position) {
                continue;
            }
            int keptTo = Math.max(position, start);
            entries.addAll(page, position, keptTo);
            drop(page, keptTo, stop);
            position = stop;
        }
        entries.addAll(page, position, to);
    }

    private void drop(byte[] page, int from, int to) {
        for (int index = from; index < to; index++) {
            changed = true;
            if (LeafPage.isLarge(page, index)) {
                ledger.retireValue(LargeValue.read(page, LeafPage.valueStart(page, index)));
            }
        }
    }
}
