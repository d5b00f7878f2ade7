package org.cladedb.kv.embedded;

import java.util.Arrays;
import org.cladedb.common.BigEndian;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadCounters;
import org.cladedb.kv.ScanOptions;
import org.jspecify.annotations.Nullable;

/// Walks the leaves of one version; every batch is what one leaf has in the range.
///
/// Values stay where they are: in the leaf's array, which never changes. Only keys are put together
/// (from the page's prefix and their suffixes). Nothing is allocated per entry.
final class TreeCursor implements RangeCursor {
    private static final int DEPTH_MAX = 40;
    private static final int WORD_PAIR_BYTES = 2 * Long.BYTES;
    private static final int LARGE_BYTES_MAX = 1024 * 1024;
    private static final int CACHE_LINE_BYTES = 64;

    private final PageStore pages;
    private final ReadCounters counters;
    private final TreePin pin;
    private final KeyRange range;
    private final boolean reverse;
    private final int step;
    private final ScanOptions options;
    private final boolean allTags;
    private final EntryBatch batch = new EntryBatch();
    private long remaining;

    // The inner pages from the root to the leaf, and which child was taken in each.
    private final byte[][] path = new byte[DEPTH_MAX][];
    private final int[] taken = new int[DEPTH_MAX];
    private int depth;
    // Of this inner page, the child in which the end of the range lies.
    private byte @Nullable [] endParent;
    private int endChild;
    // Whether most of what is in the next leaves is wanted.
    private boolean dense;
    // Made when a scan for some tags goes beyond its first leaf.
    private @Nullable LeavesAhead ahead;

    @SuppressWarnings("UnusedVariable") // Keeps the compiler from leaving the touches out.
    private int touched;

    private byte @Nullable [] leaf;
    // The entries of the leaf that are still to come are those from here to the leaf's far end.
    private int index;

    private byte @Nullable [] skippedTo;
    private boolean started;
    private boolean ended;
    private boolean closed;

    TreeCursor(
            PageStore pages,
            ReadCounters counters,
            TreePin pin,
            KeyRange range,
            ScanOptions options) {
        this.pages = pages;
        this.counters = counters;
        this.pin = pin;
        this.range = range;
        this.reverse = options.reverse();
        this.step = reverse ? -1 : 1;
        this.options = options;
        this.allTags = options.valueTags() == ScanOptions.ALL_TAGS;
        this.dense = allTags;
        this.remaining = options.entriesMax();
        this.ended = remaining <= 0 || pin.version().root() == PageReference.NONE;
    }

    @Override
    public EntryBatch batch() {
        return batch;
    }

    @Override
    public boolean next() {
        batch.reset(0, 0);
        if (ended) {
            return false;
        }
        if (!started) {
            started = true;
            seek(reverse ? range.end() : range.start(), false);
        }
        while (!ended && batch.size() == 0) {
            fill();
        }
        if (batch.size() == 0) {
            return false;
        }
        remaining -= batch.size();
        counters.batches.increment();
        counters.entries.add(batch.size());
        return true;
    }

    /// Takes what the leaf still has; moves to the next leaf when that is nothing.
    private void fill() {
        byte[] page = leaf;
        if (page == null || remaining <= 0) {
            ended = true;
            return;
        }
        if (reverse) {
            fillReverse(page);
        } else {
            fillForward(page);
        }
    }

    private void fillForward(byte[] page) {
        int count = PageFormat.entries(page);
        if (index >= count) {
            nextLeaf();
            return;
        }
        int stop = count;
        byte[] end = range.end();
        if (end != null && !isBelow(end) && LeafPage.compare(page, count - 1, end) >= 0) {
            stop = LeafPage.lowerBound(page, end);
            if (stop <= index) {
                ended = true;
                return;
            }
        }
        if (stop - index > remaining) {
            stop = index + (int) remaining;
        }
        index = decode(page, index, stop);
    }

    /// Whether the leaf's parent shows that all keys of the leaf lie before `end`: cheaper than
    /// looking at the last of them, which nothing else may have touched yet.
    @SuppressWarnings("ReferenceEquality") // The page itself, not one with equal bytes.
    private boolean isBelow(byte[] end) {
        if (depth == 0) {
            return false;
        }
        byte[] parent = path[depth - 1];
        if (parent != endParent) {
            endParent = parent;
            endChild = InnerPage.childFor(parent, end);
        }
        return taken[depth - 1] < endChild;
    }

    private void fillReverse(byte[] page) {
        if (index < 0) {
            nextLeaf();
            return;
        }
        int stop = -1;
        byte[] start = range.start();
        if (start.length > 0 && LeafPage.compare(page, 0, start) < 0) {
            stop = LeafPage.lowerBound(page, start) - 1;
            if (stop >= index) {
                ended = true;
                return;
            }
        }
        if (index - stop > remaining) {
            stop = index - (int) remaining;
        }
        index = decode(page, index, stop);
    }

