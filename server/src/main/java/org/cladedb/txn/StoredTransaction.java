package org.cladedb.txn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.common.Cancellation;
import org.cladedb.common.MemoryBudget;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KvException;
import org.cladedb.kv.Limits;
import org.cladedb.kv.LockMode;
import org.cladedb.kv.LockTarget;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.storage.catalogstore.AffectedRelations;
import org.cladedb.storage.catalogstore.CatalogStore;
import org.cladedb.storage.group.DataCheck;
import org.cladedb.storage.group.DataFault;
import org.cladedb.storage.group.DataMigration;
import org.cladedb.storage.group.DataRemoval;
import org.cladedb.storage.group.GroupReads;
import org.cladedb.storage.group.GroupStore;
import org.cladedb.storage.group.LoadLimits;
import org.cladedb.storage.group.PlainRowRules;
import org.cladedb.storage.group.RowChanges;
import org.cladedb.storage.group.RowRules;
import org.cladedb.storage.group.RowTransform;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.storage.group.TableFormats;
import org.cladedb.storage.group.TableWriter;
import org.cladedb.storage.group.WorkCounters;
import org.cladedb.storage.group.WriteContext;
import org.jspecify.annotations.Nullable;

/// A transaction over a key-value transaction. Owned by one thread at a time.
final class StoredTransaction implements DatabaseTransaction, WriteContext {
    /// What a load is taken to write: enough to look at everything again.
    private static final long LOADED_BYTES = 1L << 30;

    private static final int NO_MARK = -1;

    private final StoredDatabase database;
    private final Transaction kv;
    private IsolationLevel isolation;
    private boolean readOnly;

    /// The committed catalog that this transaction started from, and the one it sees.
    private TableFormats committed;

    private TableFormats current;

    private final RelationLocks locks;

    /// Tables that are locked and of which the snapshot shows the newest definition.
    private final Set<Integer> verified = new HashSet<>();

    /// How the statement chose to lock tables whose definition it changes.
    private final Map<Integer, TableLockMode> definitionModes = new HashMap<>();

    private final SerializableTables serializable;
    private final List<NamedSavepoint> savepoints = new ArrayList<>();
    private final ArrayDeque<Runnable> statementEnd = new ArrayDeque<>();
    private final IdentityHashMap<Table, RowRules> rules = new IdentityHashMap<>();
    private RowRules.Source rulesSource = PlainRowRules::new;
    private final ManyLocks manyLocks = new ManyLocks(this);
    private boolean started;
    private int statementMark = NO_MARK;
    private TableFormats formatsBefore;

    /// OIDs of sequences that this transaction has restarted; undone as its writes are.
    private Set<Integer> restarted = Set.of();

    private Set<Integer> restartedBefore = Set.of();
    private long lockTimeoutMillis = -1;

    /// @param ownCatalog the catalog with this transaction's DDL; null when there was none
    /// @param locks how many locks on relations there were
    private record NamedSavepoint(
            String name,
            int mark,
            @Nullable TableFormats ownCatalog,
            Set<Integer> restarted,
            int locks) {}

    StoredTransaction(
            StoredDatabase database, Transaction kv, IsolationLevel isolation, boolean readOnly) {
        this.database = database;
        this.kv = kv;
        this.isolation = isolation;
        this.readOnly = readOnly;
        serializable = new SerializableTables(kv, database.keys());
        locks = new RelationLocks(kv, database.keys());
        committed = database.catalogAt(kv);
        current = committed;
        formatsBefore = committed;
    }

    @Override
    public IsolationLevel isolation() {
        return isolation;
    }

    @Override
    public boolean hasWrites() {
        return kv.hasWrites();
    }

    @Override
    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public void setMode(IsolationLevel newIsolation, boolean newReadOnly) {
        isolation = newIsolation;
        readOnly = newReadOnly;
    }

    @Override
    public Transaction kv() {
        return kv;
    }

    @Override
    public void countIn(MemoryBudget budget, long writesBytes, long locksBytes) {
        kv.countIn(budget);
        kv.putAsideAbove(writesBytes);
        manyLocks.bound(locksBytes);
    }

    @Override
    public CatalogSnapshot catalog() {
        return current.catalog();
    }

    @Override
    public TableFormats formats() {
        return current;
    }

    /// Whether a sequence was made or restarted by this transaction, so that it draws the values
    /// from its own writes.
    boolean owns(Sequence sequence) {
        return committed.catalog().sequence(sequence.oid()) == null
                || restarted.contains(sequence.oid());
    }

