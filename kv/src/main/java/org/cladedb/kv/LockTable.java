package org.cladedb.kv;

/// Locks on keys, held by transactions until they end. Safe for any number of threads.
///
/// A waiting call parks its (virtual) thread. A holder may take a key again in the same or a
/// stronger mode (an upgrade waits for the other sharers).
public interface LockTable {
    /// Takes `key` for `owner`.
    ///
    /// @param timeoutMillis how long to wait: 0 does not wait, negative waits without limit
    /// @return true when it was granted at once, false when it had to wait
    /// @throws DeadlockException waiting would close a cycle
    /// @throws LockTimeoutException the time is over
    /// @throws InterruptedException the thread was interrupted while waiting (a cancelled
    ///   statement)
    boolean lock(Object owner, byte[] key, LockMode mode, long timeoutMillis)
            throws InterruptedException;

    /// Releases everything `owner` holds and wakes waiters. Idempotent.
    void releaseAll(Object owner);

    /// Requests that wait now.
    int waiters();
}
