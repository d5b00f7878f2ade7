package org.cladedb.kv.embedded;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Pages in memory, found by block number in a table of tables; bounded by bytes.
///
/// Lookups take no lock. Pages are evicted before the limit is passed, by a sweep over the table
/// that spares those used since the last sweep; dirty pages stay, so they must be fewer than the
/// limit. A reader that holds an evicted page's bytes may go on using them.
final class PageCache {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_PAGES = 1 << CHUNK_BITS;

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    // Guards growing the table and the sweep.
    private final ReentrantLock guard = new ReentrantLock();
    private volatile AtomicReferenceArray<CachedPage>[] chunks = newChunks(16);
    private int hand;

    PageCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays.
    private static AtomicReferenceArray<CachedPage>[] newChunks(int count) {
        AtomicReferenceArray<CachedPage>[] chunks = new AtomicReferenceArray[count];
        return chunks;
    }

    long bytes() {
        return bytes.get();
    }

    @Nullable CachedPage get(int block) {
        AtomicReferenceArray<CachedPage>[] table = chunks;
        int chunk = block >>> CHUNK_BITS;
        if (chunk >= table.length || table[chunk] == null) {
            return null;
        }
        return table[chunk].get(block & CHUNK_PAGES - 1);
    }

    /// Puts the page into the table, in place of any other of the same block.
    void put(CachedPage page) {
        if (!makeRoom(page.bytes.length)) {
            bytes.addAndGet(page.bytes.length);
        }
        CachedPage before = chunk(page.block).getAndSet(page.block & CHUNK_PAGES - 1, page);
        if (before != null) {
            bytes.addAndGet(-before.bytes.length);
        }
    }

    /// Puts a page that was read from the file, unless the block has one already or there is no
    /// room for it; returns the one to use.
    CachedPage putIfAbsent(CachedPage page) {
        if (!makeRoom(page.bytes.length)) {
            return page;
        }
        CachedPage before =
                chunk(page.block).compareAndExchange(page.block & CHUNK_PAGES - 1, null, page);
        if (before != null) {
            bytes.addAndGet(-page.bytes.length);
            return before;
        }
        return page;
    }

    /// Counts `length` more bytes if the limit allows, evicting what it takes.
    private boolean makeRoom(int length) {
        for (int attempt = 0; attempt < 2; attempt++) {
            long now = bytes.get();
            while (now + length <= bytesMax) {
                if (bytes.compareAndSet(now, now + length)) {
                    return true;
                }
                now = bytes.get();
            }
            evict(length);
        }
        return false;
    }

    /// Takes the block's page out, if it is in.
    @Nullable CachedPage remove(int block) {
        if (get(block) == null) {
            return null;
        }
        CachedPage before = chunk(block).getAndSet(block & CHUNK_PAGES - 1, null);
        if (before != null) {
            bytes.addAndGet(-before.bytes.length);
        }
        return before;
    }

    private AtomicReferenceArray<CachedPage> chunk(int block) {
        int chunk = block >>> CHUNK_BITS;
        AtomicReferenceArray<CachedPage>[] table = chunks;
        if (chunk < table.length && table[chunk] != null) {
            return table[chunk];
        }
        guard.lock();
        try {
            table = chunks;
            if (chunk >= table.length) {
                table = Arrays.copyOf(table, Math.max(chunk + 1, table.length * 2));
            } else {
                table = table.clone();
            }
            if (table[chunk] == null) {
                table[chunk] = new AtomicReferenceArray<>(CHUNK_PAGES);
            }
            chunks = table;
            return table[chunk];
        } finally {
            guard.unlock();
        }
    }

    private void evict(int length) {
        guard.lock();
        try {
            AtomicReferenceArray<CachedPage>[] table = chunks;
            long goal = bytesMax - bytesMax / 32 - length;
            long slots = (long) table.length * CHUNK_PAGES;
            // Two rounds: the first may only clear the marks.
            for (long step = 0; step < 2 * slots && bytes.get() > goal; step++) {
                if (hand >= slots) {
                    hand = 0;
                }
                AtomicReferenceArray<CachedPage> chunk = table[hand >>> CHUNK_BITS];
                if (chunk == null) {
                    hand += CHUNK_PAGES;
                    step += CHUNK_PAGES - 1;
                    continue;
                }
                sweep(chunk, hand & CHUNK_PAGES - 1);
                hand++;
            }
        } finally {
            guard.unlock();
        }
    }

    private void sweep(AtomicReferenceArray<CachedPage> chunk, int slot) {
        CachedPage page = chunk.get(slot);
        if (page == null || page.dirty) {
            return;
        }
        if (page.recentlyUsed) {
            page.recentlyUsed = false;
        } else if (chunk.compareAndSet(slot, page, null)) {
            bytes.addAndGet(-page.bytes.length);
        }
    }
}
