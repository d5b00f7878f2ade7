package org.cladedb.txn;

import java.util.HashSet;
import java.util.Set;
import org.cladedb.catalog.TableGroup;
import org.cladedb.kv.LockMode;

/// Bounds the locks that a transaction holds, each of which costs some hundred bytes: one that has
/// locked very many rows or guards locks the tables as a whole instead, if that can be had at that
/// moment. Owned by the transaction's thread.
final class ManyLocks {
    private static final int LOCKS_MAX = 100_000;

    /// About what a lock costs.
    private static final int LOCK_BYTES = 256;

    private final StoredTransaction transaction;

    /// How many keys of a kind are locked at most, and after how many locks of a kind the whole
    /// group is tried, and again after as many more.
    private int most = LOCKS_MAX;

    private final GroupLocks rows = new GroupLocks(TableLockMode.SHARE_ROW_EXCLUSIVE);
    private final GroupLocks sharedGuards = new GroupLocks(TableLockMode.SHARE);
    private final GroupLocks exclusiveGuards = new GroupLocks(TableLockMode.EXCLUSIVE);
    private int claims;

    /// Locks of one kind, and the groups that are locked instead.
    private final class GroupLocks {
        private final TableLockMode mode;
        private final Set<Integer> whole = new HashSet<>();
        private int count;

        /// @param mode excludes what others hold on a table before they lock keys that exclude ours
        GroupLocks(TableLockMode mode) {
            this.mode = mode;
        }

        /// Whether one more key of the group need not be locked, since the group is.
        boolean cover(TableGroup group) {
            if (count < most) {
                count++;
                return false;
            }
            if (whole.contains(group.rootOid())) {
                return true;
            }
            if (count % most == 0 && transaction.lockGroup(group, mode)) {
                whole.add(group.rootOid());
                return true;
            }
            count++;
            return false;
        }
    }

    ManyLocks(StoredTransaction transaction) {
        this.transaction = transaction;
    }

    /// Has locks of each kind take about `bytes` at most.
    void bound(long bytes) {
        most = Math.clamp(bytes / LOCK_BYTES, 1, LOCKS_MAX);
    }

    /// Locks on relations may have been given back.
    void forgetGroups() {
        rows.whole.clear();
        sharedGuards.whole.clear();
        exclusiveGuards.whole.clear();
    }

    /// As [org.cladedb.storage.group.WriteContext#claim].
    boolean claim(byte[] key) {
        if (claims < most) {
            claims++;
            return transaction.lock(key, LockMode.EXCLUSIVE);
        }
        return !transaction.isChanged(key);
    }

    /// As [org.cladedb.storage.group.WriteContext#lockRow].
    boolean lockRow(TableGroup group, byte[] key) {
        return rows.cover(group)
                ? !transaction.isChanged(key)
                : transaction.lock(key, LockMode.EXCLUSIVE);
    }

    /// As [org.cladedb.storage.group.WriteContext#shareGuard].
    void shareGuard(TableGroup group, byte[] key) {
        if (!sharedGuards.cover(group)) {
            transaction.lock(key, LockMode.SHARED);
        }
    }

    /// As [org.cladedb.storage.group.WriteContext#excludeGuard].
    void excludeGuard(TableGroup group, byte[] key) {
        if (!exclusiveGuards.cover(group)) {
            transaction.lock(key, LockMode.EXCLUSIVE);
        }
    }
}
