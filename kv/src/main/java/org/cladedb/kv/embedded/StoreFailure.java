package org.cladedb.kv.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.cladedb.kv.KvException;
import org.cladedb.kv.UnavailableException;
import org.jspecify.annotations.Nullable;

/// What made a store refuse commits until it is opened again, if anything did. Whoever runs the
/// store is told once, in the log, since the clients that see it may be anybody. Safe for any
/// thread.
final class StoreFailure {
    private static final Logger LOGGER = System.getLogger("org.cladedb.kv.embedded");

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private final AtomicBoolean saidFull = new AtomicBoolean();

    /// Remembers the first failure.
    void set(Throwable cause) {
        if (first.compareAndSet(null, cause)) {
            LOGGER.log(
                    Level.ERROR,
                    "the store failed and refuses commits until it is opened again",
                    cause);
        }
    }

    /// Tells of a full disk, once until [#foundSpace()].
    void noSpace(KvException cause) {
        if (saidFull.compareAndSet(false, true)) {
            LOGGER.log(
                    Level.WARNING, "the disk is full; writes wait for space, reads go on", cause);
        }
    }

    void foundSpace() {
        saidFull.set(false);
    }

    @Nullable Throwable get() {
        return first.get();
    }

    /// @throws UnavailableException something failed
    void requireNone() {
        Throwable cause = first.get();
        if (cause != null) {
            throw new UnavailableException("the store failed earlier", cause);
        }
    }

    /// What failed, with all that caused it, for people.
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(words(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String words = words(cause);
            // The message of what wraps a cause often repeats it.
            if (text.indexOf(words) < 0) {
                text.append(": ").append(words);
            }
        }
        return text.toString();
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
