package org.cladedb.kv.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cladedb.kv.conformance.Entries.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.TransactionLoad;
import org.cladedb.kv.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What bulk loads inside of transactions promise.
public abstract class TransactionLoadConformance {
    private KeyValueStore store = new MemoryStore();

    /// Opens an empty store.
    protected abstract KeyValueStore open() throws Exception;

    /// Looks at a store that nothing uses.
    protected void checkQuiet(KeyValueStore quiet) {}

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        checkQuiet(store);
        assertThat(store.metrics().snapshotsOpen()).isZero();
        store.close();
    }

    private List<String> committed() {
        try (Snapshot snapshot = store.snapshot()) {
            return Entries.all(snapshot);
        }
    }

    private static TransactionLoad load(Transaction transaction, String from, String to) {
        return transaction.load(Entries.range(from, to), _ -> {});
    }

    private static List<String> entries(ReadView view, String from, String to) {
        return Entries.scan(view, Entries.range(from, to), ScanOptions.FORWARD);
    }

    @Test
    void showsWithinTheTransactionAndWithItsCommit() {
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("a"), bytes("1"));
            TransactionLoad load = load(transaction, "b", "c");
            load.add(bytes("b1"), bytes("2"));
            load.add(bytes("b2"), bytes("3"));
            load.finish();
            assertThat(transaction.get(bytes("b1"))).isEqualTo(bytes("2"));
            assertThat(transaction.getAll(List.of(bytes("b2"), bytes("a"))))
                    .containsExactly(bytes("3"), bytes("1"));
            assertThat(entries(transaction, "b", "c")).containsExactly("b1=2", "b2=3");
            assertThat(committed()).isEmpty();
            transaction.commit(Durability.ASYNC);
        }
        assertThat(committed()).containsExactly("a=1", "b1=2", "b2=3");
    }

    @Test
    void readingFinishesALoad() {
        try (Transaction transaction = store.begin()) {
            TransactionLoad load =
                    transaction.load(
                            Entries.range("b", "c"), rest -> rest.add(bytes("b2"), bytes("3")));
            load.add(bytes("b1"), bytes("2"));
            assertThat(load.isFinished()).isFalse();
            assertThat(transaction.get(bytes("b2"))).isEqualTo(bytes("3"));
            assertThat(load.isFinished()).isTrue();
            assertThatThrownBy(() -> load.add(bytes("b3"), bytes("4")))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(committed()).isEmpty();
    }

    @Test
    void writesLieOnTop() {
        try (Transaction transaction = store.begin()) {
            TransactionLoad load = load(transaction, "b", "c");
            for (int i = 0; i < 5_000; i++) {
                load.add(bytes("b%04d".formatted(i)), bytes("x"));
            }
            transaction.put(bytes("b0001"), bytes("y"));
            transaction.delete(bytes("b0002"));
            transaction.put(bytes("b00021"), bytes("z"));
            transaction.deleteRange(Entries.range("b0004", "b4998"));
            transaction.put(bytes("b2000"), bytes("w"));
            List<String> expected =
                    List.of(
                            "b0000=x",
                            "b0001=y",
                            "b00021=z",
                            "b0003=x",
                            "b2000=w",
                            "b4998=x",
                            "b4999=x");
            assertThat(entries(transaction, "b", "c")).isEqualTo(expected);
            transaction.commit(Durability.SYNC);
            assertThat(committed()).isEqualTo(expected);
        }
    }

    @Test
    void severalLoadsAreOneCommit() {
        try (Transaction transaction = store.begin()) {
            load(transaction, "b", "c").add(bytes("b1"), bytes("1"));
            load(transaction, "d", "e").add(bytes("d1"), bytes("2"));
            load(transaction, "a", "b").add(bytes("a1"), bytes("3"));
            long before = store.metrics().commits();
            transaction.commit(Durability.SYNC);
            assertThat(store.metrics().commits()).isEqualTo(before + 1);
        }
        assertThat(committed()).containsExactly("a1=3", "b1=1", "d1=2");
    }

    @Test
    void onlyUntouchedRangesCanBeLoaded() {
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("a"), bytes("1"));
            transaction.commit(Durability.SYNC);
        }
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("b"), bytes("1"));
            transaction.deleteRange(Entries.range("c", "d"));
            load(transaction, "e", "f");
            assertThat(transaction.isUntouched(Entries.range("a", "b"))).isFalse();
            assertThat(transaction.isUntouched(Entries.range("b", "c"))).isFalse();
            assertThat(transaction.isUntouched(Entries.range("c5", "c6"))).isTrue();
            assertThat(transaction.isUntouched(Entries.range("c5", "d6"))).isFalse();
            assertThat(transaction.isUntouched(Entries.range("e1", "g"))).isFalse();
            assertThat(transaction.isUntouched(Entries.range("g", "h"))).isTrue();
            assertThatThrownBy(() -> load(transaction, "a", "b"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void loadsReplaceWhatTheTransactionDeleted() {
        try (Transaction transaction = store.begin()) {
            for (int i = 0; i < 2_000; i++) {
                transaction.put(bytes("b%04d".formatted(i)), bytes("old"));
            }
            transaction.put(bytes("c"), bytes("old"));
            transaction.commit(Durability.SYNC);
        }
        try (Transaction transaction = store.begin()) {
            int savepoint = transaction.savepoint();
            transaction.deleteRange(Entries.range("b", "c"));
            TransactionLoad load = load(transaction, "b", "c");
            load.add(bytes("b0007"), bytes("new"));
            load.finish();
            assertThat(entries(transaction, "b", "c")).containsExactly("b0007=new");
            transaction.rollbackTo(savepoint);
            assertThat(entries(transaction, "b", "c")).hasSize(2_000).contains("b0007=old");
            transaction.deleteRange(Entries.range("b", "c"));
            load(transaction, "b", "c").add(bytes("b0008"), bytes("new"));
            transaction.put(bytes("b0009"), bytes("newer"));
            transaction.commit(Durability.SYNC);
        }
        assertThat(committed()).containsExactly("b0008=new", "b0009=newer", "c=old");
    }

    @Test
    void savepointsUndoLoads() {
        try (Transaction transaction = store.begin()) {
            load(transaction, "a", "b").add(bytes("a1"), bytes("1"));
            int savepoint = transaction.savepoint();
            TransactionLoad load = load(transaction, "b", "c");
            load.add(bytes("b1"), bytes("2"));
            load.finish();
            assertThat(transaction.get(bytes("b1"))).isNotNull();
            transaction.rollbackTo(savepoint);
            assertThat(transaction.get(bytes("b1"))).isNull();
            assertThat(transaction.isUntouched(Entries.range("b", "c"))).isTrue();
            transaction.commit(Durability.SYNC);
        }
        assertThat(committed()).containsExactly("a1=1");
    }

    @Test
    void bufferedWritesMoveIntoALoad() {
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("a1"), bytes("1"));
            int savepoint = transaction.savepoint();
            transaction.put(bytes("b2"), bytes("2"));
            transaction.put(bytes("b1"), bytes("1"));
            KeyRange range = Entries.range("b", "c");
            assertThat(transaction.hasOnlyWrites(range, 2)).isTrue();
            assertThat(transaction.hasOnlyWrites(range, 1)).isFalse();
            assertThat(transaction.takeWrites(range))
                    .extracting(put -> Entries.text(put.key()) + Entries.text(put.value()))
                    .containsExactly("b11", "b22");
            assertThat(transaction.isUntouched(range)).isTrue();
            load(transaction, "b", "c").add(bytes("b1"), bytes("1"));
            transaction.rollbackTo(savepoint);
            transaction.commit(Durability.SYNC);
        }
        assertThat(committed()).containsExactly("a1=1");
    }

    @Test
    void othersInTheRangeConflict() {
        try (Transaction transaction = store.begin()) {
            load(transaction, "b", "c").add(bytes("b1"), bytes("1"));
            try (Transaction other = store.begin()) {
                other.put(bytes("b1"), bytes("other"));
                other.commit(Durability.SYNC);
            }
            assertThatThrownBy(() -> transaction.commit(Durability.SYNC))
                    .isInstanceOf(ConflictException.class);
        }
        assertThat(committed()).containsExactly("b1=other");
    }

    @Test
    void scratchLoadsCanBeReadAndLeaveNothing() {
        try (Transaction transaction = store.begin();
                BulkLoad scratch = transaction.scratch(KeyRange.all())) {
            for (int i = 0; i < 20_000; i++) {
                scratch.add(bytes("k%05d".formatted(i)), new byte[40]);
            }
            assertThat(scratch.view().get(bytes("k12345"))).hasSize(40);
            assertThat(entries(scratch.view(), "k10000", "k10003")).hasSize(3);
        }
        assertThat(committed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void loadsAndWritesAgreeWithAModel(long seed) {
        Random random = new Random(seed);
        NavigableMap<String, String> model = new TreeMap<>();
        for (int round = 0; round < 12; round++) {
            String context = "seed " + seed + " round " + round;
            NavigableMap<String, String> changed = new TreeMap<>(model);
            try (Transaction transaction = store.begin()) {
                for (int step = 0; step < 12; step++) {
                    step(random, transaction, changed);
                }
                for (int space = 0; space < 10; space++) {
                    String from = "s" + space;
                    String to = "s" + space + "~";
                    assertThat(entries(transaction, from, to))
                            .as(context)
                            .isEqualTo(lines(changed.subMap(from, to)));
                }
                if (random.nextInt(4) > 0) {
                    transaction.commit(Durability.SYNC);
                    model = changed;
                }
            }
            assertThat(committed()).as(context).isEqualTo(lines(model));
        }
    }

    private static void step(
            Random random, Transaction transaction, NavigableMap<String, String> model) {
        String from = "s" + random.nextInt(10);
        String to = from + "~";
        KeyRange range = Entries.range(from, to);
        if (transaction.isUntouched(range)) {
            TransactionLoad load = transaction.load(range, _ -> {});
            int size = random.nextInt(random.nextBoolean() ? 20 : 4_000);
            for (int entry = 0; entry < size; entry++) {
                String key = from + "!%05d".formatted(entry);
                String value = "v".repeat(random.nextInt(random.nextInt(200) == 0 ? 9_000 : 60));
                load.add(bytes(key), bytes(value));
                model.put(key, value);
            }
        } else if (random.nextInt(3) == 0) {
            String first = from + "!%05d".formatted(random.nextInt(5_000));
            if (random.nextBoolean()) {
                transaction.deleteRange(range);
                model.subMap(from, to).clear();
            } else {
                transaction.deleteRange(Entries.range(first, to));
                model.subMap(first, to).clear();
            }
        } else {
            for (int write = 0; write < 50; write++) {
                String key = from + "!%05d".formatted(random.nextInt(5_000));
                if (random.nextBoolean()) {
                    transaction.put(bytes(key), bytes("w" + write));
                    model.put(key, "w" + write);
                } else {
                    transaction.delete(bytes(key));
                    model.remove(key);
                }
            }
        }
    }

    private static List<String> lines(SortedMap<String, String> model) {
        List<String> lines = new ArrayList<>();
        model.forEach((key, value) -> lines.add(key + "=" + value));
        return lines;
    }
}
