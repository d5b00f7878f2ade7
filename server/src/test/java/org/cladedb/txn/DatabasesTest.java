package org.cladedb.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.DatabaseSpaces;
import org.cladedb.catalog.Sequence;
import org.cladedb.common.Clock;
import org.cladedb.error.DatabaseException;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.Limits;
import org.cladedb.kv.LockTable;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Snapshot;
import org.cladedb.kv.StoreMetrics;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.UnavailableException;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.memory.MemoryStore;
import org.cladedb.storage.catalogstore.CatalogKeys;
import org.cladedb.storage.group.Shop;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Databases as ranges of keys in one store.
@Timeout(60)
final class DatabasesTest {
    private static final int ROWS = 300;

    private final MemoryStore store = new MemoryStore();
    private final Databases databases = Databases.open(store, Clock.system());

    private static void create(Databases in, String name) {
        in.create(new NewDatabase(name, "template1", false, true, -1), _ -> {});
    }

    private static boolean drop(Databases in, String name) {
        return in.drop(name, _ -> {});
    }

    private static Database entered(Databases in, String name) {
        try (DatabaseEntrance entrance = in.enter(name)) {
            return entrance.database();
        }
    }

    private static DatabaseDefinition found(Databases in, String name) {
        return in.list().stream()
                .filter(database -> database.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Databases in) {
        return in.list().stream().map(DatabaseDefinition::name).toList();
    }

    private static void inOne(Database database, Consumer<DatabaseTransaction> work) {
        DatabaseTransaction transaction = database.begin(IsolationLevel.READ_COMMITTED, false);
        try {
            Shop.statement(transaction, work);
            transaction.commit(true);
        } finally {
            transaction.rollback();
        }
    }

    /// A table without a key, so that its rows are numbered.
    private static void fill(Database database, String mark) {
        inOne(
                database,
                each -> Shop.createIn(each, "bag", table -> table.column("x", SqlType.TEXT)));
        inOne(
                database,
                each -> {
                    for (int i = 0; i < ROWS; i++) {
                        Shop.insert(each, "bag", mark + i);
                    }
                });
    }

    private static List<String> rows(Database database) {
        List<String> rows = new ArrayList<>();
        inOne(database, each -> rows.addAll(Shop.rows(each, "bag")));
        return rows;
    }

    private static int keysIn(KeyValueStore store, KeyRange range) {
        int count = 0;
        try (Snapshot snapshot = store.snapshot();
                RangeCursor cursor = snapshot.scan(range, ScanOptions.FORWARD)) {
            while (cursor.next()) {
                count += cursor.batch().size();
            }
        }
        return count;
    }

    private static void assertState(Runnable work, String state, String message) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.state().code()).isEqualTo(state);
                            assertThat(failure.message()).isEqualTo(message);
                        });
    }

    @Test
    void anEmptyStoreHasTheDatabasesOfPostgres() {
        assertThat(names(databases)).containsExactly("template1", "template0", "postgres");
        assertThat(entered(databases, "postgres").oid()).isEqualTo(5);
        assertThat(keysIn(store, KeyRange.all())).isZero();
    }

    @Test
    void tablesOfTheSameNameAreApart() {
        create(databases, "one");
        create(databases, "two");
        fill(entered(databases, "one"), "a");
        fill(entered(databases, "two"), "b");
        assertThat(rows(entered(databases, "one"))).hasSize(ROWS).allMatch(x -> x.startsWith("a"));
        assertThat(rows(entered(databases, "two"))).hasSize(ROWS).allMatch(x -> x.startsWith("b"));
        inOne(
                entered(databases, "postgres"),
                each -> assertThat(each.catalog().tables()).isEmpty());
    }

    @Test
    void everyKeyOfADatabaseIsInItsRange() {
        create(databases, "one");
        int before = keysIn(store, KeyRange.all());
        fill(entered(databases, "one"), "a");
        KeyRange range = CatalogKeys.everything(found(databases, "one").number());
        assertThat(keysIn(store, range))
                .isGreaterThan(ROWS)
                .isEqualTo(keysIn(store, KeyRange.all()) - before);
    }

    @Test
    void aDropFreesEverythingAndTheNumber() {
        create(databases, "one");
        create(databases, "kept");
        Database old = entered(databases, "one");
        fill(old, "a");
        fill(entered(databases, "kept"), "k");
        DatabaseDefinition dropped = found(databases, "one");
        assertThat(drop(databases, "one")).isTrue();
        assertThat(drop(databases, "one")).isFalse();
        assertThat(keysIn(store, CatalogKeys.everything(dropped.number()))).isZero();
        assertThat(rows(entered(databases, "kept"))).hasSize(ROWS);
        create(databases, "one");
        DatabaseDefinition again = found(databases, "one");
        assertThat(again.number()).isEqualTo(dropped.number());
        assertThat(again.oid()).isNotEqualTo(dropped.oid());
        assertThat(entered(databases, "one")).isNotSameAs(old);
        fill(entered(databases, "one"), "b");
        assertThat(rows(entered(databases, "one"))).hasSize(ROWS).allMatch(x -> x.startsWith("b"));
    }

    @Test
    void closingWritesNothingIntoADroppedDatabase(@TempDir Path directory) {
        int number;
        try (Databases first = inFiles(directory)) {
            create(first, "one");
            Database one = entered(first, "one");
            Sequence sequence = StoredSequencesTest.sequence(1, 1, 1000, false);
            inOne(
                    one,
                    each -> each.changeCatalog(each.catalog().toBuilder().put(sequence).build()));
            inOne(one, each -> assertThat(one.sequences().next(each, sequence)).isEqualTo(1));
            number = found(first, "one").number();
            drop(first, "one");
        }
        try (KeyValueStore reopened =
                EmbeddedStore.open(FileSystem.real(), directory, EmbeddedOptions.defaults())) {
            assertThat(keysIn(reopened, CatalogKeys.everything(number))).isZero();
        }
    }

    @Test
    void theFirstDatabaseMayGoAndComeBack() {
        fill(entered(databases, "postgres"), "a");
        assertThat(drop(databases, "postgres")).isTrue();
        assertThat(names(databases)).containsExactly("template1", "template0");
        assertState(
                () -> databases.enter("postgres"), "3D000", "database \"postgres\" does not exist");
        create(databases, "postgres");
        assertThat(found(databases, "postgres").number()).isZero();
        fill(entered(databases, "postgres"), "b");
        assertThat(rows(entered(databases, "postgres"))).allMatch(x -> x.startsWith("b"));
    }

    @Test
    void aNumberWithKeysOfNobodyIsLeftAlone() {
        int number = 3;
        byte[] key = CatalogKeys.everything(number).start();
        try (Transaction kv = store.begin()) {
            kv.put(key, new byte[] {1});
            kv.commit(Durability.SYNC);
        }
        create(databases, "one");
        assertThat(found(databases, "one").number()).isEqualTo(number + 1);
    }

    @Test
    void everythingIsThereAfterARestart(@TempDir Path directory) {
        try (Databases first = inFiles(directory)) {
            create(first, "one");
            create(first, "two");
            fill(entered(first, "one"), "a");
            drop(first, "two");
        }
        try (Databases second = inFiles(directory)) {
            assertThat(names(second)).containsExactly("template1", "template0", "postgres", "one");
            assertThat(rows(entered(second, "one"))).hasSize(ROWS);
            inOne(entered(second, "one"), each -> Shop.insert(each, "bag", "more"));
            assertThat(rows(entered(second, "one"))).hasSize(ROWS + 1).contains("more");
        }
    }

    private static Databases inFiles(Path directory) {
        return Databases.open(
                EmbeddedStore.open(FileSystem.real(), directory, EmbeddedOptions.defaults()),
                Clock.system());
    }

    @Test
    void ofManyWhoMakeTheSameOneOnlyOneDoes() throws InterruptedException, ExecutionException {
        int creators = 8;
        CountDownLatch ready = new CountDownLatch(creators);
        List<Future<String>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < creators; i++) {
                outcomes.add(
                        threads.submit(() -> {
                            ready.countDown();
                            ready.await();
                            try {
                                create(databases, "wanted");
                                return "made";
                            } catch (DatabaseException failure) {
                                return failure.state().code();
                            }
                        }));
            }
        }
        List<String> results = new ArrayList<>();
        for (Future<String> outcome : outcomes) {
            results.add(outcome.get());
        }
        assertThat(results).containsOnlyOnce("made").hasSize(creators);
        assertThat(results.stream().filter(result -> !result.equals("made"))).containsOnly("42P04");
        assertThat(names(databases)).containsOnlyOnce("wanted");
    }

    @Test
    void whoEntersKeepsADropWaiting() throws InterruptedException, ExecutionException {
        create(databases, "one");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> dropping;
            try (DatabaseEntrance entrance = databases.enter("one")) {
                dropping = threads.submit(() -> drop(databases, "one"));
                inOne(entrance.database(), each -> assertThat(each.catalog().isEmpty()).isTrue());
                assertThat(names(databases)).contains("one");
            }
            assertThat(dropping.get()).isTrue();
        }
        assertState(() -> databases.enter("one"), "3D000", "database \"one\" does not exist");
    }

    @Test
    void aRefusedDropChangesNothing() {
        create(databases, "one");
        fill(entered(databases, "one"), "a");
        assertThatThrownBy(() ->
                        databases.drop(
                                "one",
                                _ -> {
                                    throw new IllegalStateException("in use");
                                }))
                .hasMessage("in use");
        assertThat(rows(entered(databases, "one"))).hasSize(ROWS);
    }

    @Test
    void aTemplateMustBeEmpty() {
        create(databases, "source");
        databases.create(new NewDatabase("copy", "source", false, true, -1), _ -> {});
        inOne(entered(databases, "copy"), each -> assertThat(each.catalog().isEmpty()).isTrue());
        fill(entered(databases, "source"), "a");
        assertState(
                () ->
                        databases.create(
                                new NewDatabase("other", "source", false, true, -1), _ -> {}),
                "0A000",
                "copying the database \"source\" is not supported, since there is something in it");
        assertThat(names(databases)).doesNotContain("other");
    }

    @Test
    void namesThatAreTooLongDoNotExist() {
        String name = "x".repeat(1000);
        assertState(
                () -> databases.enter(name), "3D000", "database \"" + name + "\" does not exist");
    }

    @Test
    void theSpacesOfADatabaseEndBeforeTheNextBegin() {
        CatalogSnapshot.Builder builder = CatalogSnapshot.empty(7).toBuilder();
        assertThat(builder.newSpaceId()).isEqualTo(7 << 20 | 16);
        CatalogSnapshot full = builder.counters(9, 20_000, DatabaseSpaces.end(7) - 1).build();
        CatalogSnapshot.Builder last = full.toBuilder();
        assertThat(DatabaseSpaces.database(last.newSpaceId())).isEqualTo(7);
        assertState(last::newSpaceId, "54000", "the key spaces of this database are used up");
    }

    @Test
    void aCommitThatFailsLeavesNeitherHalf() {
        FailingStore failing = new FailingStore(store);
        Databases here = Databases.open(failing, Clock.system());
        create(here, "one");
        fill(entered(here, "one"), "a");
        int keys = keysIn(store, KeyRange.all());
        List<DatabaseDefinition> before = here.list();
        failing.fails = true;
        assertThatThrownBy(() -> create(here, "two")).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> drop(here, "one")).isInstanceOf(DatabaseException.class);
        failing.fails = false;
        assertThat(keysIn(store, KeyRange.all())).isEqualTo(keys);
        assertThat(here.list()).isEqualTo(before);
        assertThat(rows(entered(here, "one"))).hasSize(ROWS);
        inOne(entered(here, "one"), each -> Shop.insert(each, "bag", "more"));
        assertThat(rows(entered(here, "one"))).hasSize(ROWS + 1);
        assertThat(drop(here, "one")).isTrue();
    }

    /// A store whose commits can be made to fail.
    private static final class FailingStore implements KeyValueStore {
        private final KeyValueStore store;
        private boolean fails;

        FailingStore(KeyValueStore store) {
            this.store = store;
        }

        @Override
        public Snapshot snapshot() {
            return store.snapshot();
        }

        @Override
        public long commit(CommitRequest request) {
            if (fails) {
                throw new UnavailableException("no commit now");
            }
            return store.commit(request);
        }

        @Override
        public long lastCommit(byte[] key, long sinceSequence) {
            return store.lastCommit(key, sinceSequence);
        }

        @Override
        public LockTable locks() {
            return store.locks();
        }

        @Override
        public Limits limits() {
            return store.limits();
        }

        @Override
        public StoreMetrics metrics() {
            return store.metrics();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
