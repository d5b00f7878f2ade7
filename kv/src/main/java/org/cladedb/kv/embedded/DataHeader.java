package org.cladedb.kv.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.CorruptionException;
import org.jspecify.annotations.Nullable;

/// What a checkpoint leaves in the data file: where the tree is, and where the log goes on.
///
/// Checkpoint `n` writes block `n % 2`, so that the header before it survives a torn write.
///
/// ```
///   0 "CLADEKV\n"   8 int format version   12 int CRC32C of the block without these 4 bytes
///  16 int block bytes   20 int blocks of the file   24 long checkpoint   32 long sequence
///  40 long root   48 long run of the free space list   56 int its bytes   60 int 0
///  64 long log segment that begins after `sequence`                 72 long number of the store
/// ```
record DataHeader(
        long checkpoint,
        long sequence,
        long root,
        long freeSpace,
        int freeSpaceBytes,
        int endBlock,
        long logSegment,
        long store) {
    static final int SLOTS = 2;
    static final int FORMAT_VERSION = 5;

    private static final byte[] MAGIC = "CLADEKV\n".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_AT = 8;
    private static final int CHECKSUM_AT = 12;

    /// The block of the data file that this header belongs in.
    int slot() {
        return (int) (checkpoint % SLOTS);
    }

    byte[] toBlock() {
        byte[] block = new byte[PageReference.BLOCK_BYTES];
        System.arraycopy(MAGIC, 0, block, 0, MAGIC.length);
        BigEndian.putInt(block, VERSION_AT, FORMAT_VERSION);
        BigEndian.putInt(block, 16, PageReference.BLOCK_BYTES);
        BigEndian.putInt(block, 20, endBlock);
        BigEndian.putLong(block, 24, checkpoint);
        BigEndian.putLong(block, 32, sequence);
        BigEndian.putLong(block, 40, root);
        BigEndian.putLong(block, 48, freeSpace);
        BigEndian.putInt(block, 56, freeSpaceBytes);
        BigEndian.putLong(block, 64, logSegment);
        BigEndian.putLong(block, 72, store);
        BigEndian.putInt(block, CHECKSUM_AT, checksum(block));
        return block;
    }

    /// Reads a header block; null when it is damaged or was never written.
    ///
    /// @throws CorruptionException it is sound but of a format that this version does not know
    static @Nullable DataHeader read(byte[] block, int slot, String fileName) {
        boolean isMarked = Arrays.equals(block, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        if (!isMarked || BigEndian.getInt(block, CHECKSUM_AT) != checksum(block)) {
            return null;
        }
        int version = BigEndian.getInt(block, VERSION_AT);
        if (version != FORMAT_VERSION) {
            throw new CorruptionException(
                    StoreFormat.otherVersion(version, FORMAT_VERSION)
                            + ": file %s, offset %d"
                                    .formatted(
                                            fileName,
                                            (long) slot * PageReference.BLOCK_BYTES + VERSION_AT));
        }
        DataHeader header =
                new DataHeader(
                        BigEndian.getLong(block, 24),
                        BigEndian.getLong(block, 32),
                        BigEndian.getLong(block, 40),
                        BigEndian.getLong(block, 48),
                        BigEndian.getInt(block, 56),
                        BigEndian.getInt(block, 20),
                        BigEndian.getLong(block, 64),
                        BigEndian.getLong(block, 72));
        if (header.checkpoint % SLOTS != slot) {
            return null;
        }
        if (!header.isPlausible(block)) {
            throw new CorruptionException(
                    "malformed header: file %s, offset %d"
                            .formatted(fileName, (long) slot * PageReference.BLOCK_BYTES));
        }
        return header;
    }

    private boolean isPlausible(byte[] block) {
        return BigEndian.getInt(block, 16) == PageReference.BLOCK_BYTES
                && sequence >= 0
                && logSegment > 0
                && endBlock >= SLOTS
                && (root == PageReference.NONE || isInFile(root))
                && (freeSpace == PageReference.NONE || isInFile(freeSpace))
                && freeSpaceBytes >= 0
                && freeSpaceBytes <= PageReference.byteCount(freeSpace);
    }

    private boolean isInFile(long reference) {
        return reference > 0
                && PageReference.block(reference) >= SLOTS
                && (long) PageReference.block(reference) + PageReference.blocks(reference)
                        <= endBlock;
    }

    /// For tests: makes a header block that was changed look sound.
    static void seal(byte[] bytes, int start) {
        byte[] block = Arrays.copyOfRange(bytes, start, start + PageReference.BLOCK_BYTES);
        BigEndian.putInt(bytes, start + CHECKSUM_AT, checksum(block));
    }

    private static int checksum(byte[] block) {
        CRC32C checksum = new CRC32C();
        checksum.update(block, 0, CHECKSUM_AT);
        checksum.update(block, CHECKSUM_AT + 4, block.length - CHECKSUM_AT - 4);
        return (int) checksum.getValue();
    }
}
