package org.cladedb.kv.embedded;

import java.util.BitSet;
import org.cladedb.common.ByteWriter;

/// Which blocks of the file are free. Not thread-safe; [PageStore] guards it.
///
/// Allocation goes round the file, so that pages made together lie together; a run that is found
/// nowhere extends the file.
final class FreeSpace {
    private final BitSet free;
    private int end;
    private int next;
    // No free run is at least this long, as far as is known; spares hopeless searches.
    private int longestRunBound = Integer.MAX_VALUE;

    /// @param end the number of blocks that the file has
    FreeSpace(BitSet free, int end) {
        this.free = new BitSet(end);
        this.free.or(free);
        this.end = end;
    }

    int end() {
        return end;
    }

    int freeBlocks() {
        return free.cardinality();
    }

    /// Takes `blocks` consecutive blocks and returns the first.
    int allocate(int blocks) {
        int first = -1;
        if (blocks <= longestRunBound) {
            first = find(blocks, next, end);
            if (first < 0) {
                first = find(blocks, 0, Math.min(end, next + blocks));
            }
            if (first < 0) {
                longestRunBound = blocks - 1;
            }
        }
        if (first < 0) {
            return extend(blocks);
        }
        free.clear(first, first + blocks);
        next = first + blocks;
        return first;
    }

    private int extend(int blocks) {
        // A free run at the end of the file is extended.
        int first = end;
        while (first > 0 && end - first < blocks && free.get(first - 1)) {
            first--;
        }
        int longer = Math.addExact(first, blocks);
        // The set has room for all blocks of the file from now on: giving one back, in the middle
        // of something that cannot be left half done, takes no memory.
        free.set(longer - 1);
        free.clear(first, longer);
        end = longer;
        next = end;
        return first;
    }

    private int find(int blocks, int from, int to) {
        int start = free.nextSetBit(from);
        while (start >= 0 && start + blocks <= to) {
            int stop = blocks == 1 ? start + 1 : free.nextClearBit(start);
            if (stop - start >= blocks) {
                return start;
            }
            start = free.nextSetBit(stop);
        }
        return -1;
    }

    void release(int first, int blocks) {
        free.set(first, first + blocks);
        longestRunBound = Integer.MAX_VALUE;
    }

    /// A copy to which more can be added.
    BitSet copy() {
        // Cloning would cut this set's own array to what is in use.
        BitSet copy = new BitSet(end);
        copy.or(free);
        return copy;
    }

    /// Writes the set as lengths of runs: taken, free, taken, free, …
    static byte[] encode(BitSet blocks) {
        ByteWriter writer = new ByteWriter();
        int position = 0;
        for (int start = blocks.nextSetBit(0); start >= 0; start = blocks.nextSetBit(position)) {
            int stop = blocks.nextClearBit(start);
            writer.writeVarint(start - position);
            writer.writeVarint(stop - start);
            position = stop;
        }
        return writer.toByteArray();
    }

    /// Reads what [#encode] wrote.
    ///
    /// @throws IndexOutOfBoundsException the bytes are cut short or name blocks beyond `end`
    static BitSet decode(byte[] bytes, int from, int to, int end) {
        BitSet blocks = new BitSet();
        VarintReader reader = new VarintReader(bytes, from, to);
        int position = 0;
        while (reader.hasMore()) {
            int start = Math.addExact(position, reader.next());
            int stop = Math.addExact(start, reader.next());
            if (stop > end || stop <= start) {
                throw new IndexOutOfBoundsException("free run beyond the end of the file");
            }
            blocks.set(start, stop);
            position = stop;
        }
        return blocks;
    }
}
