package org.cladedb.txn;

/// How a transaction locks a table until its end.
public enum TableLock {
    /// Rows may be written by all holders; keeps [#EXCLUSIVE] out.
    SHARED,
    /// One holder, which alone writes rows or changes the definition.
    EXCLUSIVE
}
