package org.cladedb.common;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all statements of a server may hold together. It counts bytes and holds none.
/// Safe for any thread.
///
/// What is taken is given back by who took it. Takers draw in pieces of many kilobytes, so that the
/// one counter is not touched per row.
public final class MemoryPool implements MemoryBudget {
    /// Of the limit, this part is kept from takers that can do without ([#tryTakeSpare(long)]).
    private static final int KEPT_FRACTION = 8;

    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    public MemoryPool(long limitBytes) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("limitBytes must be positive");
        }
        this.limitBytes = limitBytes;
    }

    /// A pool that never refuses, for stores and plans outside of a server.
    public static MemoryPool unlimited() {
        return new MemoryPool(Long.MAX_VALUE);
    }

    @Override
    public boolean tryTake(long bytes) {
        return take(bytes, limitBytes);
    }

    /// Takes `bytes` if more than a reserve is left without them: for those who can go on without,
    /// by writing to disk.
    public boolean tryTakeSpare(long bytes) {
        return take(bytes, limitBytes - limitBytes / KEPT_FRACTION);
    }

    private boolean take(long bytes, long most) {
        if (bytes > most) {
            refusals.incrementAndGet();
            return false;
        }
        long before = used.getAndAdd(bytes);
        if (before > most - bytes) {
            used.getAndAdd(-bytes);
            refusals.incrementAndGet();
            return false;
        }
        return true;
    }

    /// Takes `bytes`, beyond the limit if need be: for little that must be had to fail in order.
    public void take(long bytes) {
        used.getAndAdd(bytes);
    }

    @Override
    public void give(long bytes) {
        used.getAndAdd(-bytes);
    }

    public long usedBytes() {
        return used.get();
    }

    public long limitBytes() {
        return limitBytes;
    }

    /// How often somebody was refused.
    public long refusals() {
        return refusals.get();
    }
}
