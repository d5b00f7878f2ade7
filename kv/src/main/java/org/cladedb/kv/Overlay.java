package org.cladedb.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The writes of one transaction in key order.
///
/// A list of sorted chunks: ascending inserts (bulk loads) append without searching, others cost
/// two binary searches and a short array move. A write replaces what its key held before; the old
/// version stays reachable through [Entry#previous] while a savepoint or an open cursor needs it.
///
/// Positions are `chunk * CHUNK_SIZE + index`; they are valid until [#modifications()] changes.
/// Owned by the transaction's thread.
final class Overlay {
    static final int CHUNK_SIZE = 128;

    /// One version of one key. `value` null is a deletion.
    static final class Entry {
        final byte[] key;
        byte @Nullable [] value;
        long stamp;
        final long checkedSequence;
        @Nullable Entry previous;

        Entry(
                byte[] key,
                byte @Nullable [] value,
                long stamp,
                long checkedSequence,
                @Nullable Entry previous) {
            this.key = key;
            this.value = value;
            this.stamp = stamp;
            this.checkedSequence = checkedSequence;
            this.previous = previous;
        }

        /// The newest version not younger than `readerStamp`.
        @Nullable Entry visibleAt(long readerStamp) {
            Entry version = this;
            while (version != null && version.stamp > readerStamp) {
                version = version.previous;
            }
            return version;
        }
    }

    private Entry[][] chunks = new Entry[4][];
    private int[] sizes = new int[4];
    private int chunkCount;
    private int entryCount;
    private int modifications;

    int entryCount() {
        return entryCount;
    }

    /// Changes whenever positions move.
    int modifications() {
        return modifications;
    }

    /// The newest version of `key`, or null.
    @Nullable Entry find(byte[] key) {
        if (chunkCount == 0 || Arrays.compareUnsigned(lastKey(), key) < 0) {
            return null;
        }
        int position = lowerBound(key);
        Entry entry = at(position);
        return entry != null && Arrays.equals(entry.key, key) ? entry : null;
    }

    /// The entry at `position`, or null beyond the last.
    @Nullable Entry at(int position) {
        int chunk = position / CHUNK_SIZE;
        return position >= 0 && chunk < chunkCount && position % CHUNK_SIZE < sizes[chunk]
                ? chunks[chunk][position % CHUNK_SIZE]
                : null;
    }

    /// The position of the first entry at or after `key`.
    int lowerBound(byte[] key) {
        if (chunkCount == 0) {
            return 0;
        }
        int chunk = chunkFor(key);
        int index = indexFor(chunk, key);
        return index == sizes[chunk] ? (chunk + 1) * CHUNK_SIZE : chunk * CHUNK_SIZE + index;
    }

    int after(int position) {
        int chunk = position / CHUNK_SIZE;
        return position % CHUNK_SIZE + 1 < sizes[chunk] ? position + 1 : (chunk + 1) * CHUNK_SIZE;
    }

    /// The position before `position`, or -1.
    int before(int position) {
        if (position % CHUNK_SIZE > 0) {
            return position - 1;
        }
        int chunk = position / CHUNK_SIZE - 1;
        return chunk < 0 ? -1 : chunk * CHUNK_SIZE + sizes[chunk] - 1;
    }

    int first() {
        return 0;
    }

    /// The position of the last entry, or -1.
    int last() {
        return chunkCount == 0 ? -1 : (chunkCount - 1) * CHUNK_SIZE + sizes[chunkCount - 1] - 1;
    }

    /// The newest versions of the keys in `range`, in key order.
    List<Entry> entriesIn(KeyRange range) {
        List<Entry> found = new ArrayList<>();
        int position = lowerBound(range.start());
        Entry entry = at(position);
        while (entry != null && range.contains(entry.key)) {
            found.add(entry);
            position = after(position);
            entry = at(position);
        }
        return found;
    }

    /// How many keys of the range there are.
    long entriesWithin(KeyRange range) {
        if (chunkCount == 0) {
            return 0;
        }
        int from = lowerBound(range.start());
        byte[] end = range.end();
        int to = end == null ? chunkCount * CHUNK_SIZE : lowerBound(end);
        if (from / CHUNK_SIZE == to / CHUNK_SIZE) {
            return Math.max(0, to - from);
        }
        long entries = sizes[from / CHUNK_SIZE];
        entries += to % CHUNK_SIZE - from % CHUNK_SIZE;
        for (int chunk = from / CHUNK_SIZE + 1; chunk < to / CHUNK_SIZE; chunk++) {
            entries += sizes[chunk];
        }
        return entries;
    }

