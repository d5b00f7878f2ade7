package org.cladedb.txn;

/// One open database: its store and catalog. Safe for any thread.
public interface Database extends AutoCloseable {
    /// Begins a transaction.
    DatabaseTransaction begin(IsolationLevel isolation, boolean readOnly);

    /// Draws from sequences outside of transactions.
    Sequences sequences();

    @Override
    void close();
}
