package org.cladedb.kv.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.cladedb.kv.Durability;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.conformance.Entries;
import org.cladedb.kv.io.SimulatedFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// While others cannot commit, a commit does little with files, however large it is and however
/// much others committed while it was being made.
final class ApplyLockTest {
    /// The log of others, a new segment of it, the last pages, free space, the header; with syncs.
    private static final int OPERATIONS_MAX = 20;

    private final SimulatedFileSystem files = new SimulatedFileSystem(1);

    private EmbeddedStore open() {
        return EmbeddedStore.open(files, Path.of("/store"), new EmbeddedOptions(16 << 20, 1 << 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 5_000, 40_000})
    void largeCommitLetsOthersCommit(int keys) {
        try (EmbeddedStore store = open()) {
            put(store, "other", 0);
            AtomicInteger whileApplying = new AtomicInteger();
            int others = 0;
            files.beforeEveryOperation(() -> {
                if (store.isApplying()) {
                    whileApplying.incrementAndGet();
                }
            });
            try (Transaction large = store.begin()) {
                large.putAsideAbove(10_000);
                for (int number = 0; number < keys; number++) {
                    large.put(Entries.bytes("k%06d".formatted(number)), new byte[100]);
                    if (number % 500 == 0) {
                        others++;
                        put(store, "other", others);
                    }
                }
                whileApplying.set(0);
                large.commit(Durability.SYNC);
            }
            files.beforeEveryOperation(() -> {});
            assertThat(whileApplying.get()).isPositive().isLessThan(OPERATIONS_MAX);
            assertThat(store.metrics().longestPauseNanos()).isPositive();
            store.requireNoLostSpace();
        }
    }

    @Test
    void pagesAreReadBefore() {
        try (EmbeddedStore store = open();
                Transaction transaction = store.begin()) {
            for (int number = 0; number < 20_000; number++) {
                transaction.put(Entries.bytes("k%06d".formatted(number)), new byte[100]);
            }
            transaction.commit(Durability.SYNC);
        }
        try (EmbeddedStore store = open();
                Transaction transaction = store.begin()) {
            AtomicInteger whileApplying = new AtomicInteger();
            AtomicInteger before = new AtomicInteger();
            files.beforeEveryOperation(
                    () -> (store.isApplying() ? whileApplying : before).incrementAndGet());
            for (int number = 0; number < 20_000; number += 150) {
                transaction.put(Entries.bytes("k%06d".formatted(number)), new byte[10]);
            }
            transaction.commit(Durability.SYNC);
            files.beforeEveryOperation(() -> {});
            assertThat(whileApplying.get()).isZero();
            assertThat(before.get()).isGreaterThan(100);
        }
    }

    @Test
    void smallCommitsDoNothingWithFilesMeanwhile() {
        try (EmbeddedStore store = open()) {
            AtomicInteger whileApplying = new AtomicInteger();
            files.beforeEveryOperation(() -> {
                if (store.isApplying()) {
                    whileApplying.incrementAndGet();
                }
            });
            for (int number = 0; number < 50; number++) {
                put(store, "k" + number, number);
            }
            files.beforeEveryOperation(() -> {});
            assertThat(whileApplying.get()).isZero();
        }
    }

    private static void put(EmbeddedStore store, String key, int number) {
        try (Transaction transaction = store.begin()) {
            transaction.put(Entries.bytes(key), Entries.bytes("v" + number));
            transaction.commit(Durability.SYNC);
        }
    }
}
