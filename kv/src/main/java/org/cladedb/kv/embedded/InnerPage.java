package org.cladedb.kv.embedded;

import java.util.Arrays;
import org.cladedb.common.BigEndian;

/// Reads an inner page where it stands.
///
/// Child `i` holds the keys from separator `i` (inclusive) to separator `i + 1`; the first child
/// has no separator, whatever is below the second belongs to it. After the header come a `long`
/// reference per child, then a `long` per child that says which tags occur below it, then a slot
/// `short offset, short suffix length` per child.
final class InnerPage {
    static final int CHILD_BYTES = 20;
    private static final int SLOT_BYTES = 4;

    private InnerPage() {}

    static long child(byte[] page, int index) {
        return BigEndian.getLong(page, PageFormat.HEADER_BYTES + index * 8);
    }

    /// What occurs below child `index`, as a [TagSet].
    static long tags(byte[] page, int index) {
        int count = PageFormat.entries(page);
        return BigEndian.getLong(page, PageFormat.HEADER_BYTES + (count + index) * 8);
    }

    static void setChild(byte[] page, int count, int index, long reference, long tags) {
        BigEndian.putLong(page, PageFormat.HEADER_BYTES + index * 8, reference);
        BigEndian.putLong(page, PageFormat.HEADER_BYTES + (count + index) * 8, tags);
    }

    static void setSlot(byte[] page, int count, int index, int start, int length) {
        int slot = slot(count, index);
        BigEndian.putShort(page, slot, start);
        BigEndian.putShort(page, slot + 2, length);
    }

    private static int slot(int count, int index) {
        return PageFormat.HEADER_BYTES + count * 16 + index * SLOT_BYTES;
    }

    static int suffixStart(byte[] page, int count, int index) {
        return BigEndian.getUnsignedShort(page, slot(count, index));
    }

    static int suffixLength(byte[] page, int count, int index) {
        return BigEndian.getUnsignedShort(page, slot(count, index) + 2);
    }

    static int prefixStart(int count) {
        return PageFormat.HEADER_BYTES + count * CHILD_BYTES;
    }

    /// The child that `key` belongs to.
    static int childFor(byte[] page, byte[] key) {
        int count = PageFormat.entries(page);
        int prefixLength = PageFormat.prefixLength(page);
        int order = LeafPage.comparePrefix(page, prefixStart(count), prefixLength, key);
        if (order != 0) {
            return order > 0 ? 0 : count - 1;
        }
        int low = 1;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compareSuffix(page, count, middle, key, prefixLength) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static int compareSuffix(
            byte[] page, int count, int index, byte[] key, int prefixLength) {
        int slot = slot(count, index);
        int start = BigEndian.getUnsignedShort(page, slot);
        int length = BigEndian.getUnsignedShort(page, slot + 2);
        return Arrays.compareUnsigned(page, start, start + length, key, prefixLength, key.length);
    }

    /// Separator `index`, which must not be 0.
    static byte[] separator(byte[] page, int index) {
        int count = PageFormat.entries(page);
        int prefixLength = PageFormat.prefixLength(page);
        int slot = slot(count, index);
        int start = BigEndian.getUnsignedShort(page, slot);
        int length = BigEndian.getUnsignedShort(page, slot + 2);
        byte[] separator = new byte[prefixLength + length];
        System.arraycopy(page, prefixStart(count), separator, 0, prefixLength);
        System.arraycopy(page, start, separator, prefixLength, length);
        return separator;
    }
}