    /// Puts the wanted entries from `from` to `stop` (exclusive) into the batch, or the last one
    /// when none is wanted; returns where it stopped.
    private int decode(byte[] page, int from, int stop) {
        int prefixLength = PageFormat.prefixLength(page);
        int prefixStart = LeafPage.prefixStart(page);
        int count = (stop - from) * step;
        // Suffixes take no more than the page; prefixes are repeated for each entry. Words are
        // copied whole, beyond the end.
        batch.reset(count, prefixLength * count + PageFormat.used(page) + 2 * WORD_PAIR_BYTES);
        byte[] keys = batch.keys();
        int position = 0;
        int largeBytes = 0;
        int entry = from;
        while (largeBytes < LARGE_BYTES_MAX) {
            if (!allTags) {
                entry = wanted(page, entry, stop);
            }
            if (entry == stop) {
                break;
            }
            int start = LeafPage.keyStart(page, entry);
            int suffixLength = LeafPage.suffixLength(page, entry);
            int valueLength = LeafPage.rawValueLength(page, entry);
            int valueStart = start + suffixLength;
            entry += step;
            copy(page, prefixStart, prefixLength, keys, position);
            copy(page, start, suffixLength, keys, position + prefixLength);
            int keyLength = prefixLength + suffixLength;
            if (valueLength == LeafPage.LARGE) {
                LargeValue large = LargeValue.read(page, valueStart);
                byte[] value = pages.loadValue(large);
                batch.add(position, keyLength, value, PageFormat.HEADER_BYTES, large.length());
                largeBytes += large.length();
            } else {
                batch.add(position, keyLength, page, valueStart, valueLength);
            }
            position += keyLength;
        }
        return entry;
    }

    /// The first entry from `from` on that is wanted, or `stop`; the last one before that when the
    /// batch would stay empty.
    private int wanted(byte[] page, int from, int stop) {
        int found =
                step > 0
                        ? LeafTags.next(page, from, stop, options)
                        : LeafTags.previous(page, from, stop, options);
        return found == stop && from != stop && batch.size() == 0 ? stop - step : found;
    }

    /// Copies short pieces as two words, writing up to [#WORD_PAIR_BYTES] in any case: a call of
    /// arraycopy costs more than what it copies.
    private static void copy(byte[] from, int start, int length, byte[] to, int position) {
        if (length <= WORD_PAIR_BYTES && start + WORD_PAIR_BYTES <= from.length) {
            BigEndian.putLong(to, position, BigEndian.getLong(from, start));
            BigEndian.putLong(
                    to, position + Long.BYTES, BigEndian.getLong(from, start + Long.BYTES));
        } else {
            System.arraycopy(from, start, to, position, length);
        }
    }

    /// Goes to the leaf and position for `key`: forward the first entry at or after it, in reverse
    /// the last entry before it (or at it, if `inclusive`). Null means the end of the key space.
    private void seek(byte @Nullable [] key, boolean inclusive) {
        depth = 0;
        descend(pages.load(pin.version().root()), key, inclusive);
    }

    private void descend(byte[] top, byte @Nullable [] key, boolean inclusive) {
        byte[] page = top;
        while (PageFormat.kind(page) == PageFormat.KIND_INNER) {
            int child = key == null ? PageFormat.entries(page) - 1 : InnerPage.childFor(page, key);
            page = push(page, child);
        }
        leaf = page;
        if (key == null) {
            index = PageFormat.entries(page) - 1;
            return;
        }
        int bound = LeafPage.lowerBound(page, key);
        if (!reverse) {
            index = bound;
            return;
        }
        boolean isAt =
                inclusive
                        && bound < PageFormat.entries(page)
                        && LeafPage.compare(page, bound, key) == 0;
        index = isAt ? bound : bound - 1;
    }

    private byte[] push(byte[] page, int child) {
        if (depth == DEPTH_MAX) {
            throw pages.corrupt(PageFormat.block(page), "the tree is too deep");
        }
        path[depth] = page;
        taken[depth] = child;
        depth++;
        return pages.loadChild(page, child);
    }

    private void nextLeaf() {
        while (depth > 0) {
            byte[] parent = path[depth - 1];
            int next = taken[depth - 1] + step;
            int child = wantedChild(parent, next);
            if (child >= 0 && child < PageFormat.entries(parent)) {
                if (child != next && isBeyondRange(parent, child)) {
                    break;
                }
                taken[depth - 1] = child;
                if (!allTags && PageFormat.level(parent) == 1) {
                    touchAhead(parent, child);
                }
                descendToEdge(pages.loadChild(parent, child));
                return;
            }
            depth--;
        }
        leaf = null;
    }

