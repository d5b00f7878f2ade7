package org.cladedb.storage.group;

import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.kv.LockMode;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.Transaction;

/// What writers need of the transaction they write in. Implemented by `txn`.
public interface WriteContext {
    Transaction kv();

    TableFormats formats();

    /// Locks `key`, waiting as the session's settings say.
    ///
    /// @return false when others committed a write to it after the current snapshot
    boolean lock(byte[] key, LockMode mode);

    /// Takes a key for this transaction that must not be in use, like [#lock]. After very many of
    /// them a transaction takes no more locks and relies on the check at commit, to bound memory:
    /// who wants the same key then does not wait, but conflicts.
    boolean claim(byte[] key);

    /// Locks a key of a table of `group` that is about to be changed, like [#lock]. After very many
    /// of them a transaction may lock the tables of the group instead, to bound memory.
    boolean lockRow(TableGroup group, byte[] key);

    /// Locks the guard `key` of a row of `group` together with others who do. After very many of
    /// them a transaction may lock the tables of the group instead.
    void shareGuard(TableGroup group, byte[] key);

    /// The same alone.
    void excludeGuard(TableGroup group, byte[] key);

    /// Stores an entry.
    ///
    /// @param what names what the key belongs to, should it be too long (54000)
    void put(byte[] key, byte[] value, String what);

    /// Refuses what [#put] would refuse (54000).
    void requireFits(byte[] key, byte[] value, String what);

    /// Keeps all others from writing the tables of a group until the transaction ends, if that can
    /// be had without waiting.
    boolean lockAlone(TableGroup group);

    /// Locks a table whose rows are referred to, so that it stays as it is.
    void lockReferenced(Table table);

    LoadLimits loadLimits();

    /// What to throw when something that this statement relies on was changed by others after its
    /// snapshot: [StaleRowException], or 40001 where the snapshot must stay.
    RuntimeException stale();

    /// Whether others committed a write to `key` after the current snapshot.
    boolean isChanged(byte[] key);

    /// Whether the snapshot may move within the transaction (READ COMMITTED).
    boolean snapshotMoves();

    /// Moves the snapshot to the newest state, if it may move.
    void refresh();

    /// Runs `work` on the newest committed state, without this transaction's writes; not at all
    /// when that is no newer than the snapshot.
    void onNewest(java.util.function.Consumer<ReadView> work);

    /// A row number that was never given to a row of `table` before.
    long newRowId(Table table);

    void atStatementEnd(Runnable check);

    /// What `table` asks of each of its rows by itself.
    RowRules rules(Table table);

    /// A writer for another table, with all checks.
    RowChanges changes(Table table);
}
