package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The pages that are not in the file yet, and how they get there: in file order, with few calls.
/// Safe for any number of threads; several may write at once, a megabyte in turn.
final class PageWriter {
    private static final int WRITE_BYTES_MAX = 1024 * 1024;

    /// How much a checkpoint writes between two syncs: the log's own syncs wait behind them.
    private static final long SYNC_BYTES = 16L * 1024 * 1024;

    private final PageFile file;
    private final LongAdder pagesWritten = new LongAdder();

    // Guards the fields below, and the links of the pages.
    private final ReentrantLock guard = new ReentrantLock();
    // The pages that wait are linked, the oldest first: a page that is replaced before it was
    // written, as most are, is taken out without a search.
    private @Nullable CachedPage oldest;
    private @Nullable CachedPage newest;
    private long dirtyBytes;

    // Held while pages are written, so that an older page of a block never overwrites a newer one.
    // Taken before `guard`. Fair, so that a commit gets its turn between two writes of a
    // checkpoint.
    private final ReentrantLock writing = new ReentrantLock(true);

    PageWriter(PageFile file) {
        this.file = file;
    }

    long pagesWritten() {
        return pagesWritten.sum();
    }

    long dirtyBytes() {
        guard.lock();
        try {
            return dirtyBytes;
        } finally {
            guard.unlock();
        }
    }

    /// Takes in a page that never waited before.
    void add(CachedPage page) {
        guard.lock();
        try {
            CachedPage before = newest;
            page.older = before;
            if (before == null) {
                oldest = page;
            } else {
                before.newer = page;
            }
            newest = page;
            page.waiting = true;
            dirtyBytes += page.bytes.length;
        } finally {
            guard.unlock();
        }
    }

    /// The page need not be written any more, if it waits.
    void remove(CachedPage page) {
        guard.lock();
        try {
            if (page.waiting) {
                unlink(page);
            }
        } finally {
            guard.unlock();
        }
    }

    private void unlink(CachedPage page) {
        CachedPage older = page.older;
        CachedPage newer = page.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        page.older = null;
        page.newer = null;
        page.waiting = false;
        dirtyBytes -= page.bytes.length;
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
    void writeAll() {
        write(dirtyPages(Long.MAX_VALUE), Long.MAX_VALUE);
    }

    /// The same, with syncs on the way, so that the last one has little to do.
    void writeAllAndSync() {
        write(dirtyPages(Long.MAX_VALUE), SYNC_BYTES);
        file.sync();
    }

    /// Writes about as much as one write takes, as the toll of a commit that comes when too much
    /// waits.
    void writeSome() {
        writeOldest(2 * WRITE_BYTES_MAX);
    }

    /// Writes so many bytes of pages, at least, in file order. Does not sync.
    void writeOldest(long bytes) {
        write(dirtyPages(bytes), Long.MAX_VALUE);
    }

    /// The oldest pages, of so many bytes.
    private List<CachedPage> dirtyPages(long bytesWanted) {
        List<CachedPage> pages = new ArrayList<>();
        long bytes = 0;
        guard.lock();
        try {
            for (CachedPage page = oldest; page != null && bytes < bytesWanted; page = page.newer) {
                pages.add(page);
                bytes += page.bytes.length;
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
                file.sync();
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
                if (page.waiting) {
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
                if (page.waiting) {
                    unlink(page);
                    page.dirty = false;
                }
            }
        } finally {
            guard.unlock();
        }
    }
}
