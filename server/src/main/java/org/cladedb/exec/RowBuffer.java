package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueSize;
import org.jspecify.annotations.Nullable;

/// Rows kept by number, in memory or, if it was made so and they are too many, on disk. Owned by
/// one operator.
///
/// Cells filled by [#read] share the buffer's bytes: they stay valid until [#clear()].
final class RowBuffer {
    private final RowFormat format;
    private final MemoryAccount memory;
    private final ByteChunks chunks;
    private final List<Object> objects = new ArrayList<>();
    private long[] addresses = {};
    private int size;
    private long reservedBytes;
    private boolean grown;
    private final @Nullable WorkSpace space;
    private @Nullable SpilledRows spilled;

    /// A buffer that stays in memory.
    RowBuffer(List<SqlType> types, MemoryAccount memory) {
        this(new RowFormat(types), memory, null);
    }

    private RowBuffer(RowFormat format, MemoryAccount memory, @Nullable WorkSpace space) {
        this.format = format;
        this.memory = memory;
        this.space = space;
        chunks = new ByteChunks(memory);
    }

    /// A buffer that goes on on disk when the account is full.
    static RowBuffer spilling(List<SqlType> types, WorkSpace space) {
        return new RowBuffer(new RowFormat(types), space.memory(), space);
    }

    /// A buffer with an account of its own that goes on on disk when that is full.
    static RowBuffer spilling(List<SqlType> types, PlanState state) {
        return spilling(types, state.workSpace());
    }

    /// As [#spilling], for rows of these columns.
    static RowBuffer of(List<OutputColumn> columns, PlanState state) {
        return spilling(columns.stream().map(OutputColumn::type).toList(), state);
    }

    int size() {
        return size;
    }

    /// Copies a row and returns its number; numbers count from 0.
    int add(Datum[] row) {
        if (spilled != null) {
            spilled.add(row);
            return size++;
        }
        if (size == addresses.length) {
            int length = Math.max(8, size * 2);
            reserve((long) (length - size) * Long.BYTES);
            addresses = Arrays.copyOf(addresses, length);
        }
        int bytes = format.size(row);
        long address = chunks.allocate(bytes);
        int objectsBefore = objects.size();
        format.write(row, chunks.array(address), ByteChunks.offset(address), objects);
        for (int i = objectsBefore; i < objects.size(); i++) {
            reserve(RowFormat.OBJECT_BYTES + ValueSize.ofObject(objects.get(i)));
        }
        addresses[size] = address;
        size++;
        if (space != null && hasGrown() && space.isFull()) {
            spill(space);
        }
        return size - 1;
    }

    /// Whether memory was taken since the last call.
    boolean hasGrown() {
        boolean chunksHaveGrown = chunks.hasGrown();
        boolean answer = grown || chunksHaveGrown;
        grown = false;
        return answer;
    }

    /// What the buffer keeps in memory.
    long usedBytes() {
        return reservedBytes + chunks.usedBytes();
    }

    private void spill(WorkSpace target) {
        SpilledRows onDisk = new SpilledRows(target.open(), new RowBytes(format), memory);
        Datum[] row = Datum.row(format.columnCount());
        for (int i = 0; i < size; i++) {
            readFromMemory(i, row);
            onDisk.add(row);
        }
        int count = size;
        clearMemory();
        size = count;
        spilled = onDisk;
    }

    /// How large the file is that the rows are in; 0 while they are in memory.
    long diskBytes() {
        return spilled == null ? 0 : spilled.diskBytes();
    }

    private void reserve(long bytes) {
        memory.reserve(bytes);
        reservedBytes += bytes;
        grown = true;
    }

    /// Fills `out`, which may have more cells than the row, with row `index`.
    void read(int index, Datum[] out) {
        if (spilled != null) {
            spilled.read(index, out);
        } else {
            readFromMemory(index, out);
        }
    }

    private void readFromMemory(int index, Datum[] out) {
        long address = addresses[index];
        format.read(chunks.array(address), ByteChunks.offset(address), objects, out);
    }

    /// Some of the rows, numbered anew in the order given; this buffer is empty afterwards.
    RowBuffer keep(int[] numbers, int count) {
        RowBuffer kept = new RowBuffer(format, memory, space);
        Datum[] row = Datum.row(format.columnCount());
        for (int i = 0; i < count; i++) {
            read(numbers[i], row);
            kept.add(row);
        }
        clear();
        return kept;
    }

    void clear() {
        clearMemory();
        if (spilled != null) {
            spilled.close();
            spilled = null;
        }
    }

    private void clearMemory() {
        chunks.clear();
        objects.clear();
        addresses = new long[0];
        size = 0;
        memory.release(reservedBytes);
        reservedBytes = 0;
    }
}
