package org.cladedb.kv;

/// A lock was not granted in the time allowed (or at once, where waiting was not allowed).
public final class LockTimeoutException extends KvException {
    public LockTimeoutException(String message) {
        super(message);
    }

    public LockTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
