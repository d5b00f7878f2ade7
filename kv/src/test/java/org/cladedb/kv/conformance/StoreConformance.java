package org.cladedb.kv.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cladedb.kv.conformance.Entries.all;
import static org.cladedb.kv.conformance.Entries.bytes;
import static org.cladedb.kv.conformance.Entries.get;
import static org.cladedb.kv.conformance.Entries.range;
import static org.cladedb.kv.conformance.Entries.rest;
import static org.cladedb.kv.conformance.Entries.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.ConflictException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.LimitExceededException;
import org.cladedb.kv.LockMode;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.UnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What each engine must do, one promise a test.
public abstract class StoreConformance {
    private KeyValueStore store;

    /// Opens an empty store.
    protected abstract KeyValueStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        assertThat(store.metrics().snapshotsOpen()).as("snapshots left open").isZero();
        store.close();
    }

    private void put(String... keysAndValues) {
        try (Transaction transaction = store.begin()) {
            for (int index = 0; index < keysAndValues.length; index += 2) {
                transaction.put(bytes(keysAndValues[index]), bytes(keysAndValues[index + 1]));
            }
            transaction.commit(Durability.SYNC);
        }
    }

    private List<String> committed() {
        try (Snapshot snapshot = store.snapshot()) {
            return all(snapshot);
        }
    }

    private void fill(int count) {
        try (Transaction transaction = store.begin()) {
            for (int index = 0; index < count; index++) {
                transaction.put(bytes("k%05d".formatted(index)), bytes("v" + index));
            }
            transaction.commit(Durability.SYNC);
        }
    }

    private static List<String> numbered(int from, int to) {
        List<String> entries = new ArrayList<>();
        for (int index = from; index < to; index++) {
            entries.add("k%05d=v%d".formatted(index, index));
        }
        return entries;
    }

    @Test
    void emptyStoreHasNothing() {
        assertThat(committed()).isEmpty();
        try (Snapshot snapshot = store.snapshot()) {
            assertThat(get(snapshot, "a")).isNull();
        }
    }

    @Test
    void commitShowsInLaterSnapshotsOnly() {
        try (Snapshot before = store.snapshot()) {
            put("a", "1", "b", "2");
            assertThat(all(before)).isEmpty();
            assertThat(committed()).containsExactly("a=1", "b=2");
            try (Snapshot after = store.snapshot()) {
                assertThat(after.sequence()).isGreaterThan(before.sequence());
            }
        }
    }

    @Test
    void keysCompareAsUnsignedBytes() {
        put("\u00ff", "4", "\u0000", "1", "a", "2", "\u0080", "3", "\u00ff\u00ff", "5");
        assertThat(committed())
                .containsExactly("\u0000=1", "a=2", "\u0080=3", "\u00ff=4", "\u00ff\u00ff=5");
    }

    @Test
    void emptyValueIsNotAbsence() {
        put("a", "");
        assertThat(committed()).containsExactly("a=");
        try (Snapshot snapshot = store.snapshot()) {
            assertThat(get(snapshot, "a")).isEmpty();
        }
    }

    @Test
    void laterMutationWins() {
        store.commit(
                new CommitRequest(
                        List.of(
                                new CommitRequest.Put(bytes("c"), bytes("1")),
                                new CommitRequest.Put(bytes("a"), bytes("1")),
                                new CommitRequest.DeleteRange(bytes("b"), bytes("d")),
                                new CommitRequest.Put(bytes("b"), bytes("2")),
                                new CommitRequest.Put(bytes("a"), bytes("2")),
                                new CommitRequest.Delete(bytes("b"))),
                        List.of(),
                        Durability.SYNC));
        assertThat(committed()).containsExactly("a=2");
    }

    @Test
    void transactionReadsItsOwnWrites() {
        put("a", "1", "b", "2", "c", "3");
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("b"), bytes("20"));
            transaction.put(bytes("bb"), bytes("25"));
            transaction.delete(bytes("a"));
            assertThat(all(transaction)).containsExactly("b=20", "bb=25", "c=3");
            assertThat(scan(transaction, KeyRange.all(), ScanOptions.REVERSE))
                    .containsExactly("c=3", "bb=25", "b=20");
            assertThat(get(transaction, "a")).isNull();
            assertThat(transaction.getAll(List.of(bytes("bb"), bytes("a"), bytes("c"))))
                    .containsExactly(bytes("25"), null, bytes("3"));
            transaction.deleteRange(range("b", "c"));
            transaction.put(bytes("bc"), bytes("9"));
            assertThat(all(transaction)).containsExactly("bc=9", "c=3");
            assertThat(committed()).containsExactly("a=1", "b=2", "c=3");
            transaction.commit(Durability.SYNC);
        }
        assertThat(committed()).containsExactly("bc=9", "c=3");
    }

    @Test
    void estimatesAreRightWithinAFactor() {
        fill(20_000);
        try (Transaction transaction = store.begin()) {
            assertThat(transaction.estimateEntries(KeyRange.all())).isBetween(10_000L, 40_000L);
            assertThat(transaction.estimateEntries(range("k05000", "k15000")))
                    .isBetween(5_000L, 20_000L);
            assertThat(transaction.estimateEntries(range("k05000", "k05001"))).isEqualTo(1);
            assertThat(transaction.estimateEntries(range("~", null))).isZero();
            for (int i = 0; i < 1_000; i++) {
                transaction.put(bytes("~" + i), bytes(""));
            }
            assertThat(transaction.estimateEntries(range("~", null))).isEqualTo(1_000);
            assertThat(transaction.estimateEntries(range("~2", "~3"))).isEqualTo(111);
            transaction.deleteRange(KeyRange.all());
            assertThat(transaction.estimateEntries(range("k05000", "k15000"))).isZero();
        }
    }

    @Test
    void rollbackLeavesNothing() {
        put("a", "1");
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("a"), bytes("2"));
            transaction.deleteRange(KeyRange.all());
            transaction.rollback();
            transaction.rollback();
            assertThatThrownBy(() -> transaction.get(bytes("a")))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(committed()).containsExactly("a=1");
    }

    @Test
    void savepointsUndoWrites() {
        put("a", "1", "z", "1");
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("b"), bytes("1"));
            int outer = transaction.savepoint();
            transaction.put(bytes("b"), bytes("2"));
            transaction.delete(bytes("a"));
            int inner = transaction.savepoint();
            transaction.put(bytes("b"), bytes("3"));
            transaction.deleteRange(range("x", null));
            transaction.put(bytes("y"), bytes("3"));
            assertThat(all(transaction)).containsExactly("b=3", "y=3");
            transaction.rollbackTo(inner);
            assertThat(all(transaction)).containsExactly("b=2", "z=1");
            transaction.put(bytes("c"), bytes("4"));
            transaction.rollbackTo(outer);
            assertThat(all(transaction)).containsExactly("a=1", "b=1", "z=1");
            transaction.put(bytes("b"), bytes("5"));
            transaction.rollbackTo(outer);
            transaction.release(outer);
            transaction.put(bytes("d"), bytes("6"));
            transaction.commit(Durability.SYNC);
        }
        assertThat(committed()).containsExactly("a=1", "b=1", "d=6", "z=1");
    }

    @Test
    void cursorDoesNotMeetWritesMadeAfterItWasOpened() {
        fill(2_000);
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("k00000a"), bytes("own"));
            List<String> seen = new ArrayList<>();
            try (RangeCursor cursor = transaction.scan(KeyRange.all(), ScanOptions.FORWARD)) {
                while (cursor.next()) {
                    for (int index = 0; index < cursor.batch().size(); index++) {
                        seen.add(Entries.entry(cursor.batch(), index));
                        byte[] key = cursor.batch().copyKey(index);
                        transaction.put(bytes(Entries.text(key) + "x"), bytes("new"));
                        transaction.put(key, bytes("changed"));
                    }
                }
            }
            List<String> expected = numbered(0, 2_000);
            expected.add(1, "k00000a=own");
            assertThat(seen).isEqualTo(expected);
            assertThat(all(transaction)).hasSize(4_002);
        }
    }

    @Test
    void scansObeyRangeDirectionAndLimit() {
        fill(3_000);
        try (Snapshot snapshot = store.snapshot()) {
            KeyRange middle = range("k00100", "k02900");
            List<String> forward = scan(snapshot, middle, ScanOptions.FORWARD);
            assertThat(forward).isEqualTo(numbered(100, 2_900));
            List<String> reverse = scan(snapshot, middle, ScanOptions.REVERSE);
            Collections.reverse(reverse);
            assertThat(reverse).isEqualTo(forward);
            assertThat(scan(snapshot, middle, ScanOptions.limit(3))).isEqualTo(numbered(100, 103));
            assertThat(scan(snapshot, middle, new ScanOptions(true, 2, false)))
                    .containsExactly("k02899=v2899", "k02898=v2898");
            assertThat(scan(snapshot, middle, ScanOptions.limit(0))).isEmpty();
            assertThat(scan(snapshot, range("k00100", "k00100"), ScanOptions.FORWARD)).isEmpty();
            assertThat(scan(snapshot, range("x", null), ScanOptions.FORWARD)).isEmpty();
            assertThat(scan(snapshot, range("a", "k"), ScanOptions.REVERSE)).isEmpty();
        }
    }

    @Test
    void skipToMovesForwardOnly() {
        fill(3_000);
        try (Snapshot snapshot = store.snapshot();
                RangeCursor cursor =
                        snapshot.scan(range("k00010", "k02990"), ScanOptions.FORWARD)) {
            cursor.skipTo(bytes("a"));
            assertThat(cursor.next()).isTrue();
            assertThat(Entries.entry(cursor.batch(), 0)).isEqualTo("k00010=v10");
            cursor.skipTo(bytes("k00011"));
            assertThat(cursor.next()).isTrue();
            assertThat(Entries.entry(cursor.batch(), 0)).isEqualTo("k00011=v11");
            cursor.skipTo(bytes("k02000a"));
            cursor.skipTo(bytes("k01000"));
            assertThat(rest(cursor)).isEqualTo(numbered(2_001, 2_990));
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void skipToOfReverseCursors() {
        fill(3_000);
        try (Snapshot snapshot = store.snapshot();
                RangeCursor cursor =
                        snapshot.scan(range("k00010", "k02990"), ScanOptions.REVERSE)) {
            cursor.skipTo(bytes("z"));
            assertThat(cursor.next()).isTrue();
            assertThat(Entries.entry(cursor.batch(), 0)).isEqualTo("k02989=v2989");
            cursor.skipTo(bytes("k01000a"));
            assertThat(cursor.next()).isTrue();
            assertThat(Entries.entry(cursor.batch(), 0)).isEqualTo("k01000=v1000");
            cursor.skipTo(bytes("k00012"));
            List<String> rest = rest(cursor);
            assertThat(rest).containsExactly("k00012=v12", "k00011=v11", "k00010=v10");
        }
    }

    @Test
    void cursorOutlivesItsSnapshot() {
        fill(3_000);
        Snapshot snapshot = store.snapshot();
        try (RangeCursor cursor = snapshot.scan(KeyRange.all(), ScanOptions.FORWARD)) {
            snapshot.close();
            snapshot.close();
            for (int round = 0; round < 5; round++) {
                try (Transaction transaction = store.begin()) {
                    transaction.deleteRange(KeyRange.all());
                    transaction.commit(Durability.SYNC);
                }
                fill(3_000 + round);
            }
            assertThat(rest(cursor)).isEqualTo(numbered(0, 3_000));
        }
    }

    @Test
    void firstCommitterWins() {
        put("a", "1");
        try (Transaction one = store.begin();
                Transaction two = store.begin()) {
            one.put(bytes("a"), bytes("one"));
            two.put(bytes("a"), bytes("two"));
            two.put(bytes("b"), bytes("two"));
            one.commit(Durability.SYNC);
            assertThatThrownBy(() -> two.commit(Durability.SYNC))
                    .isInstanceOf(ConflictException.class);
        }
        assertThat(committed()).containsExactly("a=one");
        assertThat(store.metrics().conflicts()).isEqualTo(1);
    }

    @Test
    void insertIntoRangeDeletedByOthersConflicts() {
        put("a", "1");
        try (Transaction one = store.begin();
                Transaction two = store.begin()) {
            two.put(bytes("b"), bytes("two"));
            one.deleteRange(KeyRange.all());
            one.commit(Durability.SYNC);
            assertThatThrownBy(() -> two.commit(Durability.SYNC))
                    .isInstanceOf(ConflictException.class);
        }
        assertThat(committed()).isEmpty();
    }

    @Test
    void checkedKeysConflictToo() {
        put("a", "1");
        try (Transaction one = store.begin();
                Transaction two = store.begin()) {
            two.check(bytes("a"));
            one.delete(bytes("a"));
            one.commit(Durability.SYNC);
            assertThatThrownBy(() -> two.commit(Durability.SYNC))
                    .isInstanceOf(ConflictException.class);
        }
    }

    @Test
    void refreshedSnapshotShowsOthersAndKeepsOwnWrites() {
        put("a", "1");
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("b"), bytes("own"));
            put("a", "2", "c", "2");
            assertThat(all(transaction)).containsExactly("a=1", "b=own");
            transaction.refreshSnapshot();
            assertThat(all(transaction)).containsExactly("a=2", "b=own", "c=2");
            put("d", "3");
            transaction.put(bytes("a"), bytes("3"));
            transaction.commit(Durability.SYNC);
        }
        assertThat(committed()).containsExactly("a=3", "b=own", "c=2", "d=3");
    }

    @Test
    void writeBeforeRefreshIsStillChecked() {
        put("a", "1");
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("a"), bytes("own"));
            put("a", "2");
            transaction.refreshSnapshot();
            transaction.put(bytes("a"), bytes("own again"));
            assertThatThrownBy(() -> transaction.commit(Durability.SYNC))
                    .isInstanceOf(ConflictException.class);
        }
        assertThat(committed()).containsExactly("a=2");
    }

    @Test
    void lockTellsWhetherTheSnapshotIsStale() throws InterruptedException {
        put("a", "1");
        try (Transaction transaction = store.begin()) {
            put("a", "2");
            assertThat(transaction.lock(bytes("a"), LockMode.EXCLUSIVE, 0)).isFalse();
            transaction.refreshSnapshot();
            assertThat(transaction.lock(bytes("a"), LockMode.EXCLUSIVE, 0)).isTrue();
            transaction.refreshSnapshot();
            transaction.put(bytes("a"), bytes("3"));
            transaction.commit(Durability.SYNC);
        }
        assertThat(committed()).containsExactly("a=3");
    }

    @Test
    void limitsAreEnforcedByteByByte() {
        byte[] longest = new byte[store.limits().keyBytesMax()];
        try (Transaction transaction = store.begin()) {
            transaction.put(longest, bytes("v"));
            transaction.commit(Durability.SYNC);
        }
        try (Snapshot snapshot = store.snapshot()) {
            assertThat(snapshot.get(longest)).isEqualTo(bytes("v"));
        }
        try (Transaction transaction = store.begin()) {
            assertThatThrownBy(() -> transaction.put(new byte[longest.length + 1], bytes("v")))
                    .isInstanceOf(LimitExceededException.class);
            assertThatThrownBy(() -> transaction.commit(Durability.SYNC))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (Transaction transaction = store.begin()) {
            assertThatThrownBy(() -> transaction.put(new byte[0], bytes("v")))
                    .isInstanceOf(LimitExceededException.class);
        }
    }

    @Test
    void valueOneByteTooLongIsRefused() {
        byte[] tooLong = new byte[store.limits().valueBytesMax() + 1];
        try (Transaction transaction = store.begin()) {
            assertThatThrownBy(() -> transaction.put(bytes("k"), tooLong))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining(Integer.toString(tooLong.length));
        }
        assertThat(committed()).isEmpty();
    }

    @Test
    void largeValuesOfManySizes() {
        int[] sizes = {1_000, 2_047, 2_048, 4_095, 4_096, 4_097, 16_000, 70_000, 1_000_000};
        try (Transaction transaction = store.begin()) {
            for (int size : sizes) {
                transaction.put(bytes("k" + size), pattern(size));
            }
            transaction.commit(Durability.SYNC);
        }
        try (Snapshot snapshot = store.snapshot()) {
            for (int size : sizes) {
                assertThat(snapshot.get(bytes("k" + size))).isEqualTo(pattern(size));
            }
            assertThat(all(snapshot)).hasSize(sizes.length);
        }
    }

    private static byte[] pattern(int size) {
        byte[] value = new byte[size];
        for (int index = 0; index < size; index++) {
            value[index] = (byte) (index * 31 + index / 251);
        }
        return value;
    }

    /// Pages that keys of such lengths fill to the last byte.
    @Test
    void longKeysOfEveryLength() {
        int longest = store.limits().keyBytesMax();
        try (Transaction transaction = store.begin()) {
            for (int length = longest - 120; length <= longest; length++) {
                byte[] key = new byte[length];
                key[0] = (byte) length;
                transaction.put(key, new byte[0]);
            }
            transaction.commit(Durability.SYNC);
        }
        for (ScanOptions options : List.of(ScanOptions.FORWARD, ScanOptions.REVERSE)) {
            try (Snapshot snapshot = store.snapshot();
                    RangeCursor cursor = snapshot.scan(KeyRange.all(), options.withTags(1))) {
                int count = 0;
                while (cursor.next()) {
                    count += cursor.batch().size();
                }
                assertThat(count).isEqualTo(121);
            }
        }
    }

    @Test
    void closedStoreIsUnavailable() {
        store.close();
        assertThatThrownBy(() -> store.snapshot()).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() ->
                        store.commit(
                                new CommitRequest(
                                        List.of(new CommitRequest.Put(bytes("a"), bytes("1"))),
                                        List.of(),
                                        Durability.SYNC)))
                .isInstanceOf(UnavailableException.class);
    }
}
