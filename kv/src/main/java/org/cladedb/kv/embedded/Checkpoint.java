package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// Makes the log up to now unnecessary: all pages of one version to the file, then a header that
/// refers to them, then the log segments before it are removed.
///
/// Commits go on meanwhile; they wait only while the version is chosen. One checkpoint runs at a
/// time.
final class Checkpoint {
    /// What is settled in the moment the version is chosen, while no commit is applied.
    private record Start(
            Versions.Pinned pinned, long logSegment, BitSet freeBlocks, int endBlock) {}

    /// A checkpoint whose header may be in the file.
    private record Written(Start start, DataHeader header) {}

    /// How often a version is written whose commit cannot be taken back.
    private static final int ATTEMPTS_MAX = 3;

    private final StoreFile file;
    private final PageStore pages;
    private final Versions versions;
    private final CommitLog log;
    private final LogFiles logFiles;
    // The store's: while it is held no commit is applied.
    private final ApplyLock applying;
    // Guards the fields below: one checkpoint at a time.
    private final ReentrantLock guard = new ReentrantLock();
    private DataHeader current;
    private Versions.Pinned currentVersion;
    // Whether a checkpoint failed for another reason than a full disk or the end of memory, or is
    // under way.
    private boolean failed;
    // The header may refer to this version while `current` does not.
    private @Nullable Written unfinished;

