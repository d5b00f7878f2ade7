package org.cladedb.txn;

import java.util.HashSet;
import java.util.Set;
import org.cladedb.catalog.TableGroup;
import org.cladedb.kv.LockMode;
import org.cladedb.storage.group.WriteContext;

/// Bounds the locks that a transaction holds, each of which costs some hundred bytes: one that has
/// locked very many rows keeps others from writing the tables as a whole instead, if nobody does
/// write them at that moment. Owned by the transaction's thread.
final class ManyLocks {
    private static final int LOCKS_MAX = 100_000;

    /// About what a lock costs.
    private static final int LOCK_BYTES = 256;

    private final WriteContext transaction;

    /// How many new keys are locked at most, and after how many locks of rows the whole group is
    /// tried, and again after as many more.
    private int most = LOCKS_MAX;

    private final Set<Integer> alone = new HashSet<>();
    private int claims;
    private int rows;

    ManyLocks(WriteContext transaction) {
        this.transaction = transaction;
    }

    /// Has locks of each kind take about `bytes` at most.
    void bound(long bytes) {
        most = Math.clamp(bytes / LOCK_BYTES, 1, LOCKS_MAX);
    }

    /// As [WriteContext#claim].
    boolean claim(byte[] key) {
        if (claims < most) {
            claims++;
            return transaction.lock(key, LockMode.EXCLUSIVE);
        }
        return !transaction.isChanged(key);
    }

    /// As [WriteContext#lockRow].
    boolean lockRow(TableGroup group, byte[] key) {
        if (rows >= most && isAlone(group)) {
            return !transaction.isChanged(key);
        }
        rows++;
        return transaction.lock(key, LockMode.EXCLUSIVE);
    }

    private boolean isAlone(TableGroup group) {
        if (alone.contains(group.rootOid())) {
            return true;
        }
        boolean locked = rows % most == 0 && transaction.lockAlone(group);
        if (locked) {
            alone.add(group.rootOid());
        }
        return locked;
    }
}
