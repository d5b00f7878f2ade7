package org.cladedb.kv;

/// A key, value or transaction is larger than the engine's limits. Do not retry.
public final class LimitExceededException extends KvException {
    public LimitExceededException(String message) {
        super(message);
    }

    public LimitExceededException(String message, Throwable cause) {
        super(message, cause);
    }
}
