package org.cladedb.kv;

/// Waiting for a lock would close a cycle of waiting transactions. Nothing was applied; retry.
public final class DeadlockException extends KvException {
    public DeadlockException(String message) {
        super(message);
    }

    public DeadlockException(String message, Throwable cause) {
        super(message, cause);
    }
}
