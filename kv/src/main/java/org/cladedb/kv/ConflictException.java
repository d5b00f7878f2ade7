package org.cladedb.kv;

/// Another transaction committed a write to something this one wrote or checked. Nothing was
/// applied; retry.
public final class ConflictException extends KvException {
    public ConflictException(String message) {
        super(message);
    }

    public ConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
