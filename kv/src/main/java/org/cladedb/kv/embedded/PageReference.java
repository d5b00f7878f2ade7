package org.cladedb.kv.embedded;

/// Where a page or a large value is: a run of blocks, packed into a long.
///
/// ```
///   bit 62..55 and 7..1  birth     54..24  first block     23..8  blocks - 1     0  large values below
/// ```
///
/// The flag tells, without reading the page, that a leaf below refers to blocks of its own. The
/// lowest 15 bits of the page's birth tell it from a page that was there before: a disk that forgot
/// to write shows that one, with everything right about it.
final class PageReference {
    static final int BLOCK_BYTES = 8192;

    /// No page: an empty tree. Blocks 0 and 1 hold headers, so no page has this reference.
    static final long NONE = 0;

    /// The lowest bits, which do not say where the page is.
    static final int FLAG_BITS = 8;

    private static final int FLAG_LARGE_VALUES = 1;
    private static final long BIRTH_BITS = 0xFFL << 55 | 0x7FL << 1;
    private static final int BLOCKS_MAX = 1 << 16;

    private PageReference() {}

    static long of(int block, int blocks, long birth) {
        if (blocks < 1 || blocks > BLOCKS_MAX) {
            throw new IllegalArgumentException("a run of " + blocks + " blocks");
        }
        return (long) block << 24 | (long) (blocks - 1) << 8 | birthBits(birth);
    }

    private static long birthBits(long birth) {
        return (birth & 0xFF) << 55 | (birth >>> 8 & 0x7F) << 1;
    }

    /// Whether a page that was made by the commit `birth` can be the one that is meant.
    static boolean mayBeOf(long reference, long birth) {
        return (reference & BIRTH_BITS) == birthBits(birth);
    }

    static long withLargeValues(long reference) {
        return reference | FLAG_LARGE_VALUES;
    }

    static boolean hasLargeValues(long reference) {
        return (reference & FLAG_LARGE_VALUES) != 0;
    }

    static int block(long reference) {
        return (int) (reference >>> 24) & 0x7FFFFFFF;
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
