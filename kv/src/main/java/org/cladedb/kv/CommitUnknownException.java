package org.cladedb.kv;

/// The commit may or may not have been applied.
public final class CommitUnknownException extends KvException {
    public CommitUnknownException(String message) {
        super(message);
    }

    public CommitUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
