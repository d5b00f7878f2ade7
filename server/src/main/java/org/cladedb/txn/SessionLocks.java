package org.cladedb.txn;

import org.cladedb.kv.LockOwner;

/// Who holds the locks of a session's transactions, one after the other. To be closed with the
/// session.
public final class SessionLocks implements AutoCloseable {
    private final LockOwner owner;

    SessionLocks(LockOwner owner) {
        this.owner = owner;
    }

    LockOwner owner() {
        return owner;
    }

    /// Stands for it in [ListedLock].
    public Object holder() {
        return owner;
    }

    @Override
    public void close() {
        owner.close();
    }
}
