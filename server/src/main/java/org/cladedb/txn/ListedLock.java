package org.cladedb.txn;

/// A lock of a table or view as pg_locks shows it.
///
/// @param holder whose it is: a [SessionLocks#holder()], or something else's
/// @param databaseOid where the relation is
/// @param granted false while its holder waits for it
/// @param fast whether only the holder itself keeps it
public record ListedLock(
        Object holder,
        int databaseOid,
        int relationOid,
        TableLockMode mode,
        boolean granted,
        boolean fast) {}
