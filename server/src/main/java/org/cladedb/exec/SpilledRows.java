package org.cladedb.exec;

import java.util.Arrays;
import org.cladedb.common.BigEndian;
import org.cladedb.common.ByteWriter;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.spill.SpillFile;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Rows in a temporary file, by number. They lie in pages, each with the offsets of its rows behind
/// them; the page that is being filled and those read last are in memory.
///
/// Arrays of pages are not used again: cells that share their bytes stay valid.
final class SpilledRows implements AutoCloseable {
    private static final int PAGES_KEPT = 4;

    private final SpillFile file;
    private final RowBytes rowBytes;
    private final MemoryAccount memory;

    private ByteWriter filling;
    private int[] offsets = new int[64];
    private int fillingStart;
    private int size;

    // For each page in the file: the number of its first row, its position and its length.
    private int[] firstRows = {};
    private long[] positions = {};
    private int[] lengths = {};
    private int pageCount;

    private final Page[] kept = new Page[PAGES_KEPT];
    private int nextKept;
    private Page recent = new Page(0, 0, new byte[0]);
    private long reservedBytes;

    /// A page read from the file, of rows from `start` to `end` (exclusive).
    private record Page(int start, int end, byte[] bytes) {
        boolean has(int row) {
            return row >= start && row < end;
        }

        int offset(int row) {
            int directory = bytes.length - (end - start) * Integer.BYTES;
            return BigEndian.getInt(bytes, directory + (row - start) * Integer.BYTES);
        }
    }

    SpilledRows(SpillFile file, RowBytes rowBytes, MemoryAccount memory) {
        this.file = file;
        this.rowBytes = rowBytes;
        this.memory = memory;
        filling = new ByteWriter(file.blockBytes());
        reserve(file.blockBytes());
    }

    int size() {
        return size;
    }

    long diskBytes() {
        return file.sizeBytes();
    }

    /// Appends a row.
    void add(Datum[] row) {
        int number = size - fillingStart;
        if (number == offsets.length) {
            offsets = Arrays.copyOf(offsets, number * 2);
        }
        offsets[number] = filling.size();
        rowBytes.append(row, filling);
        size++;
        if (filling.size() >= file.blockBytes()) {
            writePage();
        }
    }

    private void writePage() {
        if (pageCount == positions.length) {
            int length = Math.max(16, pageCount * 2);
            firstRows = Arrays.copyOf(firstRows, length);
            positions = Arrays.copyOf(positions, length);
            lengths = Arrays.copyOf(lengths, length);
        }
        for (int i = 0; i < size - fillingStart; i++) {
            filling.writeInt(offsets[i]);
        }
        firstRows[pageCount] = fillingStart;
        lengths[pageCount] = filling.size();
        positions[pageCount] = file.append(filling.array(), filling.size());
        pageCount++;
        filling = new ByteWriter(file.blockBytes());
        fillingStart = size;
    }

    /// Fills `out` with row `number`.
    void read(int number, Datum[] out) {
        if (number >= fillingStart) {
            rowBytes.read(filling.array(), offsets[number - fillingStart], out);
            return;
        }
        if (!recent.has(number)) {
            recent = page(number);
        }
        rowBytes.read(recent.bytes(), recent.offset(number), out);
    }

    private Page page(int row) {
        for (@Nullable Page page : kept) {
            if (page != null && page.has(row)) {
                return page;
            }
        }
        int found = Arrays.binarySearch(firstRows, 0, pageCount, row);
        int index = found >= 0 ? found : -found - 2;
        reserve(lengths[index]);
        byte[] bytes = new byte[lengths[index]];
        file.read(positions[index], bytes, bytes.length);
        int end = index + 1 < pageCount ? firstRows[index + 1] : fillingStart;
        Page page = new Page(firstRows[index], end, bytes);
        @Nullable Page evicted = kept[nextKept];
        if (evicted != null) {
            memory.release(evicted.bytes().length);
            reservedBytes -= evicted.bytes().length;
        }
        kept[nextKept] = page;
        nextKept = (nextKept + 1) % PAGES_KEPT;
        return page;
    }

    private void reserve(long bytes) {
        memory.reserve(bytes);
        reservedBytes += bytes;
    }

    @Override
    public void close() {
        file.close();
        memory.release(reservedBytes);
        reservedBytes = 0;
    }
}
