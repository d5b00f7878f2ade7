package org.cladedb.kv;

/// No space is left where the engine keeps its files. Nothing was applied; reads go on, and writes
/// do when there is space again.
public final class StorageFullException extends KvException {
    public StorageFullException(String message) {
        super(message);
    }

    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
