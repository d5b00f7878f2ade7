package org.cladedb.kv.embedded;

import org.cladedb.common.BigEndian;

/// One byte of hash for each key of a leaf, side by side: a key is found by looking at them eight
/// at a time and then at the one entry meant, where a binary search touches half a dozen entries,
/// each in a cache line of its own.
///
/// The idea is from Oukid et al., "FPTree: A Hybrid SCM-DRAM Persistent and Concurrent B-Tree for
/// Storage Class Memory" (SIGMOD 2016).
final class LeafFingerprints {
    private static final long EACH_LOW_BIT = 0x0101010101010101L;
    private static final long EACH_LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private LeafFingerprints() {}

    /// The fingerprint of the key that stands in `array`.
    static byte of(byte[] array, int from, int length) {
        long hash = length;
        int at = from;
        int end = from + length;
        while (at + Long.BYTES <= end) {
            hash = mix(hash, BigEndian.getLong(array, at));
            at += Long.BYTES;
        }
        long rest = 0;
        while (at < end) {
            rest = rest << Byte.SIZE | Byte.toUnsignedLong(array[at]);
            at++;
        }
        return (byte) (mix(hash, rest) >>> (Long.SIZE - Byte.SIZE));
    }

    private static long mix(long hash, long word) {
        long product = (hash ^ word) * MULTIPLIER;
        return product ^ product >>> Integer.SIZE;
    }

    /// The index of `key` in a leaf, or -1.
    static int find(byte[] page, byte[] key) {
        int start = LeafPage.fingerprintsStart(page);
        int count = PageFormat.entries(page);
        byte wanted = of(key, 0, key.length);
        long pattern = EACH_LOW_BIT * Byte.toUnsignedLong(wanted);
        int index = 0;
        while (index + Long.BYTES <= count) {
            long matches = zeroBytes(BigEndian.getLong(page, start + index) ^ pattern);
            while (matches != 0) {
                int candidate = index + Long.numberOfLeadingZeros(matches) / Byte.SIZE;
                if (LeafPage.isKey(page, candidate, key)) {
                    return candidate;
                }
                matches &= ~Long.highestOneBit(matches);
            }
            index += Long.BYTES;
        }
        while (index < count) {
            if (page[start + index] == wanted && LeafPage.isKey(page, index, key)) {
                return index;
            }
            index++;
        }
        return -1;
    }

    /// The highest bit of each byte that is zero.
    private static long zeroBytes(long word) {
        return ~((word & EACH_LOW_BITS) + EACH_LOW_BITS | word | EACH_LOW_BITS);
    }
}
