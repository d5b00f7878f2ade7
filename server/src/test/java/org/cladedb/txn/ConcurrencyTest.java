package org.cladedb.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.error.DatabaseException;
import org.cladedb.storage.group.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two transactions at once. Those that wait run on threads of their own.
@Timeout(60)
final class ConcurrencyTest {
    private final Shop shop = new Shop();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void createTables() {
        shop.createWithId("parent", "amount");
        shop.createGrouped("child", "parent_id", "parent", Action.NO_ACTION, Action.NO_ACTION);
        shop.createGrouped("grandchild", "child_id", "child", Action.CASCADE, Action.CASCADE);
        shop.run(transaction -> {
            Shop.insert(transaction, "parent", 1, 0);
            Shop.insert(transaction, "parent", 2, 0);
            Shop.insert(transaction, "child", 10, 1);
        });
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        shop.close();
    }

    private DatabaseTransaction begin(IsolationLevel isolation) {
        return shop.database.begin(isolation, false);
    }

    private Future<?> start(DatabaseTransaction transaction, Runnable work) {
        return threads.submit(() -> {
            try {
                work.run();
                transaction.commit(true);
            } finally {
                transaction.rollback();
            }
        });
    }

    private static String stateOf(Future<?> work) throws InterruptedException {
        try {
            work.get();
            return "00000";
        } catch (ExecutionException failure) {
            return failure.getCause() instanceof DatabaseException database
                    ? database.state().code()
                    : String.valueOf(failure.getCause());
        }
    }

    /// Gives a thread that should wait the time to do so; only slows the test down when it is too
    /// short.
    private static void letWait(Future<?> work) throws InterruptedException {
        for (int i = 0; i < 20 && !work.isDone(); i++) {
            Thread.sleep(5);
        }
        assertThat(work.isDone()).as("waits").isFalse();
    }

    @Test
    void aParentWhoseChildIsBeingInsertedIsNotDeleted() throws Exception {
        DatabaseTransaction inserting = shop.begin();
        Shop.statement(inserting, each -> Shop.insert(each, "child", 20, 2));
        DatabaseTransaction deleting = shop.begin();
        Future<?> deletion =
                start(
                        deleting,
                        () -> Shop.statement(deleting, each -> Shop.delete(each, "parent", 2)));
        letWait(deletion);
        inserting.commit(true);
        assertThat(stateOf(deletion)).isEqualTo("23503");
        assertThat(shop.rows("parent")).hasSize(2);
    }

    @Test
    void aChildOfAParentThatIsBeingDeletedIsRefused() throws Exception {
        DatabaseTransaction deleting = shop.begin();
        Shop.statement(deleting, each -> Shop.delete(each, "parent", 2));
        DatabaseTransaction inserting = shop.begin();
        Future<?> insertion =
                start(
                        inserting,
                        () -> Shop.statement(inserting, each -> Shop.insert(each, "child", 20, 2)));
        letWait(insertion);
        deleting.commit(true);
        assertThat(stateOf(insertion)).isEqualTo("23503");
        assertThat(shop.rows("child")).hasSize(1);
    }

