package org.cladedb.txn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.kv.KvException;
import org.cladedb.kv.LockMode;
import org.cladedb.kv.LockTarget;
import org.cladedb.kv.LockTimeoutException;
import org.cladedb.kv.Transaction;
import org.cladedb.storage.catalogstore.CatalogKeys;
import org.jspecify.annotations.Nullable;

/// The locks that a transaction has on relations and on the catalog, in the order it took them.
/// Owned by the transaction's thread.
final class RelationLocks {
    /// From here on they are looked up in a set.
    private static final int SEARCHED_MAX = 16;

    private static final long NOT_AT_ALL = 0;

    private final Transaction kv;
    private final CatalogKeys keys;
    private final List<LockTarget> held = new ArrayList<>(2);
    private @Nullable Set<LockTarget> heldSet;
    private long timeoutMillis = -1;

    RelationLocks(Transaction kv, CatalogKeys keys) {
        this.kv = kv;
        this.keys = keys;
    }

    /// @param millis how long to wait from now on; negative for ever
    void setTimeoutMillis(long millis) {
        timeoutMillis = millis;
    }

    LockTarget target(int relationOid, TableLockMode mode) {
        return new LockTarget(keys.table(relationOid), mode.mode());
    }

    /// The catalog's own lock, which who changes it holds.
    LockTarget catalog() {
        return new LockTarget(keys.version(), LockMode.EXCLUSIVE);
    }

    boolean holds(LockTarget target) {
        Set<LockTarget> set = heldSet;
        if (set != null) {
            return set.contains(target);
        }
        for (LockTarget each : held) {
            if (each.equals(target)) {
                return true;
            }
        }
        return false;
    }

    /// Takes a lock, unless it is held; false when that had to wait.
    boolean take(LockTarget target) {
        return take(target, timeoutMillis);
    }

    /// Takes a lock; false when that would have to wait.
    boolean tryTake(LockTarget target) {
        if (holds(target)) {
            return true;
        }
        try {
            takeNew(target, NOT_AT_ALL);
            return true;
        } catch (LockTimeoutException _) {
            return false;
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        } catch (InterruptedException _) {
            throw KvFailures.interrupted();
        }
    }

    private boolean take(LockTarget target, long waitMillis) {
        if (holds(target)) {
            return true;
        }
        try {
            return takeNew(target, waitMillis);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        } catch (InterruptedException _) {
            throw KvFailures.interrupted();
        }
    }

    private boolean takeNew(LockTarget target, long waitMillis) throws InterruptedException {
        boolean atOnce = kv.take(target, waitMillis);
        held.add(target);
        Set<LockTarget> set = heldSet;
        if (set != null) {
            set.add(target);
        } else if (held.size() > SEARCHED_MAX) {
            heldSet = new HashSet<>(held);
        }
        return atOnce;
    }

    /// Takes the locks of relations together with the catalog's, and waits for neither while it
    /// keeps the other from others: a definition that waits for readers must not make all other
    /// definitions wait, nor one that waits for those keep readers out.
    ///
    /// @param keepsCatalog whether the transaction cannot let go of the catalog any more
    void takeDefinitions(List<LockTarget> relations, boolean keepsCatalog) {
        if (keepsCatalog) {
            relations.forEach(this::take);
            return;
        }
        LockTarget catalog = catalog();
        int before = held.size();
        if (holds(catalog)) {
            if (tryAll(relations)) {
                return;
            }
            giveBack(catalog);
            before = held.size();
        }
        while (true) {
            relations.forEach(this::take);
            if (tryTake(catalog)) {
                return;
            }
            returnTo(before);
            take(catalog);
            if (tryAll(relations)) {
                return;
            }
            returnTo(before);
        }
    }

    private boolean tryAll(List<LockTarget> relations) {
        int before = held.size();
        for (LockTarget relation : relations) {
            if (!tryTake(relation)) {
                returnTo(before);
                return false;
            }
        }
        return true;
    }

    private void giveBack(LockTarget target) {
        held.remove(target);
        if (heldSet != null) {
            heldSet.remove(target);
        }
        kv.giveBack(target);
    }

    /// How many there are, for [#returnTo].
    int mark() {
        return held.size();
    }

    /// Gives back what was taken since there were so many.
    void returnTo(int mark) {
        while (held.size() > mark) {
            giveBack(held.getLast());
        }
    }
}
