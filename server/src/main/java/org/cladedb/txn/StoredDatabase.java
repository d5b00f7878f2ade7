package org.cladedb.txn;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.common.Clock;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.KvException;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.Transaction;
import org.cladedb.storage.catalogstore.CatalogKeys;
import org.cladedb.storage.catalogstore.CatalogStore;
import org.cladedb.storage.group.LoadLimits;
import org.cladedb.storage.group.TableFormats;

/// A database in a key-value store. Safe for any thread.
final class StoredDatabase implements Database {
    private static final int CATALOGS_KEPT = 16;

    private final KeyValueStore store;
    private final int oid;
    private final CatalogStore catalogStore;
    private final CatalogSnapshot empty;
    private final StoredSequences sequences;
    private final RowNumbers rowNumbers;

    // The newest committed catalog seen; replaced, never changed.
    private volatile TableFormats newest;

    /// Catalogs by version: the latest, which older snapshots may still ask for, and those about to
    /// be committed.
    private final ConcurrentSkipListMap<Long, TableFormats> announced =
            new ConcurrentSkipListMap<>();

    private final LongAdder catalogsLoaded = new LongAdder();
    private final AtomicLong writtenBytes = new AtomicLong();
    private final LoadLimits loadLimits;

    /// @param number which spaces are its own
    StoredDatabase(KeyValueStore store, Clock clock, LoadLimits loadLimits, int oid, int number) {
        this.store = store;
        this.loadLimits = loadLimits;
        this.oid = oid;
        catalogStore = new CatalogStore(number);
        empty = CatalogSnapshot.empty(number);
        newest = new TableFormats(empty);
        Counters counters = new Counters(store, clock, keys());
        sequences = new StoredSequences(counters, keys());
        rowNumbers = new RowNumbers(counters);
    }

    @Override
    public int oid() {
        return oid;
    }

    @Override
    public DatabaseTransaction begin(IsolationLevel isolation, boolean readOnly) {
        try {
            return new StoredTransaction(this, store.begin(), isolation, readOnly);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public DatabaseTransaction begin(
            IsolationLevel isolation, boolean readOnly, SessionLocks locks) {
        try {
            Transaction kv = store.begin(locks.owner());
            return new StoredTransaction(this, kv, isolation, readOnly);
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    @Override
    public SessionLocks newLocks() {
        return new SessionLocks(store.locks().newOwner());
    }

    @Override
    public StoredSequences sequences() {
        return sequences;
    }

    CatalogStore catalogStore() {
        return catalogStore;
    }

    CatalogKeys keys() {
        return catalogStore.keys();
    }

    KeyValueStore store() {
        return store;
    }

    LoadLimits loadLimits() {
        return loadLimits;
    }

    RowNumbers rowNumbers() {
        return rowNumbers;
    }

    /// Makes a catalog known that is about to be committed, so that nobody who sees the commit has
    /// to load it. Who commits holds the lock of the version until then, so that what is announced
    /// last under a version is what that version has in the store.
    void announce(TableFormats about) {
        announced.put(about.catalog().version(), about);
        while (announced.size() > CATALOGS_KEPT) {
            announced.pollFirstEntry();
        }
    }

    /// Takes back what was announced and not committed.
    void withdraw(TableFormats announcedBefore) {
        announced.remove(announcedBefore.catalog().version(), announcedBefore);
    }

    /// How often a catalog had to be read from the store.
    long catalogsLoaded() {
        return catalogsLoaded.sum();
    }

    /// What transactions that committed, or tried to, have written since the database was opened.
    long writtenBytes() {
        return writtenBytes.get();
    }

    void addWritten(long bytes) {
        if (bytes > 0) {
            writtenBytes.addAndGet(bytes);
        }
    }

    /// The committed catalog that `view` shows.
    TableFormats catalogAt(ReadView view) {
        long version = catalogStore.version(view);
        TableFormats known = newest;
        if (version == known.catalog().version() || (version == 0 && isEmpty(known))) {
            return known;
        }
        TableFormats recent = announced.get(version);
        if (recent != null) {
            publish(recent);
            return recent;
        }
        catalogsLoaded.increment();
        TableFormats loaded = new TableFormats(catalogStore.load(view));
        publish(loaded);
        return loaded;
    }

    private boolean isEmpty(TableFormats formats) {
        return formats.catalog().version() == empty.version();
    }

    /// Remembers a committed catalog if it is newer than what is known.
    void publish(TableFormats committed) {
        synchronized (this) {
            if (committed.catalog().version() > newest.catalog().version()) {
                newest = committed;
            }
        }
    }

    void close() {
        sequences.close();
    }
}
