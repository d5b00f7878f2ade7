package org.cladedb.txn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.DatabaseList;
import org.cladedb.catalog.DatabaseSpaces;
import org.cladedb.common.Clock;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.Durability;
import org.cladedb.kv.HeldLock;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.KvException;
import org.cladedb.kv.LockMode;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.storage.catalogstore.CatalogKeys;
import org.cladedb.storage.catalogstore.CatalogStore;
import org.cladedb.storage.catalogstore.DatabaseStore;
import org.cladedb.storage.group.LoadLimits;

/// The databases in one key-value store, each in a range of keys of its own. Safe for any thread.
///
/// Who changes the list holds the lock of its version; who drops or renames a database also holds
/// the lock of its name, which those who enter it share meanwhile.
public final class Databases implements AutoCloseable {
    private static final int NAME_BYTES_MAX = 63;
    private static final long ENTER_TIMEOUT_MILLIS = 60_000;
    private static final long FOR_EVER = -1;

    private final KeyValueStore store;
    private final Clock clock;
    private final LoadLimits loadLimits;

    /// By OID, since numbers are used again.
    private final Map<Integer, StoredDatabase> opened = new ConcurrentHashMap<>();

    private Databases(KeyValueStore store, Clock clock, LoadLimits loadLimits) {
        this.store = store;
        this.clock = clock;
        this.loadLimits = loadLimits;
    }

    /// Opens the databases in `store`, which is closed with them. An empty store has the database
    /// `postgres` and the templates.
    public static Databases open(KeyValueStore store, Clock clock) {
        return open(store, clock, LoadLimits.DEFAULT);
    }

    /// With other limits of bulk loads, as for tests.
    public static Databases open(KeyValueStore store, Clock clock, LoadLimits loadLimits) {
        return new Databases(store, clock, loadLimits);
    }

    /// Lets somebody into a database.
    ///
    /// @throws DatabaseException 3D000 when there is none, 55000 when it lets nobody in
    public DatabaseEntrance enter(String name) {
        if (DatabaseStore.database(name).length
                > DatabaseStore.database("").length + NAME_BYTES_MAX) {
            throw missing(name);
        }
        Transaction holder = begin();
        boolean entered = false;
        try {
            lock(holder, DatabaseStore.database(name), LockMode.SHARED, ENTER_TIMEOUT_MILLIS);
            holder.refreshSnapshot();
            DatabaseDefinition found = DatabaseStore.load(holder).find(name);
            if (found == null) {
                throw missing(name);
            }
            if (!found.allowsConnections()) {
                throw new DatabaseException(
                        SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "database \"" + name + "\" is not currently accepting connections");
            }
            entered = true;
            return new DatabaseEntrance(opened(found), holder);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        } finally {
            if (!entered) {
                holder.rollback();
            }
        }
    }

    private StoredDatabase opened(DatabaseDefinition definition) {
        return opened.computeIfAbsent(
                definition.oid(),
                oid -> new StoredDatabase(store, clock, loadLimits, oid, definition.number()));
    }

