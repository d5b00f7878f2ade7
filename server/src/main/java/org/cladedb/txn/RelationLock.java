package org.cladedb.txn;

import org.cladedb.kv.LockTarget;

/// A lock on a table or view that transactions can take, made once for any number of them.
public final class RelationLock {
    private final LockTarget target;

    RelationLock(LockTarget target) {
        this.target = target;
    }

    LockTarget target() {
        return target;
    }
}