    /// All versions of the key at `position`, newest first.
    List<Entry> versionsAt(int position) {
        List<Entry> versions = new ArrayList<>(1);
        Entry version = at(position);
        while (version != null) {
            versions.add(version);
            version = version.previous;
        }
        return versions;
    }

    /// Takes everything out.
    void clear() {
        chunks = new Entry[4][];
        sizes = new int[4];
        chunkCount = 0;
        entryCount = 0;
        modifications++;
    }

    /// Makes `entry` the newest version of its key.
    void put(Entry entry) {
        if (chunkCount == 0 || Arrays.compareUnsigned(lastKey(), entry.key) < 0) {
            append(entry);
            return;
        }
        int chunk = chunkFor(entry.key);
        int index = indexFor(chunk, entry.key);
        if (index < sizes[chunk] && Arrays.equals(chunks[chunk][index].key, entry.key)) {
            chunks[chunk][index] = entry;
            return;
        }
        modifications++;
        if (sizes[chunk] == CHUNK_SIZE) {
            split(chunk);
            if (index > CHUNK_SIZE / 2) {
                chunk++;
                index -= CHUNK_SIZE / 2;
            }
        }
        System.arraycopy(chunks[chunk], index, chunks[chunk], index + 1, sizes[chunk] - index);
        chunks[chunk][index] = entry;
        sizes[chunk]++;
        entryCount++;
    }

    /// Takes `key` out, all versions.
    void remove(byte[] key) {
        int position = lowerBound(key);
        Entry entry = at(position);
        if (entry == null || !Arrays.equals(entry.key, key)) {
            return;
        }
        modifications++;
        entryCount--;
        int chunk = position / CHUNK_SIZE;
        int index = position % CHUNK_SIZE;
        int size = --sizes[chunk];
        System.arraycopy(chunks[chunk], index + 1, chunks[chunk], index, size - index);
        Arrays.fill(chunks[chunk], size, size + 1, null);
        if (size == 0) {
            chunkCount--;
            System.arraycopy(chunks, chunk + 1, chunks, chunk, chunkCount - chunk);
            System.arraycopy(sizes, chunk + 1, sizes, chunk, chunkCount - chunk);
            Arrays.fill(chunks, chunkCount, chunkCount + 1, null);
        }
    }

    private byte[] lastKey() {
        return chunks[chunkCount - 1][sizes[chunkCount - 1] - 1].key;
    }

    private void append(Entry entry) {
        if (chunkCount == 0 || sizes[chunkCount - 1] == CHUNK_SIZE) {
            insertChunk(chunkCount);
        }
        chunks[chunkCount - 1][sizes[chunkCount - 1]++] = entry;
        entryCount++;
        modifications++;
    }

    private void split(int chunk) {
        insertChunk(chunk + 1);
        int half = CHUNK_SIZE / 2;
        System.arraycopy(chunks[chunk], half, chunks[chunk + 1], 0, CHUNK_SIZE - half);
        Arrays.fill(chunks[chunk], half, CHUNK_SIZE, null);
        sizes[chunk] = half;
        sizes[chunk + 1] = CHUNK_SIZE - half;
    }

    private void insertChunk(int chunk) {
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunkCount * 2);
            sizes = Arrays.copyOf(sizes, chunkCount * 2);
        }
        System.arraycopy(chunks, chunk, chunks, chunk + 1, chunkCount - chunk);
        System.arraycopy(sizes, chunk, sizes, chunk + 1, chunkCount - chunk);
        chunks[chunk] = new Entry[CHUNK_SIZE];
        sizes[chunk] = 0;
        chunkCount++;
    }

    /// The last chunk whose first key is not above `key`, or the first chunk.
    private int chunkFor(byte[] key) {
        int low = 1;
        int high = chunkCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(chunks[middle][0].key, key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private int indexFor(int chunk, byte[] key) {
        Entry[] entries = chunks[chunk];
        int low = 0;
        int high = sizes[chunk];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(entries[middle].key, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
