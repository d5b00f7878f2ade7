package org.cladedb.storage.group;

/// A row to be written was changed by another transaction after the statement's snapshot was taken.
public final class StaleRowException extends RuntimeException {
    public StaleRowException() {
        super("row changed since the snapshot", null, false, false);
    }
}
