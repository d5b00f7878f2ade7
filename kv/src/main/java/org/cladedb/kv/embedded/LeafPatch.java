package org.cladedb.kv.embedded;

import java.util.Arrays;
import org.cladedb.kv.SortedChanges;

/// Rewrites a leaf whose changed content still fits by copying what stays in runs, as it lies:
/// several times cheaper than taking all entries apart. Changes for which that does not do are left
/// to [LeafChange].
///
/// First [#plan] says whether it can be done, then [#write] does it. Used by one thread.
final class LeafPatch {
    private final SortedChanges changes;

    // What the plan found: for each change the entry with its key, or the complement of the entry
    // before which it goes.
    private byte[] page = {};
    private int from;
    private int[] places = new int[8];
    private int placeCount;
    private int newCount;
    private int newUsed;
    private boolean changed;
    private int insertCount;
    private int firstInsert;
    private int lastInsert;

    // How far the new page is written.
    private byte[] target = {};
    private int targetIndex;
    private int targetPosition;

    LeafPatch(SortedChanges changes) {
        this.changes = changes;
    }

    /// Whether the changes `first` to `end` can be applied to the leaf in this way.
    boolean plan(byte[] leaf, int first, int end) {
        page = leaf;
        from = first;
        placeCount = end - first;
        newCount = PageFormat.entries(leaf);
        newUsed = PageFormat.used(leaf);
        changed = false;
        insertCount = 0;
        if (newCount == 0 || leaf.length != PageReference.BLOCK_BYTES) {
            return false;
        }
        if (placeCount > places.length) {
            places = new int[placeCount * 2];
        }
        for (int index = 0; index < placeCount; index++) {
            if (!plan(index)) {
                return false;
            }
        }
        return newUsed <= PageReference.BLOCK_BYTES;
    }

    private boolean plan(int index) {
        byte[] key = changes.key(from + index);
        byte[] value = changes.value(from + index);
        int count = PageFormat.entries(page);
        int found = LeafFingerprints.find(page, key);
        boolean exists = found >= 0;
        int place = exists ? found : LeafPage.lowerBound(page, key);
        places[index] = exists ? place : ~place;
        if (exists) {
            if (LeafPage.isLarge(page, place)) {
                return false;
            }
            newUsed -= LeafPage.rawValueLength(page, place);
        }
        if (value == null) {
            return !exists || planDeletion(place, count);
        }
        if (value.length > LeafPage.INLINE_VALUE_BYTES_MAX) {
            return false;
        }
        changed = true;
        newUsed += value.length;
        return exists || planInsert(key, place);
    }

    /// Without its first or last key, the leaf could share a longer prefix.
    private boolean planDeletion(int place, int count) {
        changed = true;
        newCount--;
        newUsed -= LeafPage.ENTRY_OVERHEAD_BYTES + LeafPage.suffixLength(page, place);
        return place > 0 && place < count - 1;
    }

    private boolean planInsert(byte[] key, int place) {
        int prefixLength = PageFormat.prefixLength(page);
        int prefixStart = LeafPage.prefixStart(page);
        boolean sharesPrefix =
                key.length >= prefixLength
                        && Arrays.equals(
                                page,
                                prefixStart,
                                prefixStart + prefixLength,
                                key,
                                0,
                                prefixLength);
        int newIndex = place + newCount - PageFormat.entries(page);
        if (insertCount == 0) {
            firstInsert = newIndex;
        }
        lastInsert = newIndex;
        insertCount++;
        newCount++;
        newUsed += LeafPage.ENTRY_OVERHEAD_BYTES + key.length - prefixLength;
        return sharesPrefix;
    }

    /// Whether the planned changes change anything.
    boolean changesAnything() {
        return changed;
    }

    /// Makes the leaf that was planned.
    byte[] write(PageLedger ledger) {
        int count = PageFormat.entries(page);
        int prefixLength = PageFormat.prefixLength(page);
        target = ledger.newPage(1);
        PageFormat.writeHeader(target, PageFormat.KIND_LEAF, 0, newCount, ledger.sequence());
        PageFormat.writeLayout(target, prefixLength, newUsed);
        if (insertCount > 0 && lastInsert - firstInsert + 1 == insertCount) {
            PageFormat.writeInsertPosition(target, lastInsert);
        }
        targetIndex = 0;
        targetPosition = LeafPage.prefixStart(target);
        System.arraycopy(page, LeafPage.prefixStart(page), target, targetPosition, prefixLength);
        targetPosition += prefixLength;
        int position = 0;
        for (int index = 0; index < placeCount; index++) {
            boolean exists = places[index] >= 0;
            int place = exists ? places[index] : ~places[index];
            keep(position, place, count);
            position = exists ? place + 1 : place;
            byte[] value = changes.value(from + index);
            if (value != null) {
                put(changes.key(from + index), prefixLength, value);
            }
        }
        keep(position, count, count);
        Arrays.fill(target, targetPosition, target.length, (byte) 0);
        return target;
    }

    private void keep(int start, int end, int count) {
        if (start == end) {
            return;
        }
        int bytesStart = LeafPage.keyStart(page, start);
        int bytesEnd = end < count ? LeafPage.keyStart(page, end) : PageFormat.used(page);
        System.arraycopy(page, bytesStart, target, targetPosition, bytesEnd - bytesStart);
        System.arraycopy(
                page,
                LeafPage.tagsStart(page) + start,
                target,
                LeafPage.tagsStart(target) + targetIndex,
                end - start);
        System.arraycopy(
                page,
                LeafPage.fingerprintsStart(page) + start,
                target,
                LeafPage.fingerprintsStart(target) + targetIndex,
                end - start);
        LeafPage.copySlots(page, start, end, target, targetIndex, targetPosition - bytesStart);
        targetIndex += end - start;
        targetPosition += bytesEnd - bytesStart;
    }

    private void put(byte[] key, int prefixLength, byte[] value) {
        int suffixLength = key.length - prefixLength;
        LeafPage.setSlot(target, targetIndex, targetPosition, suffixLength, value.length);
        target[LeafPage.tagsStart(target) + targetIndex] =
                value.length == 0 ? LeafPage.NO_TAG : value[0];
        target[LeafPage.fingerprintsStart(target) + targetIndex] =
                LeafFingerprints.of(key, 0, key.length);
        System.arraycopy(key, prefixLength, target, targetPosition, suffixLength);
        System.arraycopy(value, 0, target, targetPosition + suffixLength, value.length);
        targetIndex++;
        targetPosition += suffixLength + value.length;
    }
}
