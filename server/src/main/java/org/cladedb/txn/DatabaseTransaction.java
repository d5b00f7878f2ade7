package org.cladedb.txn;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Table;
import org.cladedb.common.MemoryBudget;
import org.cladedb.kv.Transaction;
import org.cladedb.storage.group.DataFault;
import org.cladedb.storage.group.GroupStore;
import org.cladedb.storage.group.RowRules;
import org.cladedb.storage.group.RowTransform;
import org.cladedb.storage.group.TableWriter;
import org.cladedb.storage.group.WorkCounters;

/// One transaction of a session. Owned by one thread at a time.
///
/// Order of calls: `beginStatement`, work, then `endStatement` or `rollbackStatement`; any number
/// of these; then `commit` or `rollback`. Failures come as [org.cladedb.error.DatabaseException]
/// with 40001, 40P01, 55P03, 08007, 53xxx, XX001.
public interface DatabaseTransaction {
    IsolationLevel isolation();

    boolean isReadOnly();

    /// Whether anything has been written so far.
    boolean hasWrites();

    /// Before the first statement that fixes what it sees, or of the access mode at any time.
    void setMode(IsolationLevel isolation, boolean readOnly);

    /// Reads and raw writes at the current snapshot.
    Transaction kv();

    /// Has what the transaction keeps until it ends taken from `budget`: 53200 beyond it. Writes
    /// that take more than `writesBytes` are put aside, on disk if there is one, and locks of rows
    /// of each kind that take more than `locksBytes` become locks of tables. Call it before the
    /// first write.
    void countIn(MemoryBudget budget, long writesBytes, long locksBytes);

    /// What the current statement sees, own DDL included.
    CatalogSnapshot catalog();

    /// Replaces the catalog this transaction sees and will commit; for DDL.
    ///
    /// Locks the catalog and all tables and views that the change affects, then makes the stored
    /// data follow: rows move to their table's new place, new indexes are built (23505), new
    /// foreign keys checked (23503), what belongs to nothing any more is removed. `changed` comes
    /// from [#catalog()] by way of [org.cladedb.catalog.GroupLayout].
    default void changeCatalog(CatalogSnapshot changed) {
        changeCatalog(changed, Map.of());
    }

    /// As [#changeCatalog(CatalogSnapshot)], with new content for the rows of some tables.
    default void changeCatalog(CatalogSnapshot changed, Map<Integer, RowTransform> transforms) {
        changeCatalog(changed, transforms, TableLockMode.ACCESS_EXCLUSIVE);
    }

    /// As [#changeCatalog(CatalogSnapshot)], with new content for the rows of some tables.
    ///
    /// @param transforms by table OID: computes each row anew. Rows stay where they are, unless
    ///   [org.cladedb.catalog.GroupLayout#relayout] has given the table a new place, as it must
    ///   when columns of the hkey change
    /// @param mode how to lock what changes, unless [#lockDefinition] was told in this statement;
    ///   must keep writers out where rows are concerned
    void changeCatalog(
            CatalogSnapshot changed, Map<Integer, RowTransform> transforms, TableLockMode mode);

    /// Verifies all rows and indexes that the transaction sees.
    ///
    /// @param faults takes what is wrong; may throw to end this
    /// @param meanwhile called now and then; what it throws ends this
    void verify(Consumer<DataFault> faults, Runnable meanwhile);

    /// Locks the table exclusively and removes all its rows. Foreign keys that refer to it are the
    /// caller's business.
    void truncate(Table table);

    /// Reads of tables, laid out as [#catalog()] says, that count their work in `counters`. For the
    /// current statement only.
    GroupStore store(WorkCounters counters);

    /// The same without what the current statement writes.
    GroupStore storeBeforeStatement(WorkCounters counters);

    /// Roughly how many rows a table of [#catalog()] has, this transaction's own included.
    double estimateRows(Table table);

    /// How much this transaction and all that were committed to the database since it was opened
    /// have written, roughly: tells when what was estimated may have changed.
    long writtenBytes();

    /// Starts a statement: a new snapshot under READ COMMITTED, and a point to return to.
    void beginStatement();

    /// The same for a statement that only looks names up: what the transaction sees is not fixed by
    /// it.
    void beginLooking();

    /// Runs the checks queued for the end of the statement.
    void endStatement();

    /// Undoes what the statement wrote, and forgets its queued checks.
    void rollbackStatement();

    /// Runs `check` at the end of the current statement.
    void atStatementEnd(Runnable check);

    /// A writer for `table`; takes the table's lock for writing rows, once.
    TableWriter writer(Table table);

    /// Locks the catalog and a table, as [#changeCatalog] would: what follows finds the rows that
    /// the changed definition will be for.
    void lockDefinition(int tableOid, TableLockMode mode);

    /// Makes sure that the snapshot shows every row of the tables that are locked exclusively;
    /// 40001 where it does not and has to stay.
    void requireNewest();

    /// A lock that any transaction of the database can take.
    RelationLock relationLock(int oid, TableLockMode mode);

    /// Takes locks that are not held yet, one after the other.
    ///
    /// @param wait whether to wait for others; without, 55P03
    /// @return false when it waited and the snapshot has moved since: look again at what was looked
    ///   up before
    boolean lock(List<RelationLock> relations, boolean wait);

    /// Says where the rules come from for rows that change on account of other rows (referential
    /// actions). To be set before the first write; without it, tables must have no expressions.
    void setRowRules(RowRules.Source rules);

    void setLockTimeoutMillis(long timeoutMillis);

    /// Makes a savepoint; names nest and may repeat.
    void savepoint(String name);

    /// Returns to the newest savepoint of that name, keeping it.
    ///
    /// @throws org.cladedb.error.DatabaseException 3B001 when there is none
    void rollbackTo(String name);

    void release(String name);

    /// Commits: durable when it returns, unless `synchronousCommit` is false.
    void commit(boolean synchronousCommit);

    /// Undoes everything. Idempotent.
    void rollback();
}
