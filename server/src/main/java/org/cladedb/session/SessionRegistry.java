package org.cladedb.session;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// All sessions of the server by process id. Safe for any thread.
public final class SessionRegistry {
    private final ConcurrentHashMap<Integer, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private volatile boolean closed;

    /// For `removed` only.
    private final ReentrantLock mutex = new ReentrantLock();

    private final Condition removed = mutex.newCondition();

    /// Enters a session under a new number.
    ///
    /// @throws DatabaseException 57P03 when the server is shutting down
    int register(Session session) {
        while (true) {
            int id = lastId.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
            if (sessions.putIfAbsent(id, session) == null) {
                refuseWhenClosed(id);
                return id;
            }
        }
    }

    /// Asked when the session is in: either it sees that, or who closes sees the session.
    private void refuseWhenClosed(int id) {
        if (closed) {
            remove(id);
            throw new DatabaseException(
                    SqlState.CANNOT_CONNECT_NOW, "the database system is shutting down");
        }
    }

    /// Lets no session in any more.
    public void close() {
        closed = true;
    }

    void remove(int processId) {
        sessions.remove(processId);
        mutex.lock();
        try {
            removed.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    public @Nullable Session find(int processId) {
        return sessions.get(processId);
    }

    /// Stops the running statement that has most of the server's memory, with 53200; false when
    /// none runs, or one that was stopped has not ended yet.
    public boolean stopGreediest() {
        Session greediest = null;
        for (Session session : sessions.values()) {
            if (session.control().isStoppingForMemory()) {
                return false;
            }
            if (session.control().isRunning()
                    && (greediest == null
                            || session.memory().drawnBytes() > greediest.memory().drawnBytes())) {
                greediest = session;
            }
        }
        if (greediest == null) {
            return false;
        }
        greediest.control().stop(StatementControl.Reason.OUT_OF_MEMORY);
        return true;
    }

    public List<Session> all() {
        return List.copyOf(sessions.values());
    }

    /// The sessions in a database, without `self`.
    List<Session> others(int databaseOid, Session self) {
        return sessions.values().stream()
                .filter(session -> session != self && session.database().oid() == databaseOid)
                .toList();
    }

    /// Waits until a session has ended; false when it has not by then.
    boolean awaitEnd(Session session, long timeoutMillis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        mutex.lockInterruptibly();
        try {
            while (sessions.get(session.processId()) == session && left > 0) {
                left = removed.awaitNanos(left);
            }
            return sessions.get(session.processId()) != session;
        } finally {
            mutex.unlock();
        }
    }

    /// Waits until no session but `self` is in the database: those that clients have left end a
    /// moment later. Returns how many are still there when the time is over.
    int awaitNoOthers(int databaseOid, Session self, long timeoutMillis)
            throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        mutex.lockInterruptibly();
        try {
            int others = others(databaseOid, self).size();
            while (others > 0 && left > 0) {
                left = removed.awaitNanos(left);
                others = others(databaseOid, self).size();
            }
            return others;
        } finally {
            mutex.unlock();
        }
    }
}
