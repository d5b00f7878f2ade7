package org.cladedb.txn;

import org.cladedb.kv.Transaction;

/// A way into a database: until closed, nobody drops or renames it. What enters makes itself known
/// to those who would ([Databases#drop]) before it closes this.
public final class DatabaseEntrance implements AutoCloseable {
    private final Database database;

    /// Holds the lock.
    private final Transaction holder;

    DatabaseEntrance(Database database, Transaction holder) {
        this.database = database;
        this.holder = holder;
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        holder.rollback();
    }
}
