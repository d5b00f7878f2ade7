package org.cladedb.kv.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.common.Invariant;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.io.NoSpaceException;
import org.cladedb.kv.io.StoreFile;
import org.jspecify.annotations.Nullable;

/// The pages of the data file: cached, allocated, checked. Safe for any number of threads.
///
/// A new page lives in memory until [#writeDirty] writes it, to blocks that no durable tree
/// contains; that may happen at any time before the checkpoint that needs it.
final class PageStore {
    private static final int WRITE_BYTES_MAX = 1024 * 1024;

    private final StoreFile file;
    private final String fileName;
    private final PageCache cache;
    private final long dirtyBytesMax;
    private final LongAdder pagesRead = new LongAdder();
    private final LongAdder pagesWritten = new LongAdder();

    private volatile boolean syncFailed;

    // Guards the fields below.
    private final ReentrantLock guard = new ReentrantLock();
    private final FreeSpace freeSpace;
    private final Map<Integer, CachedPage> dirty = new HashMap<>();
    private long dirtyBytes;
    // Blocks of pages that no version contains yet; a crash leaves them free.
    private final BitSet unlinked = new BitSet();

    // Held while dirty pages are written, so that an older page of a block never overwrites a
    // newer one. Taken before `guard`.
    private final ReentrantLock writing = new ReentrantLock();

    PageStore(StoreFile file, String fileName, FreeSpace freeSpace, long cacheBytes) {
        this.file = file;
        this.fileName = fileName;
        this.freeSpace = freeSpace;
        this.cache = new PageCache(cacheBytes);
        this.dirtyBytesMax = cacheBytes / 4;
    }

    long pagesRead() {
        return pagesRead.sum();
    }

    long pagesWritten() {
        return pagesWritten.sum();
    }

    long cachedBytes() {
        return cache.bytes();
    }

    long fileBytes() {
        guard.lock();
        try {
            return (long) freeSpace.end() * PageReference.BLOCK_BYTES;
        } finally {
            guard.unlock();
        }
    }

    /// Whether so many pages wait to be written that it is time to begin.
    boolean hasManyDirty() {
        guard.lock();
        try {
            return dirtyBytes > dirtyBytesMax / 2;
        } finally {
            guard.unlock();
        }
    }

    /// The page's bytes; they never change.
    byte[] load(long reference) {
        int block = (int) PageReference.block(reference);
        CachedPage cached = cache.get(block);
        if (cached != null) {
            if (!cached.recentlyUsed) {
                cached.recentlyUsed = true;
            }
            return cached.bytes;
        }
        byte[] page = read(reference);
        int kind = PageFormat.kind(page);
        if (kind != PageFormat.KIND_LEAF && kind != PageFormat.KIND_INNER) {
            throw corrupt(block, "page of unexpected kind " + kind);
        }
        return cache.putIfAbsent(new CachedPage(page, block, false)).bytes;
    }

    /// A page below another one.
    byte[] loadChild(byte[] parent, int index) {
        long reference = InnerPage.child(parent, index);
        byte[] page = load(reference);
        if (PageFormat.level(page) != PageFormat.level(parent) - 1) {
            throw corrupt(PageReference.block(reference), "page at the wrong level of the tree");
        }
        return page;
    }

    /// The page that holds a large value: its bytes follow the page header.
    byte[] loadValue(LargeValue value) {
        int block = (int) PageReference.block(value.reference());
        CachedPage cached = cache.get(block);
        byte[] page = cached != null ? cached.bytes : read(value.reference());
        if (PageFormat.kind(page) != PageFormat.KIND_VALUE
                || PageFormat.used(page) != PageFormat.HEADER_BYTES + value.length()) {
            throw corrupt(block, "not the value that its leaf refers to");
        }
        return page;
    }

    byte[] copyValue(LargeValue value) {
        int start = PageFormat.HEADER_BYTES;
        return Arrays.copyOfRange(loadValue(value), start, start + value.length());
    }

    /// Reads and verifies a page past the cache.
    byte[] read(long reference) {
        int block = (int) PageReference.block(reference);
        byte[] page = new byte[PageReference.byteCount(reference)];
        int count;
        try {
            count = file.read(offset(block), page, 0, page.length);
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot read " + fileName + " at offset " + offset(block), e);
        }
        pagesRead.increment();
        if (count < page.length) {
            throw corrupt(block, "the file ends inside a page");
        }
        if (!PageFormat.isIntact(page, block)) {
            throw corrupt(block, "wrong checksum of a page");
        }
        String problem = PageCheck.layout(page);
        if (problem != null) {
            throw corrupt(block, problem);
        }
        return page;
    }

    CorruptionException corrupt(long block, String what) {
        return new CorruptionException(what + ": file " + fileName + ", offset " + offset(block));
    }

    private static long offset(long block) {
        return block * PageReference.BLOCK_BYTES;
    }

    /// Gives a new page its place and returns the reference; the page must not change afterwards.
    long create(byte[] page) {
        return create(page, false);
    }

    /// Makes a page that no version contains before [#link].
    long createUnlinked(byte[] page) {
        return create(page, true);
    }

    void link(long reference) {
        int block = (int) PageReference.block(reference);
        guard.lock();
        try {
            unlinked.clear(block, block + PageReference.blocks(reference));
        } finally {
            guard.unlock();
        }
    }

