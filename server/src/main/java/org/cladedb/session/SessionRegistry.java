package org.cladedb.session;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// All sessions of the server by process id. Safe for any thread.
public final class SessionRegistry {
    private final ConcurrentHashMap<Integer, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();

    /// Enters a session under a new number.
    int register(Session session) {
        while (true) {
            int id = lastId.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
            if (sessions.putIfAbsent(id, session) == null) {
                return id;
            }
        }
    }

    void remove(int processId) {
        sessions.remove(processId);
    }

    public @Nullable Session find(int processId) {
        return sessions.get(processId);
    }

    public List<Session> all() {
        return List.copyOf(sessions.values());
    }
}
