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

/// Memory runs out once, at any read or write of a file: a commit fails that may fail, and the next
/// ones succeed, or the store says that it must be opened again; nothing acknowledged is lost.
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
        int stopped = 0;
        for (int operation = 0; operation < OPERATIONS; operation++) {
            SimulatedFileSystem files = new SimulatedFileSystem(operation);
            EmbeddedStore store = open(files);
            TreeMap<String, String> acknowledged = new TreeMap<>();
            files.exhaustMemoryAfter(operation);
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
            files.exhaustMemoryAfter(Integer.MAX_VALUE);
            String context = kind + ", operation " + operation;
            if (store.failure().isPresent()) {
                stopped++;
            } else {
                // Commits are refused until who writes the log in the background has noticed.
                assertThat(failures).as(context).isLessThan(COMMITS / 2);
                requireContent(store, acknowledged, uncertain, context);
            }
            close(store);
            files.crash();
            EmbeddedStore again = open(files);
            requireContent(again, acknowledged, uncertain, context + ", opened again");
            again.requireNoLostSpace();
            again.close();
        }
        // Which thread meets the end of memory is chance; a store that stopped lost nothing either.
        assertThat(stopped).as("stores stopped").isLessThan(OPERATIONS / 6);
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

    private static void close(EmbeddedStore store) {
        try {
            store.close();
        } catch (KvException _) {
            // It had stopped: the log has what it could not write.
        }
    }
}
