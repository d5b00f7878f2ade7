package org.cladedb.storage.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EntrySorterTest {
    private static final int MEMORY_BYTES = 10_000;
    private static final int ENTRIES = 5_000;

    private final KeyValueStore store = new MemoryStore();
    private final Transaction transaction = store.begin();
    private final List<Integer> duplicates = new ArrayList<>();
    private final EntrySorter sorter =
            new EntrySorter(
                    transaction,
                    KeyRange.all(),
                    MEMORY_BYTES,
                    (_, value) -> {
                        duplicates.add(ByteBuffer.wrap(value).getInt());
                        throw new IllegalStateException("duplicate");
                    });

    @AfterEach
    void nothingIsLeft() {
        transaction.close();
        assertThat(store.metrics().snapshotsOpen()).isZero();
        assertThat(store.metrics().commits()).isZero();
        store.close();
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private List<Integer> drained() {
        List<Integer> keys = new ArrayList<>();
        sorter.drain((key, value) -> {
            keys.add(ByteBuffer.wrap(key).getInt());
            assertThat(value).isEqualTo(bytes(keys.getLast() * 3));
        });
        return keys;
    }

    @Test
    void entriesComeInKeyOrder() {
        Random random = new Random(1);
        TreeMap<Integer, Integer> model = new TreeMap<>();
        while (model.size() < ENTRIES) {
            int key = random.nextInt(1_000_000);
            if (model.put(key, key) == null) {
                sorter.add(bytes(key), bytes(key * 3));
                assertThat(sorter.bufferedBytes()).isLessThanOrEqualTo(MEMORY_BYTES);
            }
        }
        assertThat(sorter.runs()).isGreaterThan(ENTRIES * 64 / MEMORY_BYTES);
        assertThat(drained()).isEqualTo(List.copyOf(model.keySet()));
    }

    @Test
    void fewEntriesStayInMemory() {
        for (int key = 100; key > 0; key--) {
            sorter.add(bytes(key), bytes(key * 3));
        }
        assertThat(sorter.runs()).isZero();
        assertThat(drained()).hasSize(100).isSorted();
    }

    @Test
    void duplicateInMemoryIsFound() {
        sorter.add(bytes(1), bytes(1));
        sorter.add(bytes(2), bytes(2));
        sorter.add(bytes(1), bytes(3));
        assertThatThrownBy(this::drained).isInstanceOf(IllegalStateException.class);
        assertThat(duplicates).containsExactly(3);
    }

    @Test
    void duplicateInTwoRunsIsFound() {
        for (int key = 0; key < ENTRIES; key++) {
            sorter.add(bytes(key), bytes(key * 3));
        }
        sorter.add(bytes(7), bytes(-1));
        assertThat(sorter.runs()).isGreaterThan(1);
        assertThatThrownBy(this::drained).isInstanceOf(IllegalStateException.class);
        assertThat(duplicates).containsExactly(-1);
    }

    @Test
    void abandonedRunsAreGone() {
        for (int key = ENTRIES; key > 0; key--) {
            sorter.add(bytes(key), bytes(key * 3));
        }
        assertThat(sorter.runs()).isGreaterThan(1);
    }
}
