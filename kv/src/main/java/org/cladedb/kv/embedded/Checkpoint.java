package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.kv.io.StoreFile;

/// Makes the log up to now unnecessary: all pages of one version to the file, then a header that
/// refers to them, then the log segments before it are removed.
///
/// Commits go on meanwhile; they wait only while the version is chosen. One checkpoint runs at a
/// time.
final class Checkpoint {
    /// What is settled in the moment the version is chosen, while no commit is applied.
    private record Start(
            Versions.Pinned pinned, long logSegment, BitSet freeBlocks, int endBlock) {}

    private final StoreFile file;
    private final PageStore pages;
    private final Versions versions;
    private final CommitLog log;
    private final LogFiles logFiles;
    // The store's: while it is held no commit is applied.
    private final ReentrantLock applying;
    // Guards the fields below: one checkpoint at a time.
    private final ReentrantLock guard = new ReentrantLock();
    private DataHeader current;
    private Versions.Pinned currentVersion;

    /// @param current the newest durable header
    Checkpoint(
            StoreFile file,
            PageStore pages,
            Versions versions,
            CommitLog log,
            LogFiles logFiles,
            ReentrantLock applying,
            DataHeader current,
            Versions.Pinned currentVersion) {
        this.file = file;
        this.pages = pages;
        this.versions = versions;
        this.log = log;
        this.logFiles = logFiles;
        this.applying = applying;
        this.current = current;
        this.currentVersion = currentVersion;
    }

    /// Runs a checkpoint even if nothing was committed since the last.
    void runAlways() throws IOException {
        guard.lock();
        try {
            runLocked(begin());
        } finally {
            guard.unlock();
        }
    }

    /// Runs a checkpoint unless nothing was committed since the last.
    void run() throws IOException {
        guard.lock();
        try {
            if (versions.applied().sequence() > current.sequence()) {
                runLocked(begin());
            }
        } finally {
            guard.unlock();
        }
    }

    /// Where the durable list of free space is.
    long freeSpaceReference() {
        guard.lock();
        try {
            return current.freeSpace();
        } finally {
            guard.unlock();
        }
    }

    private Start begin() {
        // Most pages are written now, so that little is left for the moment after.
        pages.writeDirty();
        applying.lock();
        try {
            Versions.Pinned pinned = versions.pinApplied();
            // In this order: a page that is freed in between is seen twice, not missed.
            List<VersionPins.RetiredPage> retained = versions.retained();
            BitSet freeBlocks = pages.freeBlocks();
            int endBlock = pages.endBlock();
            for (VersionPins.RetiredPage page : retained) {
                int block = (int) PageReference.block(page.reference());
                freeBlocks.set(block, block + PageReference.blocks(page.reference()));
            }
            if (current.freeSpace() != PageReference.NONE) {
                int block = (int) PageReference.block(current.freeSpace());
                freeBlocks.set(block, block + PageReference.blocks(current.freeSpace()));
            }
            long segment = log.rotate(pinned.version().sequence());
            return new Start(pinned, segment, freeBlocks, endBlock);
        } finally {
            applying.unlock();
        }
    }

    private void runLocked(Start start) throws IOException {
        pages.writeDirty();
        log.flush();
        DataHeader next = writeFreeSpace(start);
        file.sync();
        DataFile.writeHeader(file, next);
        file.sync();
        logFiles.deleteBefore(start.logSegment);
        if (current.freeSpace() != PageReference.NONE) {
            pages.free(current.freeSpace());
        }
        versions.unpin(currentVersion.pin());
        current = next;
        currentVersion = start.pinned;
    }

    /// Writes the list of blocks that the version does not use, and returns the header.
    private DataHeader writeFreeSpace(Start start) {
        BitSet free = start.freeBlocks;
        // The list's own place is taken from free blocks, which may lengthen it by one run.
        int estimate = FreeSpace.encode(free).length + 32;
        int blocks = PageReference.blocksFor((long) PageFormat.HEADER_BYTES + estimate);
        long reference = pages.allocate(blocks);
        int first = (int) PageReference.block(reference);
        int end = Math.max(start.endBlock, first + blocks);
        free.set(start.endBlock, end);
        free.clear(first, first + blocks);
        byte[] list = FreeSpace.encode(free);
        byte[] page = new byte[blocks * PageReference.BLOCK_BYTES];
        long sequence = start.pinned.version().sequence();
        PageFormat.writeHeader(page, PageFormat.KIND_FREE_SPACE, 0, 0, sequence);
        PageFormat.writeLayout(page, 0, PageFormat.HEADER_BYTES + list.length);
        System.arraycopy(list, 0, page, PageFormat.HEADER_BYTES, list.length);
        pages.write(reference, page);
        return new DataHeader(
                current.checkpoint() + 1,
                sequence,
                start.pinned.version().root(),
                reference,
                list.length,
                end,
                start.logSegment);
    }
}