    /// The sequence is about to be restarted as a part of this transaction.
    void restarts(Sequence sequence) {
        requireWritable();
        Set<Integer> grown = new HashSet<>(restarted);
        grown.add(sequence.oid());
        restarted = Set.copyOf(grown);
    }

    private boolean hasChangedCatalog() {
        return current != committed;
    }

    @Override
    public GroupStore store(WorkCounters counters) {
        return store(kv, counters);
    }

    @Override
    public GroupStore storeBeforeStatement(WorkCounters counters) {
        return store(statementMark == NO_MARK ? kv : kv.viewAt(statementMark), counters);
    }

    private GroupStore store(ReadView view, WorkCounters counters) {
        Consumer<Table> onRead =
                isolation == IsolationLevel.SERIALIZABLE
                        ? table -> serializable.read(table, lockTimeoutMillis)
                        : _ -> {};
        return new GroupReads(view, current, counters, onRead);
    }

    @Override
    public void setRowRules(RowRules.Source source) {
        rulesSource = source;
    }

    @Override
    public RowRules rules(Table table) {
        return rules.computeIfAbsent(table, rulesSource::of);
    }

    @Override
    public void beginStatement() {
        beginLooking();
        started = true;
    }

    @Override
    public void beginLooking() {
        statementEnd.clear();
        rules.clear();
        definitionModes.clear();
        if (snapshotMoves() || !started) {
            moveSnapshot();
        }
        statementMark = kv.savepoint();
        formatsBefore = current;
        restartedBefore = restarted;
    }

