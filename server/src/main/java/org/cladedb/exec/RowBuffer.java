package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.ValueSize;

/// Rows kept in memory, by number. Owned by one operator.
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

    RowBuffer(List<SqlType> types, MemoryAccount memory) {
        this(new RowFormat(types), memory);
    }

    private RowBuffer(RowFormat format, MemoryAccount memory) {
        this.format = format;
        this.memory = memory;
        chunks = new ByteChunks(memory);
    }

    /// A buffer for rows of these columns.
    static RowBuffer of(List<OutputColumn> columns, MemoryAccount memory) {
        return new RowBuffer(columns.stream().map(OutputColumn::type).toList(), memory);
    }

    int size() {
        return size;
    }

    /// Copies a row and returns its number; numbers count from 0.
    int add(Datum[] row) {
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
        return size++;
    }

    private void reserve(long bytes) {
        memory.reserve(bytes);
        reservedBytes += bytes;
    }

    /// Fills `out`, which may have more cells than the row, with row `index`.
    void read(int index, Datum[] out) {
        long address = addresses[index];
        format.read(chunks.array(address), ByteChunks.offset(address), objects, out);
    }

    /// Some of the rows, numbered anew in the order given; this buffer is empty afterwards.
    RowBuffer keep(int[] numbers, int count) {
        RowBuffer kept = new RowBuffer(format, memory);
        Datum[] row = Datum.row(format.columnCount());
        for (int i = 0; i < count; i++) {
            read(numbers[i], row);
            kept.add(row);
        }
        clear();
        return kept;
    }

    void clear() {
        chunks.clear();
        objects.clear();
        addresses = new long[0];
        size = 0;
        memory.release(reservedBytes);
        reservedBytes = 0;
    }
}
