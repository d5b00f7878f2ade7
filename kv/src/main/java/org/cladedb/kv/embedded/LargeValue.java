package org.cladedb.kv.embedded;

import org.cladedb.common.BigEndian;

/// What a leaf stores in place of a value that has blocks of its own.
///
/// @param reference the run of blocks
/// @param length bytes of the value
/// @param birth the commit that made it
record LargeValue(long reference, int length, long birth) {
    static LargeValue read(byte[] array, int offset) {
        return new LargeValue(
                BigEndian.getLong(array, offset),
                BigEndian.getInt(array, offset + 8),
                BigEndian.getLong(array, offset + 12));
    }

    byte[] toBytes() {
        byte[] bytes = new byte[LeafPage.LARGE_REFERENCE_BYTES];
        BigEndian.putLong(bytes, 0, reference);
        BigEndian.putInt(bytes, 8, length);
        BigEndian.putLong(bytes, 12, birth);
        return bytes;
    }

    /// The page that holds `value`, without its block and checksum.
    static byte[] page(byte[] value, long birth) {
        int blocks = PageReference.blocksFor((long) PageFormat.HEADER_BYTES + value.length);
        byte[] page = new byte[Math.multiplyExact(blocks, PageReference.BLOCK_BYTES)];
        PageFormat.writeHeader(page, PageFormat.KIND_VALUE, 0, 0, birth);
        PageFormat.writeLayout(page, 0, PageFormat.HEADER_BYTES + value.length);
        System.arraycopy(value, 0, page, PageFormat.HEADER_BYTES, value.length);
        return page;
    }
}
