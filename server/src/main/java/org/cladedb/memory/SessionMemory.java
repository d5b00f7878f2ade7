package org.cladedb.memory;

import org.cladedb.common.MemoryBudget;
import org.cladedb.common.MemoryPool;
import org.jspecify.annotations.Nullable;

/// A session's part of the server's memory, drawn from the pool in pieces and given back when the
/// session has no use for it. Owned by the session's thread, but for [#drawnBytes()].
///
/// The first piece is granted even when the pool is empty: small statements go on while large ones
/// are refused.
public final class SessionMemory implements MemorySource {
    private static final long PIECE_BYTES = 64 << 10;

    /// A transaction keeps this part of the server's memory for what it has written, and as much
    /// for its locks, within bounds; the rest goes to disk.
    private static final int TRANSACTIONS = 8;

    private static final long TRANSACTION_BYTES_MIN = 1 << 20;

    /// Others do not commit while so much is applied: for some tens of milliseconds.
    private static final long WRITE_BYTES_MAX = 16 << 20;

    private static final long LOCK_BYTES_MAX = 64 << 20;

    private final MemoryPool pool;
    private long usedBytes;
    private volatile long drawnBytes;

    public SessionMemory(MemoryPool pool) {
        this.pool = pool;
    }

    /// An account for a statement, or for what the session keeps between statements.
    ///
    /// @param limitBytes beyond which the account refuses
    /// @param workBytes beyond which an operator should write to disk
    public MemoryAccount account(long limitBytes, long workBytes) {
        return MemoryAccount.of(this, limitBytes, workBytes);
    }

    /// An account for what a transaction keeps until it ends, bounded by the server alone.
    public MemoryAccount transactionAccount() {
        return MemoryAccount.of(this, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /// Beyond so many bytes a transaction should put aside what it has written.
    public long transactionWriteBytes() {
        return Math.min(transactionLockBytes(), WRITE_BYTES_MAX);
    }

    /// Beyond so many bytes of locks of rows a transaction should lock whole tables.
    public long transactionLockBytes() {
        return Math.clamp(pool.limitBytes() / TRANSACTIONS, TRANSACTION_BYTES_MIN, LOCK_BYTES_MAX);
    }

    /// The same for what comes and goes while no statement runs: nothing is kept in store for it.
    public MemoryBudget outsideOfStatements() {
        MemoryAccount account = transactionAccount();
        return new MemoryBudget() {
            @Override
            public boolean tryTake(long bytes) {
                return account.tryTake(bytes);
            }

            @Override
            public void give(long bytes) {
                account.give(bytes);
                settle();
            }
        };
    }

    @Override
    public @Nullable Refusal take(long bytes, boolean spare) {
        long wanted = usedBytes + bytes;
        if (wanted > drawnBytes && !draw(wanted, spare)) {
            return Refusal.byServer(pool.limitBytes());
        }
        usedBytes = wanted;
        return null;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the owner alone
    private boolean draw(long wanted, boolean spare) {
        long drawn = drawnBytes;
        long piece = Math.max(wanted - drawn, PIECE_BYTES);
        if (drawn == 0 && piece == PIECE_BYTES) {
            pool.take(piece);
        } else if (!(spare ? pool.tryTakeSpare(piece) : pool.tryTake(piece))) {
            return false;
        }
        drawnBytes = drawn + piece;
        return true;
    }

    @Override
    public void release(long bytes) {
        usedBytes -= bytes;
        if (drawnBytes - usedBytes > 2 * PIECE_BYTES) {
            keep(usedBytes + PIECE_BYTES);
        }
    }

    /// Gives back what is not used; called after each command of the client.
    public void settle() {
        if (drawnBytes > usedBytes) {
            keep(usedBytes);
        }
    }

    private void keep(long bytes) {
        pool.give(drawnBytes - bytes);
        drawnBytes = bytes;
    }

    /// What the session draws from, which others do as well.
    public MemoryPool pool() {
        return pool;
    }

    /// What accounts of this session hold.
    public long usedBytes() {
        return usedBytes;
    }

    /// What the session has of the pool. Any thread.
    public long drawnBytes() {
        return drawnBytes;
    }
}