    @Test
    void aSnapshotThatStaysMeetsAConflict() throws Exception {
        DatabaseTransaction deleting = begin(IsolationLevel.REPEATABLE_READ);
        Shop.statement(deleting, each -> assertThat(Shop.rows(each, "child")).hasSize(1));
        shop.run(each -> Shop.insert(each, "child", 20, 2));
        assertThatThrownBy(() -> Shop.statement(deleting, each -> Shop.delete(each, "parent", 2)))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.state().code()).isEqualTo("40001"));
        deleting.rollback();
    }

    @Test
    void childInsertsAndParentUpdatesDoNotWaitForEachOther() {
        DatabaseTransaction inserting = shop.begin();
        Shop.statement(inserting, each -> Shop.insert(each, "child", 20, 2));
        shop.run(each -> Shop.update(each, "parent", 2, 2, 7));
        inserting.commit(true);
        assertThat(shop.rows("parent")).containsExactly("1|0", "2|7");
        assertThat(shop.rows("child")).containsExactly("10|1", "20|2");
    }

    @Test
    void aRowInsertedBelowAMovingRowMovesToo() throws Exception {
        DatabaseTransaction inserting = shop.begin();
        Shop.statement(inserting, each -> Shop.insert(each, "grandchild", 100, 10));
        DatabaseTransaction moving = shop.begin();
        Future<?> move =
                start(
                        moving,
                        () ->
                                Shop.statement(
                                        moving, each -> Shop.update(each, "child", 10, 10, 2)));
        letWait(move);
        inserting.commit(true);
        assertThat(stateOf(move)).isEqualTo("00000");
        assertThat(shop.rows("grandchild")).containsExactly("100|10");
        shop.checkIntegrity("after the move");
    }

    @Test
    void noUpdateIsLost() throws Exception {
        List<Future<?>> workers = new ArrayList<>();
        int threadCount = 4;
        int rounds = 50;
        for (int i = 0; i < threadCount; i++) {
            workers.add(
                    threads.submit(() -> {
                        for (int round = 0; round < rounds; round++) {
                            shop.run(each -> Shop.addTo(each, "parent", 1));
                        }
                    }));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
        assertThat(shop.rows("parent")).contains("1|" + threadCount * rounds);
    }

    @Test
    void firstUpdaterWinsWhereTheSnapshotStays() {
        DatabaseTransaction first = begin(IsolationLevel.REPEATABLE_READ);
        DatabaseTransaction second = begin(IsolationLevel.REPEATABLE_READ);
        Shop.statement(first, each -> Shop.rows(each, "parent"));
        Shop.statement(second, each -> Shop.rows(each, "parent"));
        Shop.statement(first, each -> Shop.addTo(each, "parent", 1));
        first.commit(true);
        assertThatThrownBy(() -> Shop.statement(second, each -> Shop.addTo(each, "parent", 1)))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.state().code()).isEqualTo("40001");
                            assertThat(failure.message())
                                    .isEqualTo(
                                            "could not serialize access due to concurrent"
                                                    + " update");
                        });
        second.rollback();
    }

    @Test
    void twoInsertsOfOneKeyWaitAndTheSecondIsRefused() throws Exception {
        DatabaseTransaction first = shop.begin();
        Shop.statement(first, each -> Shop.insert(each, "child", 30, 1));
        DatabaseTransaction second = shop.begin();
        Future<?> insertion =
                start(
                        second,
                        () -> Shop.statement(second, each -> Shop.insert(each, "child", 30, 2)));
        letWait(insertion);
        first.commit(true);
        assertThat(stateOf(insertion)).isEqualTo("23505");
        assertThat(shop.rows("child")).containsExactly("10|1", "30|1");
    }

    @Test
    void aKeyFreedByARollbackCanBeTaken() throws Exception {
        DatabaseTransaction first = shop.begin();
        Shop.statement(first, each -> Shop.insert(each, "child", 30, 1));
        DatabaseTransaction second = shop.begin();
        Future<?> insertion =
                start(
                        second,
                        () -> Shop.statement(second, each -> Shop.insert(each, "child", 30, 2)));
        letWait(insertion);
        first.rollback();
        assertThat(stateOf(insertion)).isEqualTo("00000");
        assertThat(shop.rows("child")).containsExactly("10|1", "30|2");
    }

    @Test
    void crossingLocksAreADeadlock() throws Exception {
        DatabaseTransaction first = shop.begin();
        Shop.statement(first, each -> Shop.addTo(each, "parent", 1));
        DatabaseTransaction second = shop.begin();
        Shop.statement(second, each -> Shop.addTo(each, "parent", 2));
        Future<?> waiting =
                start(second, () -> Shop.statement(second, each -> Shop.addTo(each, "parent", 1)));
        letWait(waiting);
        assertThatThrownBy(() -> Shop.statement(first, each -> Shop.addTo(each, "parent", 2)))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.state().code()).isEqualTo("40P01"));
        first.rollback();
        assertThat(stateOf(waiting)).isEqualTo("00000");
    }

    @Test
    void writeSkewIsPreventedWhereSerializable() throws Exception {
        DatabaseTransaction first = begin(IsolationLevel.SERIALIZABLE);
        DatabaseTransaction second = begin(IsolationLevel.SERIALIZABLE);
        Shop.statement(first, each -> Shop.rows(each, "parent"));
        Shop.statement(first, each -> Shop.rows(each, "child"));
        Shop.statement(second, each -> Shop.rows(each, "parent"));
        Shop.statement(second, each -> Shop.rows(each, "child"));
        // Each writes what the other has read.
        Future<?> waiting =
                start(
                        second,
                        () -> Shop.statement(second, each -> Shop.insert(each, "child", 30, 2)));
        letWait(waiting);
        assertThatThrownBy(() -> Shop.statement(first, each -> Shop.addTo(each, "parent", 1)))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.state().code()).isEqualTo("40001"));
        first.rollback();
        assertThat(stateOf(waiting)).isEqualTo("00000");
    }

    @Test
    void aSerializableReaderMeetsWritesAfterItsSnapshot() {
        DatabaseTransaction reader = begin(IsolationLevel.SERIALIZABLE);
        Shop.statement(reader, each -> Shop.rows(each, "parent"));
        DatabaseTransaction writer = begin(IsolationLevel.SERIALIZABLE);
        Shop.statement(writer, each -> Shop.insert(each, "child", 30, 2));
        writer.commit(true);
        assertThatThrownBy(() -> Shop.statement(reader, each -> Shop.rows(each, "child")))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.state().code()).isEqualTo("40001"));
        reader.rollback();
    }

    @Test
    void aLockTimeoutIsReported() {
        DatabaseTransaction first = shop.begin();
        Shop.statement(first, each -> Shop.addTo(each, "parent", 1));
        DatabaseTransaction second = shop.begin();
        second.setLockTimeoutMillis(10);
        assertThatThrownBy(() -> Shop.statement(second, each -> Shop.addTo(each, "parent", 1)))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.state().code()).isEqualTo("55P03"));
        second.rollback();
        first.rollback();
    }

    @Test
    void ddlWaitsForWritersAndWritersSeeIt() throws Exception {
        DatabaseTransaction writing = shop.begin();
        Shop.statement(writing, each -> Shop.insert(each, "child", 20, 2));
        DatabaseTransaction changing = shop.begin();
        Future<?> change =
                start(
                        changing,
                        () ->
                                Shop.statement(
                                        changing,
                                        each -> {
                                            int oid = Shop.in(each, "child").oid();
                                            each.lockDefinition(
                                                    oid, TableLockMode.ACCESS_EXCLUSIVE);
                                            each.changeCatalog(
                                                    GroupLayout.detachKeepingKey(
                                                            each.catalog(), oid));
                                        }));
        letWait(change);
        DatabaseTransaction later = shop.begin();
        Future<?> insertion =
                start(
                        later,
                        () -> Shop.statement(later, each -> Shop.insert(each, "child", 40, 1)));
        letWait(insertion);
        writing.commit(true);
        assertThat(stateOf(change)).isEqualTo("00000");
        assertThat(stateOf(insertion)).isEqualTo("00000");
        assertThat(shop.rows("child")).containsExactly("10|1", "20|2", "40|1");
        shop.checkIntegrity("after the change");
    }
}
