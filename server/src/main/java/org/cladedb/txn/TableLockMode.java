package org.cladedb.txn;

import java.util.Arrays;
import java.util.Optional;
import org.cladedb.kv.LockMode;

/// How a transaction locks a table or view until its end, or until the savepoint is undone under
/// which it did. Which exclude which is PostgreSQL's table.
public enum TableLockMode {
    /// Reads rows.
    ACCESS_SHARE(LockMode.TABLE_ACCESS_SHARE, "AccessShareLock"),
    /// Locks rows, or refers to them.
    ROW_SHARE(LockMode.TABLE_ROW_SHARE, "RowShareLock"),
    /// Writes rows.
    ROW_EXCLUSIVE(LockMode.TABLE_ROW_EXCLUSIVE, "RowExclusiveLock"),
    /// Changes what neither readers nor writers see.
    SHARE_UPDATE_EXCLUSIVE(LockMode.TABLE_SHARE_UPDATE_EXCLUSIVE, "ShareUpdateExclusiveLock"),
    /// Keeps writers out.
    SHARE(LockMode.TABLE_SHARE, "ShareLock"),
    /// Keeps writers out; one holder.
    SHARE_ROW_EXCLUSIVE(LockMode.TABLE_SHARE_ROW_EXCLUSIVE, "ShareRowExclusiveLock"),
    /// Keeps out all but readers.
    EXCLUSIVE(LockMode.TABLE_EXCLUSIVE, "ExclusiveLock"),
    /// Keeps out all.
    ACCESS_EXCLUSIVE(LockMode.TABLE_ACCESS_EXCLUSIVE, "AccessExclusiveLock");

    private final LockMode mode;
    private final String display;

    TableLockMode(LockMode mode, String display) {
        this.mode = mode;
        this.display = display;
    }

    LockMode mode() {
        return mode;
    }

    /// The mode of a table that a key is locked in; empty for modes of single keys.
    static Optional<TableLockMode> of(LockMode mode) {
        return Arrays.stream(values()).filter(each -> each.mode == mode).findFirst();
    }

    /// The name in pg_locks.
    public String display() {
        return display;
    }

    /// Whether it excludes all that `other` excludes.
    boolean covers(TableLockMode other) {
        for (TableLockMode each : values()) {
            if (other.mode.excludes(each.mode) && !mode.excludes(each.mode)) {
                return false;
            }
        }
        return true;
    }
}
