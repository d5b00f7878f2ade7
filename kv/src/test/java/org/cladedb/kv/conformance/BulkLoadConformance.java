package org.cladedb.kv.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cladedb.kv.conformance.Entries.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a bulk load promises.
public abstract class BulkLoadConformance {
    private KeyValueStore store = new MemoryStore();

    /// Opens an empty store.
    protected abstract KeyValueStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void put(String key, String value) {
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes(key), bytes(value));
            transaction.commit(Durability.SYNC);
        }
    }

    private List<String> committed() {
        try (Snapshot snapshot = store.snapshot()) {
            return Entries.all(snapshot);
        }
    }

    @Test
    void loadShowsWithItsCommitOnly() {
        put("a", "1");
        put("z", "1");
        try (Snapshot before = store.snapshot();
                BulkLoad load = store.bulkLoad(Entries.range("b", "c"))) {
            load.add(bytes("b"), bytes("2"));
            load.add(bytes("b1"), bytes("3"));
            assertThat(committed()).containsExactly("a=1", "z=1");
            long sequence =
                    load.commit(List.of(new CommitRequest.Put(bytes("c"), bytes("4"))), List.of());
            assertThat(sequence).isGreaterThan(before.sequence());
            assertThat(Entries.all(before)).containsExactly("a=1", "z=1");
        }
        assertThat(committed()).containsExactly("a=1", "b=2", "b1=3", "c=4", "z=1");
    }

    @Test
    void abandonedLoadLeavesNothing() {
        try (BulkLoad load = store.bulkLoad(KeyRange.all())) {
            load.add(bytes("b"), bytes("2"));
        }
        assertThat(committed()).isEmpty();
    }

    @Test
    void emptyLoadIsACommit() {
        try (BulkLoad load = store.bulkLoad(KeyRange.all())) {
            load.commit(List.of(), List.of());
        }
        assertThat(committed()).isEmpty();
    }

    @Test
    void rangeWithKeysConflicts() {
        put("b5", "1");
        try (BulkLoad load = store.bulkLoad(Entries.range("b", "c"))) {
            load.add(bytes("b1"), bytes("2"));
            assertThatThrownBy(() -> load.commit(List.of(), List.of()))
                    .isInstanceOf(ConflictException.class);
        }
        assertThat(committed()).containsExactly("b5=1");
    }

    @Test
    void othersWhoWroteConflictWithTheLoad() {
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("b1"), bytes("mine"));
            try (BulkLoad load = store.bulkLoad(Entries.range("b", "c"))) {
                load.add(bytes("b1"), bytes("2"));
                load.commit(List.of(), List.of());
            }
            assertThatThrownBy(() -> transaction.commit(Durability.SYNC))
                    .isInstanceOf(ConflictException.class);
        }
        assertThat(committed()).containsExactly("b1=2");
    }

    @Test
    void failedCheckConflicts() {
        long before;
        try (Snapshot snapshot = store.snapshot()) {
            before = snapshot.sequence();
            put("a", "1");
            try (BulkLoad load = store.bulkLoad(Entries.range("b", "c"))) {
                load.add(bytes("b1"), bytes("2"));
                var check = new CommitRequest.VersionCheck(bytes("a"), before);
                assertThatThrownBy(() -> load.commit(List.of(), List.of(check)))
                        .isInstanceOf(ConflictException.class);
            }
        }
        assertThat(committed()).containsExactly("a=1");
    }

    @Test
    void keysMustAscendInsideTheRange() {
        try (BulkLoad load = store.bulkLoad(Entries.range("b", "c"))) {
            load.add(bytes("b1"), bytes("2"));
            assertThatThrownBy(() -> load.add(bytes("b1"), bytes("2")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> load.add(bytes("c"), bytes("2")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> load.add(bytes("a"), bytes("2")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void loadsFitIntoAnyGap(long seed) {
        Random random = new Random(seed);
        NavigableMap<String, String> model = new TreeMap<>();
        for (int round = 0; round < 25; round++) {
            change(random, model);
            String from = key(random);
            String to = from + (char) ('0' + random.nextInt(10));
            if (random.nextBoolean()) {
                to = key(random);
            }
            if (from.compareTo(to) >= 0) {
                continue;
            }
            if (random.nextInt(3) == 0) {
                delete(from, to, model);
            }
            boolean isEmpty = model.subMap(from, to).isEmpty();
            Map<String, String> loaded = new TreeMap<>();
            int size = random.nextInt(random.nextInt(4) == 0 ? 3_000 : 40);
            for (int entry = 0; entry < size; entry++) {
                String key = from + "!%05d".formatted(entry);
                if (key.compareTo(to) < 0) {
                    loaded.put(
                            key, "v".repeat(random.nextInt(random.nextInt(50) == 0 ? 9_000 : 60)));
                }
            }
            String context = "seed " + seed + " round " + round;
            try (BulkLoad load = store.bulkLoad(Entries.range(from, to))) {
                loaded.forEach((key, value) -> load.add(bytes(key), bytes(value)));
                load.commit(List.of(), List.of());
                assertThat(isEmpty).as(context).isTrue();
                model.putAll(loaded);
            } catch (ConflictException e) {
                assertThat(isEmpty).as(context).isFalse();
            }
            List<String> expected = new ArrayList<>();
            model.forEach((key, value) -> expected.add(key + "=" + value));
            assertThat(committed()).as(context).isEqualTo(expected);
        }
    }

    private void change(Random random, NavigableMap<String, String> model) {
        try (Transaction transaction = store.begin()) {
            int count = random.nextInt(200);
            for (int write = 0; write < count; write++) {
                String key = key(random) + key(random);
                if (random.nextInt(3) == 0) {
                    transaction.delete(bytes(key));
                    model.remove(key);
                } else {
                    transaction.put(bytes(key), bytes("x".repeat(100)));
                    model.put(key, "x".repeat(100));
                }
            }
            transaction.commit(Durability.ASYNC);
        }
    }

    private void delete(String from, String to, NavigableMap<String, String> model) {
        try (Transaction transaction = store.begin()) {
            transaction.deleteRange(Entries.range(from, to));
            transaction.commit(Durability.ASYNC);
        }
        model.subMap(from, to).clear();
    }

    private static String key(Random random) {
        return "%02d".formatted(random.nextInt(40));
    }
}
