package org.cladedb.kv.embedded;

import java.util.concurrent.atomic.AtomicInteger;

/// Keeps one version of the tree readable for as long as somebody uses it: a snapshot, its cursors,
/// a read under way. Safe for any number of threads.
final class TreePin {
    private final Versions versions;
    private final VersionPins.Pin pin;
    private final TreeVersion version;
    private final AtomicInteger users = new AtomicInteger(1);

    TreePin(Versions versions, VersionPins.Pin pin, TreeVersion version) {
        this.versions = versions;
        this.pin = pin;
        this.version = version;
    }

    TreeVersion version() {
        return version;
    }

    /// One more user; false when the last one has let go already.
    boolean acquire() {
        int count = users.get();
        while (count > 0) {
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
            count = users.get();
        }
        return false;
    }

    /// One user less.
    void release() {
        if (users.decrementAndGet() == 0) {
            versions.unpinSnapshot(pin);
        }
    }
}
