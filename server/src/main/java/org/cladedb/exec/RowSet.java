package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Distinct rows, numbered in the order they came; NULLs count as equal. Owned by one operator.
final class RowSet {
    private static final int FIRST_SLOTS = 16;

    private final MemoryAccount memory;
    private final RowEquality equality;
    private final RowBuffer rows;
    private final Datum[] scratch;
    private int[] hashes = {};
    // Open addressing; a slot has the number of a row plus one, 0 when free.
    private int[] slots = {};
    private long reservedBytes;

    /// A set that stays in memory.
    RowSet(List<SqlType> types, MemoryAccount memory) {
        this(types, memory, new RowBuffer(types, memory));
    }

    /// A set whose rows go on on disk when its memory is full. What finds them stays in memory, and
    /// each row that is found is read.
    static RowSet spilling(List<SqlType> types, PlanState state) {
        WorkSpace space = state.workSpace();
        return new RowSet(types, space.memory(), RowBuffer.spilling(types, space));
    }

    private RowSet(List<SqlType> types, MemoryAccount memory, RowBuffer rows) {
        this.memory = memory;
        this.rows = rows;
        equality = new RowEquality(types);
        scratch = Datum.row(types.size());
    }

    /// Whether memory was taken for rows since the last call.
    boolean hasGrown() {
        return rows.hasGrown();
    }

    /// What the set keeps in memory.
    long usedBytes() {
        return reservedBytes + rows.usedBytes();
    }

    /// The hash that a row is found by.
    int hash(Datum[] row) {
        return equality.hash(row);
    }

    int size() {
        return rows.size();
    }

    /// The number of a row equal to this one, -1 when there is none.
    int find(Datum[] row) {
        return slots.length == 0 ? -1 : slots[slot(row, equality.hash(row))] - 1;
    }

    /// The number of this row, which is added when it is new: then it is the size before.
    int findOrAdd(Datum[] row) {
        if (rows.size() * 2 >= slots.length) {
            grow();
        }
        int hash = equality.hash(row);
        int slot = slot(row, hash);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        int number = rows.add(row);
        hashes[number] = hash;
        slots[slot] = number + 1;
        return number;
    }

    /// Adds a row; false when it was there already.
    boolean add(Datum[] row) {
        int before = rows.size();
        return findOrAdd(row) == before;
    }

    /// Fills `out` with row `number`.
    void read(int number, Datum[] out) {
        rows.read(number, out);
    }

    private int slot(Datum[] row, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] > 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash) {
                rows.read(number, scratch);
                if (equality.isEqual(scratch, row)) {
                    return slot;
                }
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int length = Math.max(FIRST_SLOTS, slots.length * 2);
        long bytes = (long) (length - slots.length) * (Integer.BYTES + Integer.BYTES / 2);
        memory.reserve(bytes);
        reservedBytes += bytes;
        slots = new int[length];
        hashes = Arrays.copyOf(hashes, length / 2);
        for (int number = 0; number < rows.size(); number++) {
            int slot = hashes[number] & length - 1;
            while (slots[slot] > 0) {
                slot = slot + 1 & length - 1;
            }
            slots[slot] = number + 1;
        }
    }

    /// Empties the set, giving its memory back.
    void clear() {
        rows.clear();
        slots = new int[0];
        hashes = new int[0];
        memory.release(reservedBytes);
        reservedBytes = 0;
    }
}
