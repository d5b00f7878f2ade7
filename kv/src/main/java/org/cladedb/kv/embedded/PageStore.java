package org.cladedb.kv.embedded;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.StorageFullException;
import org.jspecify.annotations.Nullable;

/// The pages of the data file: cached, allocated, checked. Safe for any number of threads.
///
/// A new page lives in memory until [#writeDirty] writes it, to blocks that no durable tree
/// contains; that may happen at any time before the checkpoint that needs it.
final class PageStore {
    /// Pages that wait to be written, at most, however large the cache: a commit that has to wait
    /// for them does not wait long.
    private static final long DIRTY_BYTES_MAX = 1024L * 1024 * 1024;

    /// The part of the cache that pages may take whose arrays wait to be used again.
    private static final int SPARE_SHARE = 32;

    /// Which blocks are free.
    record Space(BitSet free, int endBlock) {}

    private final PageFile file;
    private final PageCache cache;
    private final PageWriter writer;
    private final long dirtyBytesMax;
    private final LongAdder pagesRead = new LongAdder();
    private volatile boolean keepsWhatFindsNoSpace;

    // Guards the fields below.
    private final ReentrantLock guard = new ReentrantLock();
    private final FreeSpace freeSpace;
    private final SparePages spares;
    // Blocks of pages that no version contains yet; a crash leaves them free.
    private final BitSet unlinked = new BitSet();

    PageStore(PageFile file, FreeSpace freeSpace, long cacheBytes) {
        this.file = file;
        this.freeSpace = freeSpace;
        this.spares = new SparePages(cacheBytes / SPARE_SHARE);
        this.cache = new PageCache(cacheBytes - cacheBytes / SPARE_SHARE);
        this.writer = new PageWriter(file);
        this.dirtyBytesMax = Math.min(DIRTY_BYTES_MAX, cacheBytes / 2);
    }

    long dirtyBytes() {
        return writer.dirtyBytes();
    }

    long pagesRead() {
        return pagesRead.sum();
    }

    long pagesWritten() {
        return writer.pagesWritten();
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

    /// So many bytes of pages may wait to be written.
    long dirtyBytesMax() {
        return dirtyBytesMax;
    }

    /// Whether so many pages wait to be written that it is time to begin.
    boolean hasManyDirty() {
        return writer.dirtyBytes() > dirtyBytesMax / 8 * 6;
    }

    /// The page's bytes; they never change.
    byte[] load(long reference) {
        int block = PageReference.block(reference);
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

    /// The page's bytes if it is in memory, without counting as a use.
    byte @Nullable [] peek(long reference) {
        CachedPage cached = cache.get(PageReference.block(reference));
        return cached == null ? null : cached.bytes;
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
        int block = PageReference.block(value.reference());
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

    /// An array for a new page, with anything in it.
    byte[] newPage(int blocks) {
        if (blocks == 1) {
            guard.lock();
            try {
                byte[] spare = spares.take();
                if (spare != null) {
                    return spare;
                }
            } finally {
                guard.unlock();
            }
        }
        return new byte[Math.multiplyExact(blocks, PageReference.BLOCK_BYTES)];
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
        int block = PageReference.block(reference);
        guard.lock();
        try {
            unlinked.clear(block, block + PageReference.blocks(reference));
        } finally {
            guard.unlock();
        }
    }

    private long create(byte[] page, boolean isUnlinked) {
        boolean isCached = page.length <= dirtyBytesMax / 2;
        int blocks = PageReference.blocksFor(page.length);
        int block;
        guard.lock();
        try {
            block = freeSpace.allocate(blocks);
        } finally {
            guard.unlock();
        }
        long reference = PageReference.of(block, blocks, PageFormat.birth(page));
        // A new page that nobody has heard of yet must not be left behind when anything fails.
        boolean done = false;
        try {
            if (isUnlinked) {
                noteUnlinked(block, blocks);
            }
            if (isCached) {
                keep(page, block);
            } else {
                write(reference, page);
            }
            if (writer.dirtyBytes() > dirtyBytesMax) {
                writeSome();
            }
            done = true;
            return reference;
        } finally {
            if (!done) {
                free(reference);
            }
        }
    }

    private void noteUnlinked(int block, int blocks) {
        guard.lock();
        try {
            unlinked.set(block, block + blocks);
        } finally {
            guard.unlock();
        }
    }

    private void keep(byte[] page, int block) {
        PageFormat.writeBlock(page, block);
        CachedPage created = new CachedPage(page, block, true);
        created.recentlyUsed = true;
        // In this order: whoever gives up a page that waits finds it in the cache.
        cache.put(created);
        writer.add(created);
    }

    private void writeSome() {
        try {
            writer.writeSome();
        } catch (StorageFullException e) {
            if (!keepsWhatFindsNoSpace) {
                throw e;
            }
        }
    }

    /// Whether pages for which there is no space in the file are kept in memory, however many they
    /// are: for the recovery of a log, which has a limit of its own.
    void keepWhatFindsNoSpace(boolean keeps) {
        keepsWhatFindsNoSpace = keeps;
    }

    /// Gives the blocks back. No version may refer to them any more.
    void free(long reference) {
        free(reference, false);
    }

    /// The same; moreover nobody reads the page any more, so that its array can be used again.
    void recycle(long reference) {
        free(reference, true);
    }

    private void free(long reference, boolean recycled) {
        int block = PageReference.block(reference);
        // In this order: once the blocks are free, others may have them. A page that waits to be
        // written is in the cache.
        CachedPage cached = cache.remove(block);
        if (cached != null) {
            writer.remove(cached);
        }
        guard.lock();
        try {
            if (recycled && cached != null) {
                spares.add(cached.bytes);
            }
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

    /// Blocks that are free at this moment, or would be after a crash, and the end of the file in
    /// the same moment: bulk loads make it longer at any time.
    Space spaceAfterCrash() {
        guard.lock();
        try {
            BitSet blocks = freeSpace.copy();
            blocks.or(unlinked);
            return new Space(blocks, freeSpace.end());
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
    long allocate(int blocks, long birth) {
        guard.lock();
        try {
            return PageReference.of(freeSpace.allocate(blocks), blocks, birth);
        } finally {
            guard.unlock();
        }
    }

    /// Writes a page directly to the blocks of `reference`, past the cache.
    void write(long reference, byte[] page) {
        writer.write(reference, page);
    }

    /// Writes the oldest of the pages that wait, so that commits need not: those least likely to be
    /// replaced before anybody needs them in the file.
    void writeSomeDirty() {
        writer.writeOldest(writer.dirtyBytes() - dirtyBytesMax / 8 * 5);
    }

    /// Writes all pages that are not in the file yet, in file order. Does not sync.
    void writeDirty() {
        writer.writeAll();
    }

    /// The same, with syncs on the way, so that the last one has little to do.
    void writeDirtyAndSync() {
        writer.writeAllAndSync();
    }

    /// Forces everything written to stable storage; never succeeds again after it failed once.
    void sync() {
        file.sync();
    }
}
