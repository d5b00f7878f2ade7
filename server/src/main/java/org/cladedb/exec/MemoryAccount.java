package org.cladedb.exec;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// Counts the bytes that the operators of one running plan keep. Owned by the statement's thread.
///
/// Reservations are estimates of arrays allocated, made before the allocation, so that a statement
/// ends with 53200 long before the process is out of memory.
final class MemoryAccount {
    private final @Nullable MemoryAccount parent;
    private long limitBytes = Long.MAX_VALUE;
    private long usedBytes;

    MemoryAccount() {
        this(null);
    }

    private MemoryAccount(@Nullable MemoryAccount parent) {
        this.parent = parent;
    }

    /// An account whose bytes count here too, and which can be given back as a whole.
    MemoryAccount part() {
        return new MemoryAccount(this);
    }

    /// Starts an execution with nothing reserved.
    void begin(long newLimitBytes) {
        limitBytes = newLimitBytes;
        usedBytes = 0;
    }

    /// Takes `bytes`, or throws and takes nothing.
    void reserve(long bytes) {
        if (parent != null) {
            parent.reserve(bytes);
        }
        if (usedBytes + bytes > limitBytes) {
            throw new DatabaseException(SqlState.OUT_OF_MEMORY, "out of memory")
                    .withDetail(
                            "The statement may keep "
                                    + limitBytes
                                    + " bytes of rows in memory, and needs more.");
        }
        usedBytes += bytes;
    }

    void release(long bytes) {
        usedBytes -= bytes;
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /// Releases all that was taken here.
    void releaseAll() {
        release(usedBytes);
    }

    long usedBytes() {
        return usedBytes;
    }
}
