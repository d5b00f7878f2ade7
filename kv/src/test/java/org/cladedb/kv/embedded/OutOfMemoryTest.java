package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KvException;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.StorageFullException;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Memory runs out at any operation on a file, once or for some time, in whichever thread: a commit
/// fails that may fail, and the next ones succeed; no store stops, and nothing acknowledged is
/// lost.
final class OutOfMemoryTest {
    private static final Path DIRECTORY = Path.of("/store");
    private static final int OPERATIONS = 60;
    private static final int COMMITS = 50;

    /// How a commit is made.
    enum Kind {
        SYNC,
        ASYNC,
        LARGE
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void commitsGoOn(Kind kind) {
        commitsGoOn(kind, 1, 1);
    }

    /// More times than anything is tried again at once; but a large commit that was applied and
    /// finds no memory for so long may stop the store.
    @ParameterizedTest
    @EnumSource(names = {"SYNC", "ASYNC"})
    void commitsGoOnAfterSomeTime(Kind kind) {
        // Half a second of pauses each.
        commitsGoOn(kind, 12, 7);
    }

    private static void commitsGoOn(Kind kind, int times, int step) {
        for (int operation = 0; operation < OPERATIONS; operation += step) {
            SimulatedFileSystem files = new SimulatedFileSystem(operation);
            EmbeddedStore store = open(files);
            TreeMap<String, String> acknowledged = new TreeMap<>();
            files.exhaustMemoryAfter(operation, times);
            List<String> uncertain = new ArrayList<>();
            int failures = 0;
            for (int number = 0; number < COMMITS; number++) {
                String key = "k%02d".formatted(number * 7 % 20);
                String value = "v" + number + "/".repeat(number % 9 == 0 ? 20_000 : 300);
                Throwable failure = commit(store, kind, key, value);
                if (failure == null) {
                    acknowledged.put(key, value);
                    uncertain.remove(key);
                } else {
                    failures++;
                    requireExpected(failure);
                    uncertain.add(key);
                }
            }
            files.endShortage();
            String context = kind + ", operation " + operation;
            assertThat(failures).as(context).isLessThanOrEqualTo(times);
            assertThat(commit(store, Kind.SYNC, "last", "commit")).as(context).isNull();
            assertThat(store.failure()).as(context).isEmpty();
            requireContent(store, acknowledged, uncertain, context);
            store.close();
            files.crash();
            EmbeddedStore again = open(files);
            requireContent(again, acknowledged, uncertain, context + ", opened again");
            again.requireNoLostSpace();
            again.close();
        }
    }

    private static EmbeddedStore open(SimulatedFileSystem files) {
        EmbeddedOptions options = new EmbeddedOptions(EmbeddedOptions.CACHE_BYTES_MIN, 30_000);
        return EmbeddedStore.open(files, DIRECTORY, options);
    }

    private static @Nullable Throwable commit(
            EmbeddedStore store, Kind kind, String key, String value) {
        try (Transaction transaction = store.begin()) {
            if (kind == Kind.LARGE) {
                transaction.putAsideAbove(0);
            }
            transaction.put(Entries.bytes(key), Entries.bytes(value));
            transaction.put(Entries.bytes(key + "+"), Entries.bytes(value));
            transaction.commit(kind == Kind.ASYNC ? Durability.ASYNC : Durability.SYNC);
            return null;
        } catch (KvException | OutOfMemoryError failure) {
            return failure;
        }
    }

    private static void requireExpected(Throwable failure) {
        boolean expected =
                failure instanceof OutOfMemoryError
                        || failure instanceof UnavailableException
                        || failure instanceof CommitUnknownException
                        || failure instanceof StorageFullException;
        if (!expected) {
            throw new AssertionError(failure);
        }
    }

    /// What was acknowledged is there, but for keys that a commit of unknown fate wrote as well.
    private static void requireContent(
            EmbeddedStore store,
            Map<String, String> acknowledged,
            List<String> uncertain,
            String context) {
        try (Snapshot snapshot = store.snapshot()) {
            acknowledged.forEach((key, value) -> {
                if (!uncertain.contains(key)) {
                    assertThat(Entries.get(snapshot, key)).as(context).isEqualTo(value);
                }
                assertThat(Entries.get(snapshot, key + "+"))
                        .as(context)
                        .isEqualTo(Entries.get(snapshot, key));
            });
        }
    }
}
