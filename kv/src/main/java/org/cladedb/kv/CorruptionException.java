package org.cladedb.kv;

/// Stored bytes fail their check. The message names file and offset; nothing is guessed.
public final class CorruptionException extends KvException {
    public CorruptionException(String message) {
        super(message);
    }

    public CorruptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
