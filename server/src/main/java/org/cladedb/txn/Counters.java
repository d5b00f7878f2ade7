package org.cladedb.txn;

import java.util.List;
import java.util.function.Function;
import org.cladedb.common.Clock;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.KvException;
import org.cladedb.kv.Snapshot;
import org.cladedb.storage.catalogstore.CatalogKeys;
import org.jspecify.annotations.Nullable;

/// Small values that are changed in transactions of their own, durably, whatever becomes of the
/// transaction that asked.
final class Counters {
    private static final long GIVE_UP_AFTER_NANOS = 30_000_000_000L;

    private final KeyValueStore store;
    private final Clock clock;
    private final CatalogKeys keys;

    Counters(KeyValueStore store, Clock clock, CatalogKeys keys) {
        this.store = store;
        this.clock = clock;
        this.keys = keys;
    }

    byte @Nullable [] read(int oid) {
        try (Snapshot snapshot = store.snapshot()) {
            return snapshot.get(keys.counter(oid));
        } catch (KvException failure) {
            throw KvFailures.translate(failure);
        }
    }

    /// Replaces the value by what `change` makes of it (null when there is none), durably; returns
    /// the new value. `change` runs again when another server was faster.
    byte[] change(int oid, Function<byte @Nullable [], byte[]> change) {
        byte[] key = keys.counter(oid);
        long start = clock.nanoTime();
        while (true) {
            try (Snapshot snapshot = store.snapshot()) {
                byte[] changed = change.apply(snapshot.get(key));
                store.commit(
                        new CommitRequest(
                                List.of(new CommitRequest.Put(key, changed)),
                                List.of(new CommitRequest.VersionCheck(key, snapshot.sequence())),
                                Durability.SYNC));
                return changed;
            } catch (ConflictException _) {
                if (clock.nanoTime() - start > GIVE_UP_AFTER_NANOS) {
                    throw new DatabaseException(
                            SqlState.SERIALIZATION_FAILURE, "could not reserve values in time");
                }
            } catch (KvException failure) {
                throw KvFailures.translate(failure);
            }
        }
    }
}
