package org.cladedb.kv.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.CommitUnknownException;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.CorruptionException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KvException;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.SortedChanges;
import org.cladedb.kv.conformance.Entries;

/// Reads and commits until it has done enough or the store fails; tells its ledger everything.
final class SimulatedClient {
    private static final int KEYS = 160;

    private final int id;
    private final EmbeddedStore store;
    private final SimulatedLedger ledger;
    private final Random random;
    private int number;

    SimulatedClient(int id, EmbeddedStore store, SimulatedLedger ledger, long seed, int number) {
        this.id = id;
        this.store = store;
        this.ledger = ledger;
        this.random = new Random(seed);
        this.number = number;
    }

    int number() {
        return number;
    }

    void run(int steps) {
        int failures = 0;
        for (int step = 0; step < steps && failures < 6; step++) {
            try {
                if (step(random)) {
                    failures = 0;
                }
            } catch (CorruptionException e) {
                throw e;
            } catch (KvException e) {
                // A read failed, or the store cannot be used any more.
                failures++;
                Simulation.pause(1);
            }
        }
    }

    private boolean step(Random random) {
        if (random.nextInt(30) == 0) {
            store.checkpoint();
            return true;
        }
        if (random.nextInt(12) == 0) {
            return load();
        }
        long acknowledged = ledger.acknowledged();
        try (Snapshot snapshot = store.snapshot()) {
            if (random.nextInt(4) == 0) {
                // Others commit meanwhile.
                Simulation.pause(random.nextInt(40));
            }
            if (random.nextInt(3) == 0) {
                ledger.see(snapshot.sequence(), acknowledged, read(snapshot));
            }
            return commit(snapshot);
        }
    }

    private NavigableMap<String, String> read(Snapshot snapshot) {
        NavigableMap<String, String> content = new TreeMap<>();
        ScanOptions options = random.nextBoolean() ? ScanOptions.FORWARD : ScanOptions.REVERSE;
        try (RangeCursor cursor = snapshot.scan(KeyRange.all(), options)) {
            while (cursor.next()) {
                EntryBatch batch = cursor.batch();
                for (int index = 0; index < batch.size(); index++) {
                    content.put(
                            Entries.text(batch.copyKey(index)),
                            Entries.text(batch.copyValue(index)));
                }
            }
        }
        String key = key();
        String value = content.get(key);
        String found = Entries.get(snapshot, key);
        if (value == null ? found != null : !value.equals(found)) {
            throw new AssertionError("get and scan disagree about " + key);
        }
        return content;
    }

    /// Loads a range that probably is empty.
    private boolean load() {
        String prefix = "k%02d".formatted(random.nextInt(KEYS / 10));
        KeyRange range =
                random.nextInt(3) == 0
                        ? Entries.range(prefix + "5", prefix + "8")
                        : KeyRange.prefix(Entries.bytes(prefix + "!" + random.nextInt(4)));
        List<CommitRequest.Mutation> entries = new ArrayList<>();
        number++;
        int count = random.nextInt(60);
        for (int entry = 0; entry < count; entry++) {
            int length = random.nextInt(random.nextInt(20) == 0 ? 5_000 : 300);
            byte[] key = Entries.bytes(Entries.text(range.start()) + "/%03d".formatted(entry));
            entries.add(new CommitRequest.Put(key, Entries.bytes("v".repeat(length))));
        }
        List<CommitRequest.Mutation> later = writesOver(entries);
        boolean clears = random.nextInt(4) == 0;
        List<CommitRequest.Mutation> all = new ArrayList<>(entries);
        if (clears) {
            all.addFirst(new CommitRequest.DeleteRange(range.start(), range.end()));
        }
        all.addAll(later);
        SimulatedCommit commit =
                new SimulatedCommit(
                        id, number, all, List.of(), Durability.SYNC, clears ? null : range);
        later.add(commit.marker());
        ledger.begin(commit);
        byte[] middle = Entries.bytes(Entries.text(range.start()) + "/025");
        KeyRange lower = new KeyRange(range.start(), middle);
        KeyRange upper = new KeyRange(middle, range.end());
        try (BulkLoad first = store.bulkLoad(lower);
                BulkLoad second = store.bulkLoad(upper)) {
            for (CommitRequest.Mutation entry : entries) {
                if (entry instanceof CommitRequest.Put(byte[] key, byte[] value)) {
                    boolean isFirst = Arrays.compareUnsigned(key, middle) < 0;
                    (isFirst ? first : second).add(key, value);
                }
            }
            if (random.nextInt(3) == 0) {
                requireReadable(first, second, entries);
            }
            if (random.nextInt(5) == 0) {
                commit.outcome = SimulatedCommit.Outcome.REFUSED;
                return true;
            }
            CommitRequest request = new CommitRequest(later, List.of(), Durability.SYNC);
            List<KeyRange> cleared = clears ? List.of(lower, upper) : List.of();
            ledger.acknowledge(commit, store.commit(request, List.of(first, second), cleared));
            return true;
        } catch (ConflictException e) {
            commit.outcome = SimulatedCommit.Outcome.CONFLICT;
            return true;
        } catch (CommitUnknownException e) {
            throw e;
        } catch (KvException e) {
            commit.outcome = SimulatedCommit.Outcome.REFUSED;
            throw e;
        }
    }

