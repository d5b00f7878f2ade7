package org.cladedb.kv.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.kv.conformance.Entries.bytes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random transactions against a sorted map, with snapshots held across many commits.
///
/// Keys are Latin 1 text, whose order as text is their order as bytes.
public abstract class ModelConformance {
    /// Opens an empty store.
    protected abstract KeyValueStore open() throws Exception;

    /// Called between transactions: an engine may close and open again, or checkpoint.
    protected KeyValueStore disturb(KeyValueStore store, Random random) throws Exception {
        return store;
    }

    /// A snapshot and what it must show.
    private record Held(Snapshot snapshot, NavigableMap<String, String> expected) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void behavesLikeASortedMap(long seed) throws Exception {
        Random random = new Random(seed);
        TreeMap<String, String> model = new TreeMap<>();
        ArrayDeque<Held> held = new ArrayDeque<>();
        KeyValueStore store = open();
        try {
            for (int round = 0; round < 250; round++) {
                String context = "seed " + seed + " round " + round;
                transact(store, random, model, context);
                if (random.nextInt(10) == 0) {
                    held.add(new Held(store.snapshot(), new TreeMap<>(model)));
                }
                if (held.size() > 4 || (!held.isEmpty() && random.nextInt(20) == 0)) {
                    Held oldest = held.removeFirst();
                    compare(oldest.snapshot, oldest.expected, random, context);
                    oldest.snapshot.close();
                }
                if (held.isEmpty()) {
                    store = disturb(store, random);
                }
            }
            for (Held last : held) {
                compare(last.snapshot, last.expected, random, "seed " + seed + " at the end");
                last.snapshot.close();
            }
        } finally {
            store.close();
        }
    }

    private static void transact(
            KeyValueStore store,
            Random random,
            NavigableMap<String, String> model,
            String context) {
        TreeMap<String, String> mine = new TreeMap<>(model);
        List<TreeMap<String, String>> savepoints = new ArrayList<>();
        try (Transaction transaction = store.begin()) {
            if (random.nextInt(3) == 0) {
                transaction.putAsideAbove(random.nextInt(10_000));
            }
            int steps = random.nextInt(30) == 0 ? 3_000 : random.nextInt(40);
            for (int step = 0; step < steps; step++) {
                write(transaction, random, mine);
                if (random.nextInt(15) == 0) {
                    transaction.savepoint();
                    savepoints.add(new TreeMap<>(mine));
                } else if (!savepoints.isEmpty() && random.nextInt(15) == 0) {
                    int target = random.nextInt(savepoints.size());
                    transaction.rollbackTo(target);
                    mine = new TreeMap<>(savepoints.get(target));
                    savepoints.subList(target + 1, savepoints.size()).clear();
                } else if (!savepoints.isEmpty() && random.nextInt(15) == 0) {
                    int past = random.nextInt(savepoints.size());
                    compare(
                            transaction.viewAt(past),
                            savepoints.get(past),
                            random,
                            context + " step " + step + " as of savepoint " + past);
                } else if (random.nextInt(steps) < 2) {
                    compare(transaction, mine, random, context + " step " + step);
                }
            }
            compare(transaction, mine, random, context);
            if (random.nextInt(6) == 0) {
                transaction.rollback();
                return;
            }
            transaction.commit(Durability.SYNC);
        }
        model.clear();
        model.putAll(mine);
        try (Snapshot snapshot = store.snapshot()) {
            compare(snapshot, model, random, context + " committed");
        }
    }

    private static void write(
            Transaction transaction, Random random, NavigableMap<String, String> mine) {
        int kind = random.nextInt(100);
        String key = key(random);
        if (kind < 70) {
            String value = value(random);
            transaction.put(bytes(key), bytes(value));
            mine.put(key, value);
        } else if (kind < 97) {
            String present = mine.ceilingKey(key);
            String victim = present == null || random.nextInt(4) == 0 ? key : present;
            transaction.delete(bytes(victim));
            mine.remove(victim);
        } else {
            String other = key(random);
            boolean ordered = key.compareTo(other) < 0;
            String start = ordered ? key : other;
            String end = ordered ? other : key;
            transaction.deleteRange(Entries.range(start, end));
            mine.subMap(start, true, end, false).clear();
        }
    }

