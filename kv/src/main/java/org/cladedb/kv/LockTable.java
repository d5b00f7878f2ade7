package org.cladedb.kv;

import java.util.List;

/// Locks on keys, held by transactions until they end. Safe for any number of threads.
///
/// A waiting call parks its (virtual) thread. A holder may take a key again in any mode (one that
/// others exclude waits for them).
public interface LockTable {
    /// Takes a key for `owner`.
    ///
    /// @param timeoutMillis how long to wait: 0 does not wait, negative waits without limit
    /// @return true when it was granted at once, false when it had to wait
    /// @throws DeadlockException waiting would close a cycle
    /// @throws LockTimeoutException the time is over
    /// @throws InterruptedException the thread was interrupted while waiting (a cancelled
    ///   statement)
    boolean lock(Object owner, LockTarget target, long timeoutMillis) throws InterruptedException;

    /// The same with a key and a mode that are not kept.
    default boolean lock(Object owner, byte[] key, LockMode mode, long timeoutMillis)
            throws InterruptedException {
        return lock(owner, new LockTarget(key, mode), timeoutMillis);
    }

    /// Gives one mode of a key back and wakes waiters; nothing when `owner` does not hold it.
    void release(Object owner, LockTarget target);

    /// Releases everything `owner` holds and wakes waiters. Idempotent.
    void releaseAll(Object owner);

    /// Requests that wait now.
    int waiters();

    /// An owner for one transaction after another, whose weak locks cost next to nothing. To be
    /// closed.
    LockOwner newOwner();

    /// Locks held and waited for, each as of some moment during the call.
    List<HeldLock> list();
}
