package org.cladedb.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class PersistentMapTest {
    private static final int BIG = 20_000;

    private long comparisons;

    private final Comparator<Integer> counting =
            (one, other) -> {
                comparisons++;
                return Integer.compare(one, other);
            };

    @Test
    void agreesWithTreeMapThroughRandomChanges() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            PersistentMap<Integer, Integer> map = PersistentMap.empty(Comparator.naturalOrder());
            TreeMap<Integer, Integer> model = new TreeMap<>();
            for (int step = 0; step < 400; step++) {
                int key = random.nextInt(120);
                PersistentMap<Integer, Integer> before = map;
                TreeMap<Integer, Integer> modelBefore = new TreeMap<>(model);
                for (int change = random.nextInt(4); change >= 0; change--) {
                    key = random.nextInt(120);
                    if (random.nextInt(5) < 2) {
                        map = map.without(key);
                        model.remove(key);
                    } else {
                        int value = random.nextInt(3);
                        map = map.with(key, value);
                        model.put(key, value);
                    }
                }
                assertThat(map.size()).isEqualTo(model.size());
                assertThat(map.values()).isEqualTo(List.copyOf(model.values()));
                assertThat(before.values()).isEqualTo(List.copyOf(modelBefore.values()));
                assertThat(map.get(key)).isEqualTo(model.get(key));
                int to = key + random.nextInt(30);
                List<Integer> between = new ArrayList<>();
                map.forEachBetween(key, to, (each, _) -> between.add(each));
                assertThat(between).isEqualTo(List.copyOf(model.subMap(key, to).keySet()));
                assertThat(PersistentMap.differences(before, map))
                        .isEqualTo(differences(modelBefore, model));
            }
        }
    }

    private static List<PersistentMap.Difference<Integer, Integer>> differences(
            NavigableMap<Integer, Integer> before, NavigableMap<Integer, Integer> after) {
        List<PersistentMap.Difference<Integer, Integer>> expected = new ArrayList<>();
        TreeSet<Integer> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (int key : keys) {
            if (!Objects.equals(before.get(key), after.get(key))) {
                expected.add(new PersistentMap.Difference<>(key, before.get(key), after.get(key)));
            }
        }
        return expected;
    }

    @Test
    void staysBalancedWhateverTheOrderOfChanges() {
        PersistentMap<Integer, Integer> map = ascending();
        comparisons = 0;
        for (int key = 0; key < BIG; key++) {
            map.get(key);
        }
        assertThat(comparisons / BIG).isLessThan(20);
        for (int key = 0; key < BIG - 100; key++) {
            map = map.without(key);
        }
        comparisons = 0;
        for (int key = BIG - 100; key < BIG; key++) {
            map.get(key);
        }
        assertThat(comparisons / 100).isLessThan(10);
    }

    @Test
    void differencesOfBigMapsCostWhatWasChanged() {
        PersistentMap<Integer, Integer> before = ascending();
        PersistentMap<Integer, Integer> after =
                before.without(17).with(BIG, 1).with(BIG / 2, -1).without(BIG / 3);
        comparisons = 0;
        assertThat(PersistentMap.differences(before, after)).hasSize(4);
        assertThat(comparisons).isLessThan(4000);
    }

    private PersistentMap<Integer, Integer> ascending() {
        PersistentMap<Integer, Integer> map = PersistentMap.empty(counting);
        for (int key = 0; key < BIG; key++) {
            map = map.with(key, key);
        }
        return map;
    }
}
