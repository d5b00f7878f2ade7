package org.cladedb.txn;

/// One open database: its catalog and data in the store. Safe for any thread.
public interface Database {
    /// Tells it from all other databases of the store, past and future.
    int oid();

    /// Begins a transaction.
    DatabaseTransaction begin(IsolationLevel isolation, boolean readOnly);

    /// Draws from sequences outside of transactions.
    Sequences sequences();
}
