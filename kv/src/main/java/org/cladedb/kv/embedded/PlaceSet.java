package org.cladedb.kv.embedded;

import java.util.Arrays;

/// A set of places of pages (see [PageLedger#place]), which are not zero. Only [#reserve] takes
/// memory, so that what was begun can be undone when there is none. Not thread-safe.
final class PlaceSet {
    private static final long HASH = 0x9E3779B97F4A7C15L;

    // Open addressing with linear probing; zero is no place. At most half full.
    private long[] slots = new long[16];
    private int shift = Long.SIZE - 4;
    private int size;

    int size() {
        return size;
    }

    /// Makes room for so many more.
    void reserve(int more) {
        int length = slots.length;
        int shorter = 0;
        while (size + more > length / 2) {
            length = Math.multiplyExact(length, 2);
            shorter++;
        }
        if (shorter == 0) {
            return;
        }
        long[] before = slots;
        slots = new long[length];
        shift -= shorter;
        for (long place : before) {
            if (place != 0) {
                slots[find(place)] = place;
            }
        }
    }

    /// Adds a place, for which [#reserve] made room.
    void add(long place) {
        int slot = find(place);
        if (slots[slot] == 0) {
            slots[slot] = place;
            size++;
        }
    }

    boolean contains(long place) {
        return slots[find(place)] != 0;
    }

    /// Returns whether the place was in the set.
    boolean remove(long place) {
        int gap = find(place);
        if (slots[gap] == 0) {
            return false;
        }
        int mask = slots.length - 1;
        // Whoever probed past the gap moves up.
        for (int slot = gap + 1 & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            int home = home(slots[slot]);
            if ((slot - home & mask) >= (slot - gap & mask)) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
        size--;
        return true;
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    /// The first index at or after `from` with a place, or -1: so, from 0 on, all places are come
    /// by while the set does not change. Takes no memory, as a callback might.
    int next(int from) {
        for (int index = from; index < slots.length; index++) {
            if (slots[index] != 0) {
                return index;
            }
        }
        return -1;
    }

    /// The place at an index that [#next] gave.
    long at(int index) {
        return slots[index];
    }

    /// Where the place is, or would be.
    private int find(long place) {
        int mask = slots.length - 1;
        int slot = home(place);
        while (slots[slot] != 0 && slots[slot] != place) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(long place) {
        return (int) ((place * HASH) >>> shift);
    }
}
