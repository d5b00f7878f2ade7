package org.cladedb.kv.embedded;

import java.util.Arrays;
import org.cladedb.common.BigEndian;

/// Reads a leaf where it stands, without objects.
///
/// A slot is `short offset, short suffix length, short value length`; the value follows the key's
/// suffix. A value length of [#LARGE] stands for a value in blocks of its own: `long reference, int
/// length, long commit that made it`. Behind the slots stands a tag for each entry, the first byte
/// of its value, so that a scan for some tags touches nothing else of the entries it passes over;
/// then a fingerprint for each key ([LeafFingerprints]).
final class LeafPage {
    static final int SLOT_BYTES = 6;
    static final int TAG_BYTES = 1;
    static final int FINGERPRINT_BYTES = 1;

    /// What an entry takes besides its key and value.
    static final int ENTRY_OVERHEAD_BYTES = SLOT_BYTES + TAG_BYTES + FINGERPRINT_BYTES;

    /// The tag of values that are empty or large: no scan leaves them out.
    static final byte NO_TAG = (byte) 0xFF;

    static final int LARGE = 0xFFFF;
    static final int LARGE_REFERENCE_BYTES = 20;

    /// Longer values get blocks of their own.
    static final int INLINE_VALUE_BYTES_MAX = PageReference.BLOCK_BYTES / 4;

    private LeafPage() {}

    static int keyStart(byte[] page, int index) {
        return BigEndian.getUnsignedShort(page, PageFormat.HEADER_BYTES + index * SLOT_BYTES);
    }

    static int suffixLength(byte[] page, int index) {
        return BigEndian.getUnsignedShort(page, PageFormat.HEADER_BYTES + index * SLOT_BYTES + 2);
    }

    static boolean isLarge(byte[] page, int index) {
        return rawValueLength(page, index) == LARGE;
    }

    /// The bytes that the value, or the reference to it, takes in the page.
    static int storedValueLength(byte[] page, int index) {
        int length = rawValueLength(page, index);
        return length == LARGE ? LARGE_REFERENCE_BYTES : length;
    }

    static int rawValueLength(byte[] page, int index) {
        return BigEndian.getUnsignedShort(page, PageFormat.HEADER_BYTES + index * SLOT_BYTES + 4);
    }

    static void setSlot(byte[] page, int index, int start, int suffixLength, int valueLength) {
        int slot = PageFormat.HEADER_BYTES + index * SLOT_BYTES;
        BigEndian.putShort(page, slot, start);
        BigEndian.putShort(page, slot + 2, suffixLength);
        BigEndian.putShort(page, slot + 4, valueLength);
    }

    /// Copies the slots `start` to `end` to another page, where their entries lie `shift` bytes
    /// further on.
    static void copySlots(byte[] page, int start, int end, byte[] target, int at, int shift) {
        int from = PageFormat.HEADER_BYTES + start * SLOT_BYTES;
        int to = PageFormat.HEADER_BYTES + at * SLOT_BYTES;
        int length = (end - start) * SLOT_BYTES;
        System.arraycopy(page, from, target, to, length);
        for (int slot = to; slot < to + length; slot += SLOT_BYTES) {
            BigEndian.putShort(target, slot, BigEndian.getUnsignedShort(target, slot) + shift);
        }
    }

    static int valueStart(byte[] page, int index) {
        return keyStart(page, index) + suffixLength(page, index);
    }

    static int tagsStart(byte[] page) {
        return PageFormat.HEADER_BYTES + PageFormat.entries(page) * SLOT_BYTES;
    }

    static int fingerprintsStart(byte[] page) {
        return PageFormat.HEADER_BYTES + PageFormat.entries(page) * (SLOT_BYTES + TAG_BYTES);
    }

    static int prefixStart(byte[] page) {
        return PageFormat.HEADER_BYTES + PageFormat.entries(page) * ENTRY_OVERHEAD_BYTES;
    }

    /// The index of the first entry at or after `key`.
    static int lowerBound(byte[] page, byte[] key) {
        int count = PageFormat.entries(page);
        int prefixLength = PageFormat.prefixLength(page);
        int order = comparePrefix(page, prefixStart(page), prefixLength, key);
        if (order != 0) {
            return order > 0 ? 0 : count;
        }
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compareSuffix(page, middle, key, prefixLength) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Whether `key` is the key of entry `index`.
    static boolean isKey(byte[] page, int index, byte[] key) {
        int prefixLength = PageFormat.prefixLength(page);
        return key.length == prefixLength + suffixLength(page, index)
                && compareSuffix(page, index, key, prefixLength) == 0
                && comparePrefix(page, prefixStart(page), prefixLength, key) == 0;
    }

    /// Compares the key of entry `index` with `key`.
    static int compare(byte[] page, int index, byte[] key) {
        int prefixLength = PageFormat.prefixLength(page);
        int order = comparePrefix(page, prefixStart(page), prefixLength, key);
        return order != 0 ? order : compareSuffix(page, index, key, prefixLength);
    }

    private static int compareSuffix(byte[] page, int index, byte[] key, int prefixLength) {
        int start = keyStart(page, index);
        return Arrays.compareUnsigned(
                page, start, start + suffixLength(page, index), key, prefixLength, key.length);
    }

    /// Zero when `key` starts with the page's prefix; otherwise how the page's keys compare with
    /// it.
    static int comparePrefix(byte[] page, int prefixStart, int prefixLength, byte[] key) {
        int common = Math.min(prefixLength, key.length);
        int order = Arrays.compareUnsigned(page, prefixStart, prefixStart + common, key, 0, common);
        return order != 0 || key.length >= prefixLength ? order : 1;
    }

    static byte[] copyKey(byte[] page, int index) {
        byte[] key = new byte[PageFormat.prefixLength(page) + suffixLength(page, index)];
        copyKey(page, index, key, 0);
        return key;
    }

    /// Writes the whole key of entry `index` to `target` and returns its length.
    static int copyKey(byte[] page, int index, byte[] target, int at) {
        int prefixLength = PageFormat.prefixLength(page);
        int suffixLength = suffixLength(page, index);
        System.arraycopy(page, prefixStart(page), target, at, prefixLength);
        System.arraycopy(page, keyStart(page, index), target, at + prefixLength, suffixLength);
        return prefixLength + suffixLength;
    }
}
