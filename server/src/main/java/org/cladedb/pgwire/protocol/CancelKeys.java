package org.cladedb.pgwire.protocol;

import java.security.MessageDigest;
import java.util.concurrent.ConcurrentHashMap;
import org.cladedb.session.Session;

/// The secrets by which clients may cancel what their other connections run. Safe for any thread.
public final class CancelKeys {
    private record Entry(Session session, byte[] secret) {}

    private final ConcurrentHashMap<Integer, Entry> entries = new ConcurrentHashMap<>();

    void add(Session session, byte[] secret) {
        entries.put(session.processId(), new Entry(session, secret));
    }

    void remove(Session session) {
        entries.remove(session.processId());
    }

    /// Cancels if the secret is right; tells nobody whether it was.
    void cancel(int processId, byte[] secret) {
        Entry entry = entries.get(processId);
        if (entry != null && MessageDigest.isEqual(entry.secret, secret)) {
            entry.session.cancel();
        }
    }
}