    /// Writes to some of the keys that are loaded, by the same commit.
    private List<CommitRequest.Mutation> writesOver(List<CommitRequest.Mutation> loaded) {
        List<CommitRequest.Mutation> writes = new ArrayList<>();
        boolean any = random.nextInt(3) == 0;
        for (CommitRequest.Mutation mutation : loaded) {
            if (any
                    && random.nextInt(10) == 0
                    && mutation instanceof CommitRequest.Put(byte[] key, byte[] _)) {
                writes.add(
                        random.nextBoolean()
                                ? new CommitRequest.Delete(key)
                                : new CommitRequest.Put(key, Entries.bytes("over")));
            }
        }
        return writes;
    }

    private static void requireReadable(
            BulkLoad first, BulkLoad second, List<CommitRequest.Mutation> entries) {
        int count = Entries.all(first.view()).size() + Entries.all(second.view()).size();
        if (count != entries.size()) {
            throw new AssertionError("a load shows " + count + " of " + entries.size());
        }
    }

    private boolean commit(Snapshot snapshot) {
        List<CommitRequest.Mutation> mutations = new ArrayList<>();
        List<CommitRequest.VersionCheck> checks = new ArrayList<>();
        number++;
        int writes = 1 + random.nextInt(random.nextInt(12) == 0 ? 120 : 6);
        for (int write = 0; write < writes; write++) {
            mutations.add(mutation());
        }
        if (random.nextInt(3) == 0) {
            checks.add(new CommitRequest.VersionCheck(Entries.bytes(key()), snapshot.sequence()));
        }
        if (random.nextInt(8) == 0) {
            return commitAsLarge(snapshot.sequence(), mutations, checks);
        }
        Durability durability = random.nextInt(4) == 0 ? Durability.ASYNC : Durability.SYNC;
        SimulatedCommit commit =
                new SimulatedCommit(id, number, mutations, checks, durability, null);
        return acknowledge(commit, () -> store.commit(commit.request()));
    }

    /// A large commit checks every key that it writes.
    private boolean commitAsLarge(
            long sequence,
            List<CommitRequest.Mutation> mutations,
            List<CommitRequest.VersionCheck> others) {
        List<CommitRequest.VersionCheck> checks = new ArrayList<>(others);
        SimulatedCommit commit =
                new SimulatedCommit(id, number, mutations, checks, Durability.SYNC, null);
        SortedChanges changes = SortedChanges.of(commit.request());
        byte[] marker = Entries.bytes(commit.markerKey());
        for (int index = 0; index < changes.size(); index++) {
            if (!Arrays.equals(changes.key(index), marker)) {
                checks.add(new CommitRequest.VersionCheck(changes.key(index), sequence));
            }
        }
        SimulatedLargeCommit large =
                new SimulatedLargeCommit(
                        changes,
                        List.copyOf(others),
                        key -> Arrays.equals(key, marker) ? Long.MAX_VALUE : sequence,
                        () -> Simulation.pause(random.nextInt(4)));
        return acknowledge(commit, () -> store.commit(large, List.of(), List.of()));
    }

    private boolean acknowledge(SimulatedCommit commit, LongSupplier apply) {
        ledger.begin(commit);
        try {
            ledger.acknowledge(commit, apply.getAsLong());
            return true;
        } catch (ConflictException e) {
            commit.outcome = SimulatedCommit.Outcome.CONFLICT;
            return true;
        } catch (CommitUnknownException e) {
            throw e;
        } catch (KvException e) {
            commit.outcome = SimulatedCommit.Outcome.REFUSED;
            throw e;
        }
    }

    private CommitRequest.Mutation mutation() {
        String key = key();
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> new CommitRequest.Delete(Entries.bytes(key));
            case 3 -> {
                String end = key.substring(0, 3) + (char) (key.charAt(3) + 1 + random.nextInt(5));
                yield new CommitRequest.DeleteRange(Entries.bytes(key), Entries.bytes(end));
            }
            default -> {
                int most = random.nextInt(12) == 0 ? 12_000 : 500;
                String value = (char) random.nextInt(80) + "/" + number + "/";
                yield new CommitRequest.Put(
                        Entries.bytes(key), Entries.bytes(value.repeat(random.nextInt(most) / 5)));
            }
        };
    }

    private String key() {
        return "k%03d".formatted(random.nextInt(KEYS))
                + "x".repeat(random.nextInt(40) == 0 ? 900 : 0);
    }
}
