package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.kv.CorruptionException;
import org.jspecify.annotations.Nullable;

/// The pages of the data file: cached, allocated, checked. Safe for any number of threads.
///
/// A new page lives in memory until [#writeDirty] writes it, to blocks that no durable tree
/// contains; that may happen at any time before the checkpoint that needs it.
final class PageStore {
    private static final int WRITE_BYTES_MAX = 1024 * 1024;

    /// How much a checkpoint writes between two syncs: the log's own syncs wait behind them.
    private static final long SYNC_BYTES = 16L * 1024 * 1024;

    /// Pages that wait to be written, at most, however large the cache: a commit that has to wait
    /// for them does not wait long.
    private static final long DIRTY_BYTES_MAX = 256L * 1024 * 1024;

    private final PageFile file;
    private final PageCache cache;
    private final long dirtyBytesMax;
    private final LongAdder pagesRead = new LongAdder();
    private final LongAdder pagesWritten = new LongAdder();

    // Guards the fields below.
    private final ReentrantLock guard = new ReentrantLock();
    private final FreeSpace freeSpace;
    private final Map<Integer, CachedPage> dirty = new HashMap<>();
    private long dirtyBytes;
    // Blocks of pages that no version contains yet; a crash leaves them free.
    private final BitSet unlinked = new BitSet();

    // Held while pages are written, so that an older page of a block never overwrites a newer one.
    // Taken before `guard`. Fair, so that a commit gets its turn between two writes of a
    // checkpoint.
    private final ReentrantLock writing = new ReentrantLock(true);

    PageStore(PageFile file, FreeSpace freeSpace, long cacheBytes) {
        this.file = file;
        this.freeSpace = freeSpace;
        this.cache = new PageCache(cacheBytes);
        this.dirtyBytesMax = Math.min(DIRTY_BYTES_MAX, cacheBytes / 4);
    }

    long dirtyBytes() {
        guard.lock();
        try {
            return dirtyBytes;
        } finally {
            guard.unlock();
        }
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
        pagesRead.increment();
        return file.read(reference);
    }

    CorruptionException corrupt(long block, String what) {
        return file.corrupt(block, what);
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
        boolean isCached = page.length <= dirtyBytesMax;
        int blocks = PageReference.blocksFor(page.length);
        long reference;
        boolean tooMany;
        guard.lock();
        try {
            int block = freeSpace.allocate(blocks);
            reference = PageReference.of(block, blocks);
            if (isUnlinked) {
                unlinked.set(block, block + blocks);
            }
            if (isCached) {
                PageFormat.writeBlock(page, block);
                CachedPage created = new CachedPage(page, block, true);
                created.recentlyUsed = true;
                dirty.put(block, created);
                dirtyBytes += page.length;
                cache.put(created);
            }
            tooMany = dirtyBytes > dirtyBytesMax;
        } finally {
            guard.unlock();
        }
        writeOrFree(reference, isCached ? null : page, tooMany);
        return reference;
    }

    /// Writes a page that is too large for the cache, or some of the pages that wait. A new page
    /// that nobody has heard of yet must not be left behind when that fails.
    private void writeOrFree(long reference, byte @Nullable [] uncached, boolean tooMany) {
        boolean written = false;
        try {
            if (uncached != null) {
                write(reference, uncached);
            }
            if (tooMany) {
                writeSomeDirty();
            }
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

    long freeBytes() {
        guard.lock();
        try {
            return (long) freeSpace.freeBlocks() * PageReference.BLOCK_BYTES;
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
        // its blocks may be these.
        writing.lock();
        try {
            file.write(block, page, page.length);
        } finally {
            writing.unlock();
        }
        pagesWritten.increment();
    }

    /// Writes all pages that are not in the file yet, in file order. Does not sync.
    void writeDirty() {
        write(dirtyPages(Integer.MAX_VALUE), Long.MAX_VALUE);
    }

    /// The same, with syncs on the way, so that the last one has little to do.
    void writeDirtyAndSync() {
        write(dirtyPages(Integer.MAX_VALUE), SYNC_BYTES);
        sync();
    }

    /// Writes about as much as one write takes, as the toll of a commit that comes when too much
    /// waits.
    private void writeSomeDirty() {
        write(dirtyPages(2 * WRITE_BYTES_MAX / PageReference.BLOCK_BYTES), Long.MAX_VALUE);
    }

    private List<CachedPage> dirtyPages(int most) {
        List<CachedPage> pages = new ArrayList<>();
        guard.lock();
        try {
            for (CachedPage page : dirty.values()) {
                if (pages.size() == most) {
                    break;
                }
                pages.add(page);
            }
        } finally {
            guard.unlock();
        }
        pages.sort(Comparator.comparingInt(page -> page.block));
        return pages;
    }

    private void write(List<CachedPage> pages, long syncBytes) {
        byte[] buffer = new byte[pages.isEmpty() ? 0 : WRITE_BYTES_MAX];
        long unsynced = 0;
        int from = 0;
        while (from < pages.size()) {
            int to = endOfRun(pages, from);
            unsynced += writeRun(pages.subList(from, to), buffer);
            if (unsynced > syncBytes) {
                sync();
                unsynced = 0;
            }
            from = to;
        }
    }

    /// The end of the pages from index `from` on that lie one behind the other and fit into one
    /// write; at least one page.
    private static int endOfRun(List<CachedPage> pages, int from) {
        long first = pages.get(from).block;
        long bytes = pages.get(from).bytes.length;
        int to = from + 1;
        while (to < pages.size()) {
            CachedPage page = pages.get(to);
            boolean follows = page.block == first + bytes / PageReference.BLOCK_BYTES;
            if (!follows || bytes + page.bytes.length > WRITE_BYTES_MAX) {
                break;
            }
            bytes += page.bytes.length;
            to++;
        }
        return to;
    }

    /// Writes pages that lie one behind the other, with one call unless some of them have been
    /// written or freed meanwhile; returns how many bytes.
    private long writeRun(List<CachedPage> run, byte[] buffer) {
        long bytes = 0;
        writing.lock();
        try {
            List<CachedPage> pages = stillDirty(run);
            int from = 0;
            while (from < pages.size()) {
                int to = endOfRun(pages, from);
                bytes += writeTogether(pages.subList(from, to), buffer);
                from = to;
            }
        } finally {
            writing.unlock();
        }
        return bytes;
    }

    private List<CachedPage> stillDirty(List<CachedPage> pages) {
        List<CachedPage> result = new ArrayList<>(pages.size());
        guard.lock();
        try {
            for (CachedPage page : pages) {
                if (page.equals(dirty.get(page.block))) {
                    result.add(page);
                }
            }
        } finally {
            guard.unlock();
        }
        return result;
    }

    private int writeTogether(List<CachedPage> pages, byte[] buffer) {
        CachedPage first = pages.getFirst();
        int count = 0;
        for (CachedPage page : pages) {
            PageFormat.seal(page.bytes);
            count += page.bytes.length;
        }
        byte[] bytes = first.bytes;
        if (pages.size() > 1) {
            int position = 0;
            for (CachedPage page : pages) {
                System.arraycopy(page.bytes, 0, buffer, position, page.bytes.length);
                position += page.bytes.length;
            }
            bytes = buffer;
        }
        file.write(first.block, bytes, count);
        pagesWritten.add(pages.size());
        markClean(pages);
        return count;
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

    /// Forces everything written to stable storage; never succeeds again after it failed once.
    void sync() {
        file.sync();
    }
}
