package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.memory.MemoryAccount;

/// Byte arrays for many small records. Records never move, and live until [#clear()].
final class ByteChunks {
    private static final int FIRST_BYTES = 512;
    private static final int CHUNK_BYTES = 256 << 10;

    /// How many of the largest chunks fit in `work_mem`, so that nearly all of it is used before
    /// the next chunk exceeds it.
    private static final int CHUNKS_IN_MEMORY = 16;

    /// A chunk up to this size is used again after [#clear()]. A larger one would fill a small
    /// `work_mem` before it has any record.
    private static final int KEPT_BYTES_MAX = 4 << 10;

    private final MemoryAccount memory;
    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] current = {};
    private int position;
    private long reservedBytes;
    private boolean grown;

    ByteChunks(MemoryAccount memory) {
        this.memory = memory;
    }

    /// Makes room for a record of `size` bytes and returns its address.
    long allocate(int size) {
        if (chunks.isEmpty() || size > current.length - position) {
            grow(size);
        }
        long address = (long) (chunks.size() - 1) << Integer.SIZE | position;
        position += size;
        return address;
    }

    private void grow(int size) {
        int most = Math.clamp(memory.workBytes() / CHUNKS_IN_MEMORY, KEPT_BYTES_MAX, CHUNK_BYTES);
        int doubled = Math.min(most, Math.max(FIRST_BYTES, current.length * 2));
        // After clear() a small chunk is used again, but must be paid for again.
        boolean again = chunks.isEmpty() && current.length >= Math.max(size, FIRST_BYTES);
        int length = again ? current.length : Math.max(size, doubled);
        memory.reserve(length);
        reservedBytes += length;
        grown = true;
        if (!again) {
            current = new byte[length];
        }
        chunks.add(current);
        position = 0;
    }

    /// Whether memory was taken since the last call.
    boolean hasGrown() {
        boolean answer = grown;
        grown = false;
        return answer;
    }

    long usedBytes() {
        return reservedBytes;
    }

    /// The array that holds the record at `address`.
    byte[] array(long address) {
        return chunks.get((int) (address >>> Integer.SIZE));
    }

    /// Where in [#array(long)] the record at `address` begins.
    static int offset(long address) {
        return (int) address;
    }

    /// Forgets all records and gives their memory back.
    void clear() {
        if (current.length > KEPT_BYTES_MAX) {
            current = new byte[0];
        }
        chunks.clear();
        position = 0;
        memory.release(reservedBytes);
        reservedBytes = 0;
    }
}
