package org.cladedb.kv;

/// A write does not fit into the memory that its transaction may take. Nothing was written: the
/// transaction can go on, or return to a savepoint.
public final class MemoryLimitException extends KvException {
    private static final long serialVersionUID = 1;

    public MemoryLimitException(String message) {
        super(message);
    }
}
