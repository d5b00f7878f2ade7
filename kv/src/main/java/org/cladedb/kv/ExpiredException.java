package org.cladedb.kv;

/// The snapshot is too old to read from.
public final class ExpiredException extends KvException {
    public ExpiredException(String message) {
        super(message);
    }

    public ExpiredException(String message, Throwable cause) {
        super(message, cause);
    }
}
