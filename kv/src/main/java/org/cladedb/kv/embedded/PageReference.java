package org.cladedb.kv.embedded;

/// Where a page or a large value is: a run of blocks, packed into a long.
///
/// ```
///   bit 62..24  first block     bit 23..8  blocks - 1     bit 0  large values below
/// ```
///
/// The flag tells, without reading the page, that a leaf below refers to blocks of its own.
final class PageReference {
    static final int BLOCK_BYTES = 8192;

    /// No page: an empty tree. Blocks 0 and 1 hold headers, so no page has this reference.
    static final long NONE = 0;

    /// The lowest bits, which do not say where the page is.
    static final int FLAG_BITS = 8;

    private static final int FLAG_LARGE_VALUES = 1;
    private static final int BLOCKS_MAX = 1 << 16;

    private PageReference() {}

    static long of(long block, int blocks) {
        if (blocks < 1 || blocks > BLOCKS_MAX) {
            throw new IllegalArgumentException("a run of " + blocks + " blocks");
        }
        return block << 24 | (long) (blocks - 1) << 8;
    }

    static long withLargeValues(long reference) {
        return reference | FLAG_LARGE_VALUES;
    }

    static boolean hasLargeValues(long reference) {
        return (reference & FLAG_LARGE_VALUES) != 0;
    }

    static long block(long reference) {
        return reference >>> 24;
    }

    static int blocks(long reference) {
        return (int) (reference >>> 8 & 0xFFFF) + 1;
    }

    static int byteCount(long reference) {
        return blocks(reference) * BLOCK_BYTES;
    }

    static int blocksFor(long bytes) {
        return Math.toIntExact((bytes + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }
}