    /// @param current the newest durable header
    Checkpoint(
            StoreFile file,
            PageStore pages,
            Versions versions,
            CommitLog log,
            LogFiles logFiles,
            ApplyLock applying,
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
            runLocked();
        } finally {
            guard.unlock();
        }
    }

    /// Runs a checkpoint unless nothing was committed since the last.
    ///
    /// @throws StorageFullException it was given up and can be tried again, as it can when memory
    ///   ran out; after any other failure it cannot
    void run() throws IOException {
        guard.lock();
        try {
            if (versions.applied().sequence() > current.sequence()) {
                runLocked();
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

    /// Applies a commit that is not in the log, and makes it durable before any other is applied:
    /// `apply` is called while none can be. Returns what it returns.
    ///
    /// @param prepare called when no checkpoint is in the way any more, and others still commit
    /// @throws UnavailableException it may or may not be durable
    long commit(Runnable prepare, LongSupplier apply) throws IOException {
        guard.lock();
        try {
            requireNotFailed();
            finishWritten();
            prepare.run();
            long sequence;
            applying.lock();
            try {
                sequence = commitLocked(apply);
            } finally {
                applying.unlock();
            }
            removeOldLog();
            return sequence;
        } finally {
            guard.unlock();
        }
    }

    private long commitLocked(LongSupplier apply) throws IOException {
        long before = versions.applied().sequence();
        boolean durable = false;
        try {
            long sequence = apply.getAsLong();
            // The log goes on with the commits after this one.
            writeApplied(sequence - 1);
            durable = true;
            return sequence;
        } finally {
            if (!durable && versions.applied().sequence() > before) {
                // The log lacks this commit and can take none after it.
                failed = true;
                log.fail(new IOException("a bulk load may not be durable"));
            }
        }
    }

    /// Writes the version that was applied, which cannot be taken back: again if memory or space
    /// ran out.
    private void writeApplied(long logged) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                OutOfMemoryRetry.run(() -> {
                    if (unfinished == null) {
                        unfinished = write(choose(logged));
                    }
                    finishWritten();
                });
                return;
            } catch (StorageFullException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                log.retryIfFull();
            }
        }
    }

    private Start begin() {
        // Most pages are written now, so that little is left for the moment after.
        pages.writeDirtyAndSync();
        applying.lock();
        try {
            return choose(versions.applied().sequence());
        } finally {
            applying.unlock();
        }
    }

    /// Called while no commit is applied.
    ///
    /// @param logged the newest commit in the log
    private Start choose(long logged) {
        Versions.Pinned pinned = versions.pinApplied();
        boolean chosen = false;
        try {
            Start start = choose(pinned, logged);
            chosen = true;
            return start;
        } finally {
            if (!chosen) {
                versions.unpin(pinned.pin());
            }
        }
    }

    private Start choose(Versions.Pinned pinned, long logged) {
        // In this order: a page that is freed in between is seen twice, not missed.
        List<VersionPins.RetiredPage> retained = versions.retained();
        PageStore.Space space = pages.spaceAfterCrash();
        BitSet freeBlocks = space.free();
        for (VersionPins.RetiredPage page : retained) {
            int block = PageReference.block(page.reference());
            freeBlocks.set(block, block + PageReference.blocks(page.reference()));
        }
        if (current.freeSpace() != PageReference.NONE) {
            int block = PageReference.block(current.freeSpace());
            freeBlocks.set(block, block + PageReference.blocks(current.freeSpace()));
        }
        return new Start(pinned, log.rotate(logged), freeBlocks, space.endBlock());
    }

    private void requireNotFailed() {
        if (failed) {
            throw new UnavailableException("an earlier checkpoint failed");
        }
    }

    /// After a failed sync the pages that it should have written count as clean, so that another
    /// checkpoint would refer to what is not in the file: there is none.
    private void runLocked() throws IOException {
        requireNotFailed();
        failed = true;
        try {
            finishWritten();
            unfinished = write(begin());
            finishWritten();
            removeOldLog();
            failed = false;
        } catch (StorageFullException | OutOfMemoryError e) {
            // Until the header is written nothing refers to what was, and what was not counts as
            // dirty still; after that the rest is done first, by the next attempt.
            failed = false;
            throw e;
        }
    }

    /// Writes everything but the header.
    private Written write(Start start) {
        try {
            pages.writeDirty();
            log.flush();
            return new Written(start, writeFreeSpace(start));
        } catch (StorageFullException | OutOfMemoryError e) {
            // Nothing refers to what was written; the next attempt begins anew.
            versions.unpin(start.pinned.pin());
            throw e;
        }
    }

    /// Has the header refer to the version that was written, if there is one: once more from the
    /// beginning if memory ran out on the way.
    private void finishWritten() throws IOException {
        Written written = unfinished;
        if (written == null) {
            return;
        }
        OutOfMemoryRetry.run(() -> {
            pages.sync();
            DataFile.writeHeader(file, written.header);
            pages.sync();
        });
        // Takes no memory.
        if (current.freeSpace() != PageReference.NONE) {
            pages.free(current.freeSpace());
        }
        versions.unpin(currentVersion.pin());
        current = written.header;
        currentVersion = written.start.pinned;
        unfinished = null;
    }

    /// Removes what the durable header has no use for. If there is no memory for that, the next
    /// checkpoint does it.
    private void removeOldLog() throws IOException {
        failed = true;
        try {
            OutOfMemoryRetry.run(() -> logFiles.deleteBefore(current.logSegment()));
        } catch (OutOfMemoryError _) {
            failed = false;
            return;
        }
        failed = false;
    }

    /// Writes the list of blocks that the version does not use, and returns the header.
    private DataHeader writeFreeSpace(Start start) {
        BitSet free = start.freeBlocks;
        // The list's own place is taken from free blocks, which may lengthen it by one run.
        int estimate = FreeSpace.encode(free).length + 32;
        int blocks = PageReference.blocksFor((long) PageFormat.HEADER_BYTES + estimate);
        long sequence = start.pinned.version().sequence();
        long reference = pages.allocate(blocks, sequence);
        try {
            return writeFreeSpace(start, reference);
        } catch (StorageFullException | OutOfMemoryError e) {
            pages.free(reference);
            throw e;
        }
    }

    private DataHeader writeFreeSpace(Start start, long reference) {
        BitSet free = start.freeBlocks;
        long sequence = start.pinned.version().sequence();
        int blocks = PageReference.blocks(reference);
        int first = PageReference.block(reference);
        int end = Math.max(start.endBlock, first + blocks);
        free.set(start.endBlock, end);
        free.clear(first, first + blocks);
        byte[] list = FreeSpace.encode(free);
        byte[] page = new byte[blocks * PageReference.BLOCK_BYTES];
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
                start.logSegment,
                current.store());
    }
}