    private void moveSnapshot() {
        try {
            long before = kv.sequence();
            kv.refreshSnapshot();
            // Own DDL holds the catalog's lock: nobody else has changed it.
            if (kv.sequence() != before && !hasChangedCatalog()) {
                committed = database.catalogAt(kv);
                current = committed;
            }
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public void endStatement() {
        try {
            Runnable check = statementEnd.poll();
            while (check != null) {
                Cancellation.check();
                check.run();
                check = statementEnd.poll();
            }
            releaseMark();
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public void rollbackStatement() {
        statementEnd.clear();
        if (statementMark != NO_MARK) {
            kv.rollbackTo(statementMark);
            current = formatsBefore;
            restarted = restartedBefore;
            releaseMark();
        }
    }

    private void releaseMark() {
        if (statementMark != NO_MARK) {
            kv.release(statementMark);
            statementMark = NO_MARK;
        }
    }

    @Override
    public void atStatementEnd(Runnable check) {
        statementEnd.add(check);
    }

    @Override
    public void changeCatalog(
            CatalogSnapshot changed, Map<Integer, RowTransform> transforms, TableLockMode mode) {
        requireWritable();
        AffectedRelations affected = CatalogStore.affected(current.catalog(), changed);
        List<LockTarget> targets = new ArrayList<>();
        for (int oid : affected.changed()) {
            targets.add(locks.target(oid, definitionModes.getOrDefault(oid, mode)));
        }
        // Their definitions stay; who writes them must know of the change all the same.
        TableLockMode others = mode.covers(TableLockMode.SHARE) ? TableLockMode.SHARE : mode;
        affected.others().forEach(oid -> targets.add(locks.target(oid, others)));
        lockDefinitions(targets);
        affected.tables().forEach(this::verify);
        try {
            database.catalogStore().write(kv, current.catalog(), changed);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
        TableFormats before = current;
        current = new TableFormats(changed);
        // Writers of the tables have finished while this waited: show what they wrote.
        refresh();
        migrate(new DataMigration(this, before, transforms));
    }

    @Override
    public void lockDefinition(int tableOid, TableLockMode mode) {
        requireWritable();
        lockDefinitions(List.of(locks.target(tableOid, mode)));
        definitionModes.put(tableOid, mode);
        verify(tableOid);
        refresh();
    }

    @Override
    public void requireNewest() {
        if (!snapshotMoves()) {
            onNewest(_ -> {
                throw stale();
            });
        }
    }

    private void migrate(DataMigration migration) {
        if (!migration.touchesData()) {
            return;
        }
        try {
            requireNewest();
            migration.run();
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public void verify(Consumer<DataFault> faults, Runnable meanwhile) {
        try {
            new DataCheck(this, faults, meanwhile).run();
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public void truncate(Table table) {
        requireWritable();
        locks.take(locks.target(table.oid(), TableLockMode.ACCESS_EXCLUSIVE));
        verify(table.oid());
        refresh();
        if (isolation == IsolationLevel.SERIALIZABLE) {
            serializable.write(table, lockTimeoutMillis);
        }
        try {
            DataRemoval.truncate(this, table);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    /// Lets no other transaction change the catalog, makes sure that none has since, and locks what
    /// the change is about.
    private void lockDefinitions(List<LockTarget> relations) {
        locks.takeDefinitions(relations, hasChangedCatalog());
        if (hasChangedCatalog()) {
            return;
        }
        long version = database.catalogStore().version(kv);
        boolean isOurs =
                version == committed.catalog().version()
                        || (version == 0
                                && committed.catalog().version()
                                        == CatalogSnapshot.empty().version());
        if (!isCurrent(locks.catalog()) || !isOurs) {
            throw stale();
        }
    }

    @Override
    public TableWriter writer(Table table) {
        requireWritable();
        return new TranslatingWriter(changes(table));
    }

    @Override
    public RowChanges changes(Table table) {
        if (!verified.contains(table.oid())) {
            locks.take(locks.target(table.oid(), TableLockMode.ROW_EXCLUSIVE));
            verify(table.oid());
        }
        if (isolation == IsolationLevel.SERIALIZABLE) {
            serializable.write(table, lockTimeoutMillis);
        }
        return new RowChanges(this, table);
    }

    @Override
    public RelationLock relationLock(int oid, TableLockMode mode) {
        return new RelationLock(locks.target(oid, mode));
    }

    @Override
    public boolean lock(List<RelationLock> relations, boolean wait) {
        boolean atOnce = true;
        for (RelationLock relation : relations) {
            LockTarget target = relation.target();
            if (wait) {
                atOnce &= locks.take(target);
            } else if (!locks.tryTake(target)) {
                throw new DatabaseException(
                        SqlState.LOCK_NOT_AVAILABLE, "could not obtain lock on relation");
            }
        }
        if (atOnce || (started && !snapshotMoves())) {
            return true;
        }
        moveSnapshot();
        return false;
    }

    @Override
    public void lockReferenced(Table table) {
        locks.take(locks.target(table.oid(), TableLockMode.ROW_SHARE));
    }

    /// Makes sure that nobody has changed the definition of a locked table since the snapshot: it
    /// has all that its writers must know.
    private void verify(int tableOid) {
        if (!verified.contains(tableOid)) {
            if (!isCurrent(locks.target(tableOid, TableLockMode.ROW_EXCLUSIVE))) {
                throw stale();
            }
            verified.add(tableOid);
        }
    }

    private boolean isCurrent(LockTarget target) {
        try {
            return kv.isCurrent(target);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public boolean lock(byte[] key, LockMode mode) {
        try {
            return kv.lock(key, mode, lockTimeoutMillis);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        } catch (InterruptedException _) {
            throw KvFailures.interrupted();
        }
    }

    /// Locks what belongs to no table, and makes sure that what follows sees its newest state.
    void lockOutside(byte[] key) {
        requireWritable();
        if (!lock(key, LockMode.EXCLUSIVE)) {
            if (!snapshotMoves()) {
                throw stale();
            }
            refresh();
        }
    }

    @Override
    public boolean claim(byte[] key) {
        return manyLocks.claim(key);
    }

    @Override
    public boolean lockRow(TableGroup group, byte[] key) {
        return manyLocks.lockRow(group, key);
    }

    @Override
    public void shareGuard(TableGroup group, byte[] key) {
        manyLocks.shareGuard(group, key);
    }

    @Override
    public void excludeGuard(TableGroup group, byte[] key) {
        manyLocks.excludeGuard(group, key);
    }

    @Override
    public boolean lockAlone(TableGroup group) {
        return lockGroup(group, TableLockMode.SHARE_ROW_EXCLUSIVE);
    }

    /// Locks the tables of a group; false when that cannot be had at once.
    boolean lockGroup(TableGroup group, TableLockMode mode) {
        for (int oid : group.members()) {
            LockTarget target = locks.target(oid, mode);
            if (!locks.tryTake(target)) {
                return false;
            }
            if (!verified.contains(oid)) {
                if (!isCurrent(target)) {
                    return false;
                }
                verified.add(oid);
            }
        }
        return true;
    }

    @Override
    public LoadLimits loadLimits() {
        return database.loadLimits();
    }

    @Override
    public void put(byte[] key, byte[] value, String what) {
        requireFits(key, value, what);
        kv.put(key, value);
    }

    @Override
    public void requireFits(byte[] key, byte[] value, String what) {
        Limits limits = database.store().limits();
        // Told before the key-value transaction would fail as a whole.
        if (key.length > limits.keyBytesMax()) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "index row size "
                            + key.length
                            + " exceeds maximum "
                            + limits.keyBytesMax()
                            + " for index \""
                            + what
                            + "\"");
        }
        if (value.length > limits.valueBytesMax()) {
            throw new DatabaseException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "row is too big: size "
                            + value.length
                            + ", maximum size "
                            + limits.valueBytesMax());
        }
    }

    @Override
    public RuntimeException stale() {
        return snapshotMoves() ? new StaleRowException() : KvFailures.conflict();
    }

    @Override
    public boolean isChanged(byte[] key) {
        long sequence = kv.sequence();
        return database.store().lastCommit(key, sequence) > sequence;
    }

    @Override
    public boolean snapshotMoves() {
        return isolation == IsolationLevel.READ_COMMITTED;
    }

    @Override
    public void refresh() {
        if (snapshotMoves()) {
            try {
                kv.refreshSnapshot();
            } catch (KvException failure) {
                throw KvFailures.translate(failure);
            }
        }
    }

    @Override
    public void onNewest(Consumer<ReadView> work) {
        try (Snapshot newest = database.store().snapshot()) {
            if (newest.sequence() > kv.sequence()) {
                work.accept(newest);
            }
        }
    }

    @Override
    public long newRowId(Table table) {
        return database.rowNumbers().next(table.oid());
    }

    private void requireWritable() {
        if (readOnly) {
            throw new DatabaseException(
                    SqlState.READ_ONLY_SQL_TRANSACTION, "cannot write in a read-only transaction");
        }
    }

    @Override
    public void setLockTimeoutMillis(long timeoutMillis) {
        lockTimeoutMillis = timeoutMillis <= 0 ? -1 : timeoutMillis;
        locks.setTimeoutMillis(lockTimeoutMillis);
    }

    @Override
    public void savepoint(String name) {
        // A statement that makes a savepoint has nothing else to undo, and its own mark would
        // otherwise lie below the savepoint.
        releaseMark();
        savepoints.add(
                new NamedSavepoint(
                        name,
                        kv.savepoint(),
                        hasChangedCatalog() ? current : null,
                        restarted,
                        locks.mark()));
    }

    @Override
    public void rollbackTo(String name) {
        int index = indexOf(name);
        NamedSavepoint savepoint = savepoints.get(index);
        kv.rollbackTo(savepoint.mark);
        current = savepoint.ownCatalog == null ? committed : savepoint.ownCatalog;
        restarted = savepoint.restarted;
        locks.returnTo(savepoint.locks);
        manyLocks.forgetGroups();
        verified.clear();
        savepoints.subList(index + 1, savepoints.size()).clear();
        statementMark = NO_MARK;
        statementEnd.clear();
    }

    @Override
    public void release(String name) {
        int index = indexOf(name);
        kv.release(savepoints.get(index).mark);
        savepoints.subList(index, savepoints.size()).clear();
        statementMark = NO_MARK;
    }

    private int indexOf(String name) {
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            if (savepoints.get(i).name.equals(name)) {
                return i;
            }
        }
        throw new DatabaseException(
                SqlState.INVALID_SAVEPOINT_SPECIFICATION,
                "savepoint \"" + name + "\" does not exist");
    }

    @Override
    public void commit(boolean synchronousCommit) {
        boolean changed = hasChangedCatalog();
        if (changed) {
            database.announce(current);
        }
        boolean done = false;
        database.addWritten(writtenHere());
        try {
            kv.commit(synchronousCommit ? Durability.SYNC : Durability.ASYNC);
            done = true;
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        } finally {
            if (changed && !done) {
                database.withdraw(current);
            }
        }
        if (changed) {
            database.publish(current);
        }
        restarted.forEach(database.sequences()::restarted);
    }

    @Override
    public double estimateRows(Table table) {
        return new GroupReads(kv, current, new WorkCounters(), _ -> {}).estimateRows(table);
    }

    @Override
    public long writtenBytes() {
        return database.writtenBytes() + writtenHere();
    }

    private long writtenHere() {
        return kv.hasLoads() ? LOADED_BYTES + kv.writtenBytes() : kv.writtenBytes();
    }

    @Override
    public void rollback() {
        kv.rollback();
    }
}