    private static String key(Random random) {
        StringBuilder key = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int part = 0; part < parts; part++) {
            key.append((char) (random.nextInt(6) * 51)).append((char) random.nextInt(12));
        }
        if (random.nextInt(40) == 0) {
            key.append("long".repeat(random.nextInt(1_500)));
        }
        return key.toString();
    }

    private static String value(Random random) {
        int length =
                switch (random.nextInt(60)) {
                    case 0 -> random.nextInt(50_000);
                    case 1, 2, 3 -> random.nextInt(5_000);
                    default -> random.nextInt(120);
                };
        char first =
                (char) (random.nextInt(3) == 0 ? 'a' + random.nextInt(26) : random.nextInt(66));
        return String.valueOf(first).repeat(length);
    }

    private static void compare(
            ReadView view, NavigableMap<String, String> expected, Random random, String context) {
        boolean reverse = random.nextBoolean();
        String one = key(random);
        String other = key(random);
        String start = random.nextInt(3) == 0 ? "" : one.compareTo(other) < 0 ? one : other;
        String end = random.nextInt(3) == 0 ? null : start.equals(one) ? other : one;
        if (end != null && end.compareTo(start) < 0) {
            end = null;
        }
        NavigableMap<String, String> part =
                end == null
                        ? expected.tailMap(start, true)
                        : expected.subMap(start, true, end, false);
        part = reverse ? part.descendingMap() : part;
        long limit = random.nextInt(3) == 0 ? random.nextInt(20) : Long.MAX_VALUE;
        ScanOptions options = new ScanOptions(reverse, limit, random.nextBoolean());
        KeyRange range = Entries.range(start, end);
        assertThat(Entries.scan(view, range, options)).as(context).isEqualTo(firstOf(part, limit));
        assertThat(view.estimateEntries(range))
                .as(context + " estimate")
                .isBetween(0L, 20L * (expected.size() + 100));
        scanForTags(view, range, reverse, part, random, context);
        skipThrough(view, range, reverse, part, random, context);
        for (int probe = 0; probe < 5; probe++) {
            String key = key(random);
            String found = expected.ceilingKey(key);
            String wanted = found == null || random.nextBoolean() ? key : found;
            assertThat(Entries.get(view, wanted)).as(context).isEqualTo(expected.get(wanted));
        }
    }

    /// Entries that are not wanted may be there or not.
    private static void scanForTags(
            ReadView view,
            KeyRange range,
            boolean reverse,
            NavigableMap<String, String> part,
            Random random,
            String context) {
        long tags = random.nextBoolean() ? 1L << random.nextInt(64) : random.nextLong();
        ScanOptions options = (reverse ? ScanOptions.REVERSE : ScanOptions.FORWARD).withTags(tags);
        List<String> expected = new ArrayList<>();
        part.forEach((key, value) -> {
            if (value.isEmpty() || options.wants((byte) value.charAt(0))) {
                expected.add(key + "=" + value);
            }
        });
        List<String> found = new ArrayList<>();
        try (RangeCursor cursor = view.scan(range, options)) {
            while (cursor.next()) {
                for (int index = 0; index < cursor.batch().size(); index++) {
                    byte[] value = cursor.batch().copyValue(index);
                    if (value.length == 0 || options.wants(value[0])) {
                        found.add(Entries.entry(cursor.batch(), index));
                    }
                }
            }
        }
        assertThat(found).as(context + " tags " + tags).isEqualTo(expected);
    }

    private static List<String> firstOf(NavigableMap<String, String> part, long limit) {
        List<String> entries = new ArrayList<>();
        part.forEach((key, value) -> {
            if (entries.size() < limit) {
                entries.add(key + "=" + value);
            }
        });
        return entries;
    }

    /// Takes a few entries, skips, and so on.
    private static void skipThrough(
            ReadView view,
            KeyRange range,
            boolean reverse,
            NavigableMap<String, String> part,
            Random random,
            String context) {
        ScanOptions options = reverse ? ScanOptions.REVERSE : ScanOptions.FORWARD;
        try (RangeCursor cursor = view.scan(range, options)) {
            String position = null;
            while (cursor.next()) {
                int take = 1 + random.nextInt(cursor.batch().size());
                for (int index = 0; index < take; index++) {
                    String found = Entries.entry(cursor.batch(), index);
                    position = next(part, position, null);
                    assertThat(found)
                            .as(context)
                            .isEqualTo(position + "=" + part.get(String.valueOf(position)));
                }
                if (take < cursor.batch().size() || random.nextBoolean()) {
                    String target = target(position, reverse, random);
                    cursor.skipTo(bytes(target));
                    String reached = next(part, position, target);
                    String before = reached == null ? null : part.lowerKey(reached);
                    if (reached == null) {
                        assertThat(cursor.next()).as(context).isFalse();
                        return;
                    }
                    position = before;
                }
            }
            assertThat(next(part, position, null)).as(context).isNull();
        }
    }

    /// A key after `position` in the direction of the scan.
    private static String target(@Nullable String position, boolean reverse, Random random) {
        String from = String.valueOf(position);
        for (int attempt = 0; attempt < 10; attempt++) {
            String key = key(random);
            if (reverse ? key.compareTo(from) < 0 : key.compareTo(from) > 0) {
                return key;
            }
        }
        return reverse ? from.substring(0, from.length() - 1) : from + "\u0000";
    }

    private static @Nullable String next(
            NavigableMap<String, String> part, @Nullable String position, @Nullable String target) {
        if (target != null) {
            return part.ceilingKey(target);
        }
        if (position == null) {
            return part.isEmpty() ? null : part.firstKey();
        }
        return part.higherKey(position);
    }
}