    /// All databases, by OID.
    public List<DatabaseDefinition> list() {
        try (Snapshot snapshot = store.snapshot()) {
            return DatabaseStore.load(snapshot).databases();
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    /// All databases as a transaction sees them.
    public List<DatabaseDefinition> list(DatabaseTransaction transaction) {
        try {
            return DatabaseStore.load(transaction.kv()).databases();
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    /// The locks of tables and views in all databases.
    public List<ListedLock> locks() {
        Map<Integer, Integer> oids = new HashMap<>();
        list().forEach(database -> oids.put(database.number(), database.oid()));
        List<ListedLock> listed = new ArrayList<>();
        for (HeldLock lock : store.locks().list()) {
            TableLockMode mode = TableLockMode.of(lock.mode()).orElse(null);
            Integer databaseOid = oids.get(CatalogKeys.database(lock.key()));
            if (mode != null && databaseOid != null) {
                listed.add(
                        new ListedLock(
                                lock.owner(),
                                databaseOid,
                                CatalogKeys.objectOid(lock.key()),
                                mode,
                                lock.granted(),
                                lock.weak()));
            }
        }
        return listed;
    }

    /// Who holds the locks that `holder`, a [SessionLocks#holder()], waits for.
    public Set<Object> blockers(Object holder) {
        List<HeldLock> locks = store.locks().list();
        Set<Object> blockers = Collections.newSetFromMap(new IdentityHashMap<>());
        for (HeldLock wanted : locks) {
            if (wanted.owner().equals(holder) && !wanted.granted()) {
                locks.stream()
                        .filter(held -> held.granted() && !held.owner().equals(holder))
                        .filter(held -> Arrays.equals(held.key(), wanted.key()))
                        .filter(held -> wanted.mode().excludes(held.mode()))
                        .forEach(held -> blockers.add(held.owner()));
            }
        }
        return blockers;
    }

    /// Makes a database, durably, in a transaction of its own.
    ///
    /// @param template is shown the template and may refuse
    /// @throws DatabaseException 3D000, 42P04, 54000; 0A000 when the template is not empty
    public void create(NewDatabase wanted, Consumer<DatabaseDefinition> template) {
        try (Transaction kv = begin()) {
            lock(kv, DatabaseStore.version(), LockMode.EXCLUSIVE, FOR_EVER);
            kv.refreshSnapshot();
            DatabaseList before = DatabaseStore.load(kv);
            DatabaseDefinition copied = before.find(wanted.templateName());
            if (copied == null) {
                throw new DatabaseException(
                        SqlState.INVALID_CATALOG_NAME,
                        "template database \"" + wanted.templateName() + "\" does not exist");
            }
            requireFree(before, wanted.name());
            template.accept(copied);
            requireEmpty(kv, copied);
            DatabaseDefinition made =
                    new DatabaseDefinition(
                            before.nextOid(),
                            wanted.name(),
                            freeNumber(kv, before),
                            wanted.template(),
                            wanted.allowsConnections(),
                            wanted.connectionsMax());
            DatabaseStore.write(kv, before, before.adding(made));
            kv.commit(Durability.SYNC);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    private static void requireEmpty(Transaction kv, DatabaseDefinition template) {
        if (!new CatalogStore(template.number()).load(kv).isEmpty()) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "copying the database \""
                                    + template.name()
                                    + "\" is not supported, since there is something in it")
                    .withHint("Use TEMPLATE template0 to make an empty database.");
        }
    }

    private static int freeNumber(Transaction kv, DatabaseList databases) {
        for (int number = 0; number < DatabaseSpaces.DATABASES_MAX; number++) {
            if (!databases.isUsed(number) && hasNoKeys(kv, number)) {
                return number;
            }
        }
        throw new DatabaseException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "there cannot be more than " + DatabaseSpaces.DATABASES_MAX + " databases");
    }

    /// A number whose keys are there although no database has it is left alone: they may be
    /// somebody's.
    private static boolean hasNoKeys(Transaction kv, int number) {
        try (RangeCursor cursor = kv.scan(CatalogKeys.everything(number), ScanOptions.FORWARD)) {
            return !cursor.next();
        }
    }

    /// Removes a database with all that is in it, durably, in a transaction of its own.
    ///
    /// @param allowed is shown the database while nobody can enter it, and throws when it may not
    ///   be dropped, as when somebody is in it
    /// @return false when there is none of that name
    public boolean drop(String name, Consumer<DatabaseDefinition> allowed) {
        try (Transaction kv = begin()) {
            lock(kv, DatabaseStore.version(), LockMode.EXCLUSIVE, FOR_EVER);
            lock(kv, DatabaseStore.database(name), LockMode.EXCLUSIVE, FOR_EVER);
            kv.refreshSnapshot();
            DatabaseList before = DatabaseStore.load(kv);
            DatabaseDefinition found = before.find(name);
            if (found == null) {
                return false;
            }
            allowed.accept(found);
            kv.deleteRange(CatalogKeys.everything(found.number()));
            DatabaseStore.write(kv, before, before.removing(found));
            // Forgotten before the commit lets others in. What it has reserved of sequences is not
            // given back: that would write into a range that may be another database's by then.
            opened.remove(found.oid());
            kv.commit(Durability.SYNC);
            return true;
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    /// Renames a database as a part of `transaction`.
    ///
    /// @param allowed as for [#drop(String, Consumer)]
    /// @throws DatabaseException 3D000, 42P04
    public void rename(
            DatabaseTransaction transaction,
            String name,
            String newName,
            Consumer<DatabaseDefinition> allowed) {
        change(
                transaction,
                name,
                (before, found) -> {
                    requireFree(before, newName);
                    allowed.accept(found);
                    return found.withName(newName);
                });
    }

    /// Changes what is known of a database, except its name, as a part of `transaction`.
    ///
    /// @throws DatabaseException 3D000
    public void alter(
            DatabaseTransaction transaction,
            String name,
            UnaryOperator<DatabaseDefinition> changed) {
        change(transaction, name, (_, found) -> changed.apply(found));
    }

    private interface Change {
        DatabaseDefinition apply(DatabaseList before, DatabaseDefinition found);
    }

    private static void change(DatabaseTransaction transaction, String name, Change change) {
        if (!(transaction instanceof StoredTransaction stored)) {
            throw new IllegalArgumentException("a transaction of another store");
        }
        stored.lockOutside(DatabaseStore.version());
        stored.lockOutside(DatabaseStore.database(name));
        try {
            DatabaseList before = DatabaseStore.load(stored.kv());
            DatabaseDefinition found = before.find(name);
            if (found == null) {
                throw missing(name);
            }
            DatabaseDefinition changed = change.apply(before, found);
            if (!changed.equals(found)) {
                DatabaseStore.write(stored.kv(), before, before.replacing(changed));
            }
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    private static void requireFree(DatabaseList databases, String name) {
        if (databases.find(name) != null) {
            throw new DatabaseException(
                    SqlState.DUPLICATE_DATABASE, "database \"" + name + "\" already exists");
        }
    }

    /// What to say about a database that does not exist.
    public static DatabaseException missing(String name) {
        return new DatabaseException(
                SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist");
    }

    private Transaction begin() {
        try {
            return store.begin();
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    private static void lock(Transaction kv, byte[] key, LockMode mode, long timeoutMillis) {
        try {
            kv.lock(key, mode, timeoutMillis);
        } catch (InterruptedException _) {
            throw KvFailures.interrupted();
        }
    }

    /// Closes all databases and the store.
    @Override
    public void close() {
        opened.values().forEach(StoredDatabase::close);
        store.close();
    }
}
