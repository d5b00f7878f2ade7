package org.cladedb.kv;

import org.cladedb.common.MemoryBudget;
import org.jspecify.annotations.Nullable;

/// Counts what a transaction keeps until it ends: its writes, and the keys it has locked or checks.
/// Small transactions are not counted. Owned by the transaction's thread.
final class WrittenMemory {
    /// Transactions up to here take nothing from the budget, larger ones in such pieces.
    private static final long PIECE_BYTES = 256 << 10;

    /// The objects around a key and its value, and what a commit makes of them.
    private static final long ENTRY_BYTES = 160;

    /// An entry of the maps of locks or checks, and of the lock table.
    private static final long LOCK_BYTES = 240;

    private @Nullable MemoryBudget budget;
    private long bytes;
    private long writeBytes;
    private long taken;

    void countIn(MemoryBudget newBudget) {
        budget = newBudget;
    }

    /// A key and its value will be kept; twice, since a commit encodes them.
    ///
    /// @throws MemoryLimitException and nothing changes
    void addWrite(long keyAndValueBytes) {
        long more = 2 * keyAndValueBytes + ENTRY_BYTES;
        add(more);
        writeBytes += more;
    }

    void addLock(long keyBytes) {
        add(keyBytes + LOCK_BYTES);
    }

    private void add(long more) {
        long wanted = bytes + more;
        if (wanted - taken > PIECE_BYTES) {
            take(wanted - taken);
        }
        bytes = wanted;
    }

    private void take(long missing) {
        MemoryBudget from = budget;
        long piece = Math.max(missing, PIECE_BYTES);
        if (from == null) {
            return;
        }
        if (!from.tryTake(piece)) {
            throw new MemoryLimitException(
                    "The transaction keeps %d kB of writes and locks until it ends."
                            .formatted(bytes >> 10));
        }
        taken += piece;
    }

    long bytes() {
        return bytes;
    }

    /// The part of [#bytes()] that is of writes.
    long writeBytes() {
        return writeBytes;
    }

    /// No write is kept in memory any more.
    void writesPutAside() {
        returnTo(bytes - writeBytes, 0);
    }

    /// Forgets what was kept after there were `before` bytes, `writesBefore` of them of writes.
    void returnTo(long before, long writesBefore) {
        bytes = before;
        writeBytes = writesBefore;
        if (budget != null && taken - bytes > 2 * PIECE_BYTES) {
            budget.give(taken - bytes);
            taken = bytes;
        }
    }

    void end() {
        if (budget != null) {
            budget.give(taken);
        }
        taken = 0;
        bytes = 0;
        writeBytes = 0;
    }
}
