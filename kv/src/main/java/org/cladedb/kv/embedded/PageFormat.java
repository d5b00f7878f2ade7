package org.cladedb.kv.embedded;

import java.util.zip.CRC32C;
import org.cladedb.common.BigEndian;

/// What all pages have in common: the header, its checksum, and keys cut by a shared prefix.
///
/// ```
///   0  int    CRC32C of all that follows
///   4  byte   kind                     5  byte   level (leaves: 0)
///   6  short  entries                  8  long   first block of the page
///  16  long   commit that made it     24  short  length of the shared key prefix
///  26  short  entry inserted last     28  int    bytes in use
///  32  slots, then the prefix, then the entries in key order
/// ```
final class PageFormat {
    static final int HEADER_BYTES = 32;
    static final int KIND_LEAF = 1;
    static final int KIND_INNER = 2;
    static final int KIND_VALUE = 3;
    static final int KIND_FREE_SPACE = 4;
    static final int NO_INSERT_POSITION = 0xFFFF;

    private static final int CHECKSUM_AT = 0;
    private static final int KIND_AT = 4;
    private static final int LEVEL_AT = 5;
    private static final int ENTRIES_AT = 6;
    private static final int BLOCK_AT = 8;
    private static final int BIRTH_AT = 16;
    private static final int PREFIX_LENGTH_AT = 24;
    private static final int INSERT_POSITION_AT = 26;
    private static final int USED_AT = 28;

    private PageFormat() {}

    static int kind(byte[] page) {
        return page[KIND_AT];
    }

    /// Steps down to the leaves.
    static int level(byte[] page) {
        return page[LEVEL_AT];
    }

    static int entries(byte[] page) {
        return BigEndian.getUnsignedShort(page, ENTRIES_AT);
    }

    static long block(byte[] page) {
        return BigEndian.getLong(page, BLOCK_AT);
    }

    /// The sequence of the commit that made the page.
    static long birth(byte[] page) {
        return BigEndian.getLong(page, BIRTH_AT);
    }

    static int prefixLength(byte[] page) {
        return BigEndian.getUnsignedShort(page, PREFIX_LENGTH_AT);
    }

    /// Where the last single insert went, or [#NO_INSERT_POSITION].
    static int insertPosition(byte[] page) {
        return BigEndian.getUnsignedShort(page, INSERT_POSITION_AT);
    }

    static int used(byte[] page) {
        return BigEndian.getInt(page, USED_AT);
    }

    static void writeHeader(byte[] page, int kind, int level, int entries, long birth) {
        page[KIND_AT] = (byte) kind;
        page[LEVEL_AT] = (byte) level;
        BigEndian.putShort(page, ENTRIES_AT, entries);
        BigEndian.putLong(page, BIRTH_AT, birth);
        BigEndian.putShort(page, INSERT_POSITION_AT, NO_INSERT_POSITION);
    }

    static void writeLayout(byte[] page, int prefixLength, int used) {
        BigEndian.putShort(page, PREFIX_LENGTH_AT, prefixLength);
        BigEndian.putInt(page, USED_AT, used);
    }

    static void writeInsertPosition(byte[] page, int position) {
        BigEndian.putShort(page, INSERT_POSITION_AT, position);
    }

    static void writeBlock(byte[] page, long block) {
        BigEndian.putLong(page, BLOCK_AT, block);
    }

    static void writeBirth(byte[] page, long birth) {
        BigEndian.putLong(page, BIRTH_AT, birth);
    }

    /// Fills in the checksum; the page is complete afterwards.
    static void seal(byte[] page) {
        BigEndian.putInt(page, CHECKSUM_AT, checksum(page));
    }

    static boolean isIntact(byte[] page, long block) {
        return BigEndian.getInt(page, CHECKSUM_AT) == checksum(page) && block(page) == block;
    }

    private static int checksum(byte[] page) {
        CRC32C checksum = new CRC32C();
        checksum.update(page, KIND_AT, page.length - KIND_AT);
        return (int) checksum.getValue();
    }
}
