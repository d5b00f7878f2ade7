package org.cladedb.kv;

/// The engine cannot serve the call now (closed, or storage failed). Nothing was applied.
public final class UnavailableException extends KvException {
    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
