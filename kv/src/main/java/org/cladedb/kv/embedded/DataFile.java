package org.cladedb.kv.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// The file of pages: making it, and its header blocks.
final class DataFile {
    static final String NAME = "pages.db";
    private static final String NEW_NAME = "pages.new";

    private DataFile() {}

    /// Makes an empty store in `directory` if there is none. A crash half-way leaves nothing that
    /// the next attempt does not overwrite.
    static void createIfMissing(FileSystem fileSystem, Path directory, LogFiles log)
            throws IOException {
        if (fileSystem.exists(directory.resolve(NAME))) {
            return;
        }
        for (long number : log.numbers()) {
            requireFromFirstStart(log, number);
        }
        long store = fileSystem.uniqueNumber();
        log.create(new LogFormat.SegmentHeader(1, 1, 1, store)).close();
        try (StoreFile file = fileSystem.open(directory.resolve(NEW_NAME))) {
            for (int checkpoint = 0; checkpoint < DataHeader.SLOTS; checkpoint++) {
                DataHeader header =
                        new DataHeader(
                                checkpoint,
                                0,
                                PageReference.NONE,
                                PageReference.NONE,
                                0,
                                DataHeader.SLOTS,
                                1,
                                store);
                writeHeader(file, header);
            }
            file.sync();
        }
        fileSystem.rename(directory.resolve(NEW_NAME), directory.resolve(NAME));
        fileSystem.syncDirectory(directory);
    }

    /// A first start that was cut short leaves an empty first segment and nothing else.
    private static void requireFromFirstStart(LogFiles log, long number) throws IOException {
        try (StoreFile file = log.open(number)) {
            if (number != 1 || file.size() > LogFormat.SEGMENT_HEADER_BYTES) {
                throw new CorruptionException(
                        "the file " + NAME + " is missing although there is a log");
            }
        }
    }

    static void writeHeader(StoreFile file, DataHeader header) throws IOException {
        byte[] block = header.toBlock();
        file.write((long) header.slot() * PageReference.BLOCK_BYTES, block, 0, block.length);
    }

    /// The newest sound header.
    static DataHeader readHeader(StoreFile file) throws IOException {
        DataHeader newest = null;
        for (int slot = 0; slot < DataHeader.SLOTS; slot++) {
            DataHeader header = readHeader(file, slot);
            boolean isNewer =
                    header != null && (newest == null || header.checkpoint() > newest.checkpoint());
            newest = isNewer ? header : newest;
        }
        if (newest == null) {
            throw new CorruptionException("both headers are damaged: file " + NAME + ", offset 0");
        }
        return newest;
    }

    /// The newest sound header, which must be the newest there is.
    ///
    /// @throws CorruptionException the newest is damaged
    static DataHeader readHeader(StoreFile file, LogFiles log) throws IOException {
        DataHeader newest = readHeader(file);
        // The log that the header before needs is removed when the newest is written.
        if (!log.numbers().contains(newest.logSegment())) {
            for (int slot = 0; slot < DataHeader.SLOTS; slot++) {
                if (readHeader(file, slot) == null) {
                    throw new CorruptionException(
                            "the newest header is damaged: file %s, offset %d"
                                    .formatted(NAME, (long) slot * PageReference.BLOCK_BYTES));
                }
            }
        }
        return newest;
    }

    /// One header, or null when it cannot be read.
    static @Nullable DataHeader readHeader(StoreFile file, int slot) throws IOException {
        byte[] block = new byte[PageReference.BLOCK_BYTES];
        file.read((long) slot * PageReference.BLOCK_BYTES, block, 0, block.length);
        return DataHeader.read(block, slot, NAME);
    }

    /// The blocks that were free at the checkpoint.
    ///
    /// @throws CorruptionException the list of them is damaged
    static BitSet readFreeBlocks(StoreFile file, DataHeader header) throws IOException {
        if (header.freeSpace() == PageReference.NONE) {
            return new BitSet();
        }
        long block = PageReference.block(header.freeSpace());
        byte[] page = new byte[PageReference.byteCount(header.freeSpace())];
        int count = file.read(block * PageReference.BLOCK_BYTES, page, 0, page.length);
        int end = PageFormat.HEADER_BYTES + header.freeSpaceBytes();
        boolean sound =
                count == page.length
                        && PageFormat.isIntact(page, block)
                        && PageFormat.kind(page) == PageFormat.KIND_FREE_SPACE
                        && PageFormat.birth(page) == header.sequence()
                        && end <= page.length;
        if (!sound) {
            throw new CorruptionException(
                    "damaged list of free space: file %s, offset %d"
                            .formatted(NAME, block * PageReference.BLOCK_BYTES));
        }
        try {
            return FreeSpace.decode(page, PageFormat.HEADER_BYTES, end, header.endBlock());
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new CorruptionException(
                    "malformed list of free space: file %s, offset %d"
                            .formatted(NAME, block * PageReference.BLOCK_BYTES),
                    e);
        }
    }
}