    private long create(byte[] page, boolean isUnlinked) {
        int blocks = PageReference.blocksFor(page.length);
        int block;
        boolean tooMany;
        guard.lock();
        try {
            block = freeSpace.allocate(blocks);
            if (isUnlinked) {
                unlinked.set(block, block + blocks);
            }
            PageFormat.writeBlock(page, block);
            CachedPage created = new CachedPage(page, block, true);
            created.recentlyUsed = true;
            dirty.put(block, created);
            dirtyBytes += page.length;
            tooMany = dirtyBytes > dirtyBytesMax;
            cache.put(created);
        } finally {
            guard.unlock();
        }
        long reference = PageReference.of(block, blocks);
        if (tooMany) {
            writeDirtyOrFree(reference);
        }
        return reference;
    }

    /// A new page that nobody has heard of yet must not be left behind when writing fails.
    private void writeDirtyOrFree(long reference) {
        boolean written = false;
        try {
            writeDirty();
            written = true;
        } finally {
            if (!written) {
                free(reference);
            }
        }
    }

    /// Gives the blocks back. Nobody may refer to them any more.
    void free(long reference) {
        int block = (int) PageReference.block(reference);
        guard.lock();
        try {
            CachedPage page = dirty.remove(block);
            if (page != null) {
                dirtyBytes -= page.bytes.length;
            }
            cache.remove(block);
            unlinked.clear(block, block + PageReference.blocks(reference));
            freeSpace.release(block, PageReference.blocks(reference));
        } finally {
            guard.unlock();
        }
    }

    /// Blocks that are free at this moment, or would be after a crash.
    BitSet freeBlocksAfterCrash() {
        guard.lock();
        try {
            BitSet blocks = freeSpace.copy();
            blocks.or(unlinked);
            return blocks;
        } finally {
            guard.unlock();
        }
    }

    /// Free blocks at this moment.
    BitSet freeBlocks() {
        guard.lock();
        try {
            return freeSpace.copy();
        } finally {
            guard.unlock();
        }
    }

    int endBlock() {
        guard.lock();
        try {
            return freeSpace.end();
        } finally {
            guard.unlock();
        }
    }

    /// Takes blocks for something other than a page in memory.
    long allocate(int blocks) {
        guard.lock();
        try {
            return PageReference.of(freeSpace.allocate(blocks), blocks);
        } finally {
            guard.unlock();
        }
    }

    /// Writes a page directly to the blocks of `reference`, past the cache.
    void write(long reference, byte[] page) {
        long block = PageReference.block(reference);
        PageFormat.writeBlock(page, block);
        PageFormat.seal(page);
        // Waits for a writer of dirty pages: a page that it still holds may have been freed, and
        // its
        // blocks may be these.
        writing.lock();
        try {
            writeBytes(block, page, page.length);
        } finally {
            writing.unlock();
        }
        pagesWritten.increment();
    }

    /// Writes all pages that are not in the file yet, in file order. Does not sync.
    void writeDirty() {
        writing.lock();
        try {
            List<CachedPage> pages;
            guard.lock();
            try {
                pages = new ArrayList<>(dirty.values());
            } finally {
                guard.unlock();
            }
            pages.sort(Comparator.comparingInt(page -> page.block));
            byte @Nullable [] buffer = pages.isEmpty() ? null : new byte[WRITE_BYTES_MAX];
            int from = 0;
            while (buffer != null && from < pages.size()) {
                from = writeRun(pages, from, buffer);
            }
        } finally {
            writing.unlock();
        }
    }

    /// Writes consecutive pages from index `from` on with one call; returns the index after them.
    private int writeRun(List<CachedPage> pages, int from, byte[] buffer) {
        CachedPage first = pages.get(from);
        int to = from;
        int count = 0;
        while (to < pages.size()) {
            CachedPage page = pages.get(to);
            boolean follows = page.block == first.block + count / PageReference.BLOCK_BYTES;
            if (!follows || count + page.bytes.length > buffer.length) {
                break;
            }
            PageFormat.seal(page.bytes);
            System.arraycopy(page.bytes, 0, buffer, count, page.bytes.length);
            count += page.bytes.length;
            to++;
        }
        if (to == from) {
            PageFormat.seal(first.bytes);
            writeBytes(first.block, first.bytes, first.bytes.length);
            to = from + 1;
        } else {
            writeBytes(first.block, buffer, count);
        }
        pagesWritten.add(to - (long) from);
        markClean(pages.subList(from, to));
        return to;
    }

    private void markClean(List<CachedPage> pages) {
        guard.lock();
        try {
            for (CachedPage page : pages) {
                // Otherwise it was freed meanwhile.
                if (dirty.remove(page.block, page)) {
                    dirtyBytes -= page.bytes.length;
                    page.dirty = false;
                }
            }
        } finally {
            guard.unlock();
        }
    }

    private void writeBytes(long block, byte[] bytes, int length) {
        Invariant.check(block >= DataHeader.SLOTS, "pages do not overwrite headers");
        try {
            file.write(offset(block), bytes, 0, length);
        } catch (NoSpaceException e) {
            throw new StorageFullException("no space is left for the file " + fileName, e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot write " + fileName + " at offset " + offset(block), e);
        }
    }

    /// Forces everything written to stable storage.
    ///
    /// Pages that a failed sync should have made durable count as clean and may be lost; so after
    /// one failure every later call fails too.
    void sync() {
        if (syncFailed) {
            throw new UnavailableException("an earlier sync of " + fileName + " failed");
        }
        boolean done = false;
        try {
            file.sync();
            done = true;
        } catch (IOException e) {
            throw new UnavailableException("cannot sync " + fileName, e);
        } finally {
            if (!done) {
                syncFailed = true;
            }
        }
    }
}
