package org.cladedb.txn;

import java.util.HashSet;
import java.util.Set;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.DeadlockException;
import org.cladedb.kv.KvException;
import org.cladedb.kv.LockMode;
import org.cladedb.kv.Transaction;
import org.cladedb.storage.catalogstore.CatalogKeys;

/// What makes a transaction SERIALIZABLE on top of REPEATABLE READ: two-phase locks on whole tables
/// among the serializable transactions.
///
/// Who reads a table shares its lock, who writes it holds the lock alone and leaves a mark, so that
/// readers with an older snapshot fail with 40001. Owned by the transaction's thread.
final class SerializableTables {
    private static final byte[] WRITTEN = {1};

    private final Transaction kv;
    private final CatalogKeys keys;
    private final Set<Integer> reads = new HashSet<>();
    private final Set<Integer> writes = new HashSet<>();

    SerializableTables(Transaction kv, CatalogKeys keys) {
        this.kv = kv;
        this.keys = keys;
    }

    /// @throws DatabaseException 40001, or what ended the waiting
    void read(Table table, long timeoutMillis) {
        if (reads.add(table.oid())) {
            lock(table, LockMode.SHARED, timeoutMillis);
        }
    }

    /// @throws DatabaseException 40001, or what ended the waiting
    void write(Table table, long timeoutMillis) {
        if (writes.add(table.oid())) {
            lock(table, LockMode.EXCLUSIVE, timeoutMillis);
        }
        kv.put(keys.serializable(table.oid()), WRITTEN);
    }

    private void lock(Table table, LockMode mode, long timeoutMillis) {
        byte[] key = keys.serializable(table.oid());
        try {
            if (kv.lock(key, mode, timeoutMillis)) {
                return;
            }
        } catch (DeadlockException _) {
            // Two that read a table both want to write it now: one of them has to start again.
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        } catch (InterruptedException _) {
            throw KvFailures.interrupted();
        }
        throw new DatabaseException(
                SqlState.SERIALIZATION_FAILURE,
                "could not serialize access due to read/write dependencies among transactions");
    }
}
