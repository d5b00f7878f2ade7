package org.cladedb.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.AdvisoryKey;
import org.jspecify.annotations.Nullable;

/// The advisory locks of all sessions: shared or exclusive, held by session or transaction, counted
/// per holder. The same number means another lock in another database. Safe for any thread.
public final class AdvisoryLocks {
    /// Guards everything below.
    private final ReentrantLock mutex = new ReentrantLock();

    private final Condition released = mutex.newCondition();
    private final Map<Name, Map<Session, Holds>> locks = new HashMap<>();
    private final Map<Session, Request> waiting = new HashMap<>();

    private record Name(int databaseOid, AdvisoryKey key) {
        Name(Session owner, AdvisoryKey key) {
            this(owner.database().oid(), key);
        }
    }

    private record Request(Name name, boolean shared) {}

    /// How often one session holds one lock: [exclusive, shared] by session and by transaction.
    private static final class Holds {
        private final int[] bySession = new int[2];
        private final int[] byTransaction = new int[2];

        boolean has(int mode) {
            return bySession[mode] + byTransaction[mode] > 0;
        }

        boolean isEmpty() {
            return !has(0) && !has(1);
        }
    }

    /// Takes the lock for `owner`; false when it is held by others and `wait` is false.
    ///
    /// @param timeoutMillis how long to wait at most; 0 for ever
    /// @throws DatabaseException 40P01, or 55P03 when the time is over
    boolean lock(
            Session owner,
            AdvisoryKey key,
            boolean shared,
            boolean byTransaction,
            boolean wait,
            long timeoutMillis)
            throws InterruptedException {
        mutex.lock();
        try {
            Name name = new Name(owner, key);
            if (isBlocked(owner, name, shared)) {
                if (!wait) {
                    return false;
                }
                waitFor(owner, new Request(name, shared), timeoutMillis);
            }
            Holds holds =
                    locks.computeIfAbsent(name, _ -> new HashMap<>())
                            .computeIfAbsent(owner, _ -> new Holds());
            (byTransaction ? holds.byTransaction : holds.bySession)[shared ? 1 : 0]++;
            return true;
        } finally {
            mutex.unlock();
        }
    }

    private void waitFor(Session owner, Request request, long timeoutMillis)
            throws InterruptedException {
        waiting.put(owner, request);
        try {
            if (closesCycle(owner)) {
                throw new DatabaseException(SqlState.DEADLOCK_DETECTED, "deadlock detected");
            }
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (isBlocked(owner, request.name, request.shared)) {
                if (timeoutMillis == 0) {
                    released.await();
                } else if (left <= 0) {
                    throw new DatabaseException(
                            SqlState.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout");
                } else {
                    left = released.awaitNanos(left);
                }
            }
        } finally {
            waiting.remove(owner);
        }
    }

    /// All that are held and waited for.
    List<ListedAdvisoryLock> list() {
        mutex.lock();
        try {
            List<ListedAdvisoryLock> listed = new ArrayList<>();
            locks.forEach((name, holders) ->
                    holders.forEach((holder, holds) -> {
                        for (int mode = 0; mode < 2; mode++) {
                            if (holds.has(mode)) {
                                listed.add(listed(holder, name, mode == 1, true));
                            }
                        }
                    }));
            waiting.forEach((owner, request) ->
                    listed.add(listed(owner, request.name, request.shared, false)));
            return listed;
        } finally {
            mutex.unlock();
        }
    }

    private static ListedAdvisoryLock listed(
            Session owner, Name name, boolean shared, boolean granted) {
        return new ListedAdvisoryLock(
                owner.processId(), name.databaseOid, name.key, shared, granted);
    }

    /// The sessions that a session waits for.
    Set<Session> blockers(Session owner) {
        mutex.lock();
        try {
            Request request = waiting.get(owner);
            return request == null ? Set.of() : blockers(owner, request.name, request.shared);
        } finally {
            mutex.unlock();
        }
    }

    private boolean isBlocked(Session owner, Name name, boolean shared) {
        return !blockers(owner, name, shared).isEmpty();
    }

    private Set<Session> blockers(Session owner, Name name, boolean shared) {
        Set<Session> blockers = new HashSet<>();
        locks.getOrDefault(name, Map.of())
                .forEach((holder, holds) -> {
                    if (holder != owner && (!shared || holds.has(0))) {
                        blockers.add(holder);
                    }
                });
        return blockers;
    }

    private boolean closesCycle(Session start) {
        return reaches(start, start, new HashSet<>());
    }

    private boolean reaches(Session from, Session target, Set<Session> seen) {
        Request request = waiting.get(from);
        if (request == null) {
            return false;
        }
        for (Session blocker : blockers(from, request.name, request.shared)) {
            if (blocker == target || (seen.add(blocker) && reaches(blocker, target, seen))) {
                return true;
            }
        }
        return false;
    }

    /// Releases one hold by the session; false when there is none.
    boolean unlock(Session owner, AdvisoryKey key, boolean shared) {
        mutex.lock();
        try {
            Name name = new Name(owner, key);
            Map<Session, Holds> holders = locks.get(name);
            Holds holds = holders == null ? null : holders.get(owner);
            int mode = shared ? 1 : 0;
            if (holders == null || holds == null || holds.bySession[mode] == 0) {
                return false;
            }
            holds.bySession[mode]--;
            forgetIfEmpty(name, holders, owner, holds);
            released.signalAll();
            return true;
        } finally {
            mutex.unlock();
        }
    }

    /// Releases all holds by the session.
    void unlockSession(Session owner) {
        releaseAll(owner, false);
    }

    /// Releases all holds by the session's transaction.
    void unlockTransaction(Session owner) {
        releaseAll(owner, true);
    }

    private void releaseAll(Session owner, boolean byTransaction) {
        mutex.lock();
        try {
            for (Name name : Set.copyOf(locks.keySet())) {
                Map<Session, Holds> holders = locks.get(name);
                @Nullable Holds holds = holders == null ? null : holders.get(owner);
                if (holders == null || holds == null) {
                    continue;
                }
                int[] counts = byTransaction ? holds.byTransaction : holds.bySession;
                counts[0] = 0;
                counts[1] = 0;
                forgetIfEmpty(name, holders, owner, holds);
            }
            released.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    private void forgetIfEmpty(Name name, Map<Session, Holds> holders, Session owner, Holds holds) {
        if (holds.isEmpty()) {
            holders.remove(owner);
            if (holders.isEmpty()) {
                locks.remove(name);
            }
        }
    }
}
