package org.cladedb.kv.embedded;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.common.Clock;

/// Held while a commit is verified and applied, and while a checkpoint chooses its version: by one
/// thread at a time, and not for long, since all who commit wait for it. Not reentrant.
final class ApplyLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final AtomicLong longestNanos = new AtomicLong();
    // The holder's.
    private long since;

    ApplyLock(Clock clock) {
        this.clock = clock;
    }

    void lock() {
        lock.lock();
        since = clock.nanoTime();
    }

    void unlock() {
        long held = clock.nanoTime() - since;
        lock.unlock();
        if (held > longestNanos.get()) {
            longestNanos.accumulateAndGet(held, Math::max);
        }
    }

    boolean isHeld() {
        return lock.isLocked();
    }

    /// The longest time for which it was held so far.
    long longestNanos() {
        return longestNanos.get();
    }
}
