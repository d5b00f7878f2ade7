package org.cladedb.exec;

import org.cladedb.common.ByteWriter;
import org.cladedb.memory.MemoryAccount;

/// JSON text of nested results while it grows, counted against the memory of the statement.
///
/// It is used again for the next row; after the execution a large one is given back.
final class NestedBuffer {
    private static final int FIRST_BYTES = 256;
    private static final int KEPT_BYTES_MAX = 1 << 20;

    private final ByteWriter bytes = new ByteWriter(FIRST_BYTES);
    private final MemoryAccount memory;
    private int reservedBytes;

    NestedBuffer(PlanState state) {
        memory = state.operatorMemory();
        state.whenClosed(this::release);
    }

    ByteWriter bytes() {
        return bytes;
    }

    /// Counts what was allocated since the last call; call once a row.
    void account() {
        int capacity = bytes.array().length;
        if (capacity > reservedBytes) {
            memory.reserve(capacity - reservedBytes);
            reservedBytes = capacity;
        }
    }

    private void release() {
        memory.release(reservedBytes);
        reservedBytes = 0;
        if (bytes.array().length > KEPT_BYTES_MAX) {
            bytes.shrinkTo(FIRST_BYTES);
        }
    }
}
