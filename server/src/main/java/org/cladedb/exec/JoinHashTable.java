package org.cladedb.exec;

import java.util.Arrays;
import org.cladedb.memory.MemoryAccount;

/// Finds the numbers of build rows by hash, in the order in which they were added.
final class JoinHashTable {
    /// Ends a chain.
    static final int NONE = -1;

    private final MemoryAccount memory;
    private int[] hashes = {};
    private boolean[] keyed = {};
    private int[] heads = {};
    private int[] nexts = {};
    private int size;
    private long reservedBytes;

    JoinHashTable(MemoryAccount memory) {
        this.memory = memory;
    }

    /// Adds the next row; one without a key (a NULL in it) is counted but never found.
    void add(int hash, boolean hasKey) {
        if (size == hashes.length) {
            int length = Math.max(16, size * 2);
            reserve((long) (length - size) * (Integer.BYTES + 1));
            hashes = Arrays.copyOf(hashes, length);
            keyed = Arrays.copyOf(keyed, length);
        }
        hashes[size] = hash;
        keyed[size] = hasKey;
        size++;
    }

    /// Makes the chains; called once, after all rows were added.
    void seal() {
        int slots = Integer.highestOneBit(Math.max(8, size)) * 2;
        reserve((long) (slots + size) * Integer.BYTES);
        heads = new int[slots];
        nexts = new int[size];
        Arrays.fill(heads, NONE);
        for (int row = size - 1; row >= 0; row--) {
            if (keyed[row]) {
                int slot = hashes[row] & slots - 1;
                nexts[row] = heads[slot];
                heads[slot] = row;
            }
        }
    }

    int hash(int row) {
        return hashes[row];
    }

    boolean hasKey(int row) {
        return keyed[row];
    }

    int size() {
        return size;
    }

    /// The first row with this hash, or [#NONE].
    int first(int hash) {
        return withHash(heads[hash & heads.length - 1], hash);
    }

    /// The next row with the same hash as `row`, or [#NONE].
    int next(int row) {
        return withHash(nexts[row], hashes[row]);
    }

    private int withHash(int start, int hash) {
        int row = start;
        while (row != NONE && hashes[row] != hash) {
            row = nexts[row];
        }
        return row;
    }

    private void reserve(long bytes) {
        memory.reserve(bytes);
        reservedBytes += bytes;
    }

    void clear() {
        hashes = new int[0];
        keyed = new boolean[0];
        heads = new int[0];
        nexts = new int[0];
        size = 0;
        memory.release(reservedBytes);
        reservedBytes = 0;
    }
}
