package org.cladedb.txn;

/// One open database: its catalog and data in the store. Safe for any thread.
public interface Database {
    /// Tells it from all other databases of the store, past and future.
    int oid();

    /// Begins a transaction.
    DatabaseTransaction begin(IsolationLevel isolation, boolean readOnly);

    /// Begins a transaction whose locks are `locks`' until it ends, as no other transaction's are.
    DatabaseTransaction begin(IsolationLevel isolation, boolean readOnly, SessionLocks locks);

    /// An owner of locks for one transaction after the other; to be closed.
    SessionLocks newLocks();

    /// Draws from sequences outside of transactions.
    Sequences sequences();
}
