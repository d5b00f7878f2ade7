package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.common.Invariant;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.NoSpaceException;
import org.cladedb.kv.io.StoreFile;

/// Reads, writes and syncs pages of the data file, with errors that say where. Safe for any number
/// of threads.
final class PageFile {
    private final StoreFile file;
    private final String name;
    // Guards the field below, and lets one sync run at a time.
    private final ReentrantLock syncing = new ReentrantLock();
    private boolean syncFailed;

    PageFile(StoreFile file, String name) {
        this.file = file;
        this.name = name;
    }

    /// Reads and verifies a page.
    ///
    /// @throws CorruptionException it is damaged
    byte[] read(long reference) {
        int block = PageReference.block(reference);
        byte[] page = new byte[PageReference.byteCount(reference)];
        int count;
        try {
            count = file.read(offset(block), page, 0, page.length);
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot read " + name + " at offset " + offset(block), e);
        }
        if (count < page.length) {
            throw corrupt(block, "the file ends inside a page");
        }
        if (!PageFormat.isIntact(page, block)) {
            throw corrupt(block, "wrong checksum of a page");
        }
        if (!PageReference.mayBeOf(reference, PageFormat.birth(page))) {
            throw corrupt(block, "page of another commit than the one that is referred to");
        }
        String problem = PageCheck.layout(page);
        if (problem != null) {
            throw corrupt(block, problem);
        }
        return page;
    }

    CorruptionException corrupt(long block, String what) {
        return new CorruptionException(what + ": file " + name + ", offset " + offset(block));
    }

    private static long offset(long block) {
        return block * PageReference.BLOCK_BYTES;
    }

    /// Writes pages that begin at `block`.
    ///
    /// @throws StorageFullException the disk is full; the write can be repeated
    void write(long block, byte[] bytes, int length) {
        Invariant.check(block >= DataHeader.SLOTS, "pages do not overwrite headers");
        try {
            file.write(offset(block), bytes, 0, length);
        } catch (NoSpaceException e) {
            throw new StorageFullException("no space is left for the file " + name, e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot write " + name + " at offset " + offset(block), e);
        }
    }

    /// Forces everything written to stable storage.
    ///
    /// Pages that a failed sync should have made durable count as clean and may be lost; so after
    /// one failure every later call fails too. Two syncs at once would not do: the system tells one
    /// of them of a failure, and the other that all is well.
    void sync() {
        syncing.lock();
        try {
            if (syncFailed) {
                throw new UnavailableException("an earlier sync of " + name + " failed");
            }
            syncFailed = true;
            file.sync();
            syncFailed = false;
        } catch (IOException e) {
            throw new UnavailableException("cannot sync " + name, e);
        } finally {
            syncing.unlock();
        }
    }
}