    private void touchAhead(byte[] parent, int child) {
        LeavesAhead leaves = ahead;
        if (leaves == null) {
            leaves = new LeavesAhead(pages, options);
            ahead = leaves;
        }
        dense = !leaves.touch(parent, child);
    }

    /// The first child from `from` on below which something wanted occurs, or one past the last.
    private int wantedChild(byte[] page, int from) {
        int child = from;
        if (!allTags) {
            int count = PageFormat.entries(page);
            while (child >= 0
                    && child < count
                    && !TagSet.wants(options.valueTags(), InnerPage.tags(page, child))) {
                child += step;
            }
        }
        return child;
    }

    /// Whether a child that was reached by passing over others has nothing of the range: what is
    /// wanted next may be far away.
    private boolean isBeyondRange(byte[] parent, int child) {
        if (reverse) {
            byte[] upper = InnerPage.separator(parent, child + 1);
            return Arrays.compareUnsigned(upper, range.start()) <= 0;
        }
        byte[] end = range.end();
        return end != null && Arrays.compareUnsigned(InnerPage.separator(parent, child), end) >= 0;
    }

    private void descendToEdge(byte[] top) {
        byte[] page = top;
        while (PageFormat.kind(page) == PageFormat.KIND_INNER) {
            int edge = reverse ? PageFormat.entries(page) - 1 : 0;
            int child = wantedChild(page, edge);
            page = push(page, child >= 0 && child < PageFormat.entries(page) ? child : edge);
        }
        leaf = page;
        index = reverse ? PageFormat.entries(page) - 1 : 0;
        if (dense && remaining > PageFormat.entries(page)) {
            fetch(page);
        }
    }

    /// Touches a leaf that is about to be read whole: entry by entry, the processor would wait for
    /// memory again and again, and never for many places at once.
    private void fetch(byte[] page) {
        int sum = 0;
        int end = PageFormat.used(page);
        for (int at = 0; at < end; at += CACHE_LINE_BYTES) {
            sum += page[at];
        }
        touched += sum;
    }

    @Override
    public void skipTo(byte[] key) {
        if ((ended && batch.size() == 0) || !isForward(key)) {
            return;
        }
        skippedTo = key;
        for (int entry = batch.size() - 1; entry >= 0 && !isBefore(entry, key); entry--) {
            remaining++;
        }
        batch.reset(0, 0);
        if (!isInRange(key)) {
            return;
        }
        ended = false;
        if (started) {
            skipFromHere(key);
        } else {
            started = true;
            seek(key, true);
        }
    }

    private boolean isInRange(byte[] key) {
        if (!reverse) {
            return Arrays.compareUnsigned(key, range.start()) > 0;
        }
        byte[] end = range.end();
        return end == null || Arrays.compareUnsigned(key, end) < 0;
    }

    /// Climbs only as far as needed: a page knows that the key is below it when it finds it under a
    /// child that is not at its far edge.
    private void skipFromHere(byte[] key) {
        byte[] page = leaf;
        int count = page == null ? 0 : PageFormat.entries(page);
        if (page != null && count > 0 && !isBeyondLeaf(page, count, key)) {
            descend(page, key, true);
            return;
        }
        while (depth > 0) {
            byte[] parent = path[depth - 1];
            int child = InnerPage.childFor(parent, key);
            int edge = reverse ? 0 : PageFormat.entries(parent) - 1;
            if (depth == 1 || child != edge) {
                depth--;
                descend(parent, key, true);
                return;
            }
            depth--;
        }
        seek(key, true);
    }

    private boolean isBeyondLeaf(byte[] page, int count, byte[] key) {
        return reverse
                ? LeafPage.compare(page, 0, key) > 0
                : LeafPage.compare(page, count - 1, key) < 0;
    }

    /// Whether `key` lies beyond the current batch's first entry and beyond the last skip.
    private boolean isForward(byte[] key) {
        if (batch.size() > 0) {
            return isBefore(0, key);
        }
        byte[] before = skippedTo;
        int order = before == null ? -1 : Arrays.compareUnsigned(before, key);
        return before == null || (reverse ? order > 0 : order < 0);
    }

    /// Whether entry `entry` of the batch comes before `key` in the cursor's direction.
    private boolean isBefore(int entry, byte[] key) {
        int from = batch.keyOffset(entry);
        int to = from + batch.keyLength(entry);
        int order = Arrays.compareUnsigned(batch.keys(), from, to, key, 0, key.length);
        return reverse ? order > 0 : order < 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ended = true;
            batch.reset(0, 0);
            leaf = null;
            Arrays.fill(path, null);
            pin.release();
        }
    }
}
