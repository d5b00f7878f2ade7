package org.cladedb.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cladedb.catalog.GroupLayout;
import org.cladedb.common.Clock;
import org.cladedb.error.DatabaseException;
import org.cladedb.kv.memory.MemoryStore;
import org.cladedb.storage.group.Shop;
import org.cladedb.storage.group.StaleRowException;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TransactionTest {
    private final Shop shop = new Shop();

    @BeforeEach
    void createTable() {
        shop.create(
                "t",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .column("value", SqlType.TEXT)
                                .primaryKey(1));
        shop.run(transaction -> Shop.insert(transaction, "t", 1, "one"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static void createTable(DatabaseTransaction transaction, String name) {
        Shop.createIn(
                transaction, name, table -> table.column("id", SqlType.INTEGER).primaryKey(1));
    }

    @Test
    void readCommittedSeesNewCommitsAndRepeatableReadDoesNot() {
        DatabaseTransaction moving = shop.begin();
        DatabaseTransaction staying = shop.database.begin(IsolationLevel.REPEATABLE_READ, false);
        Shop.statement(staying, each -> assertThat(Shop.rows(each, "t")).hasSize(1));
        Shop.statement(moving, each -> assertThat(Shop.rows(each, "t")).hasSize(1));
        shop.run(each -> Shop.insert(each, "t", 2, "two"));
        Shop.statement(staying, each -> assertThat(Shop.rows(each, "t")).hasSize(1));
        Shop.statement(moving, each -> assertThat(Shop.rows(each, "t")).hasSize(2));
        staying.rollback();
        moving.rollback();
    }

    @Test
    void aFailedStatementLeavesTheOthers() {
        DatabaseTransaction transaction = shop.begin();
        Shop.statement(transaction, each -> Shop.insert(each, "t", 2, "two"));
        assertThatThrownBy(() ->
                        Shop.statement(
                                transaction,
                                each -> {
                                    Shop.insert(each, "t", 3, "three");
                                    Shop.insert(each, "t", 2, "again");
                                }))
                .hasMessage("duplicate key value violates unique constraint \"t_pkey\"");
        Shop.statement(transaction, each -> Shop.insert(each, "t", 4, "four"));
        transaction.commit(true);
        assertThat(shop.rows("t")).containsExactly("1|one", "2|two", "4|four");
    }

    @Test
    void savepointsNestAndMayRepeat() {
        DatabaseTransaction transaction = shop.begin();
        transaction.savepoint("a");
        Shop.statement(transaction, each -> Shop.insert(each, "t", 2, "two"));
        Shop.statement(transaction, each -> each.savepoint("a"));
        Shop.statement(transaction, each -> Shop.insert(each, "t", 3, "three"));
        transaction.rollbackTo("a");
        Shop.statement(transaction, each -> assertThat(Shop.rows(each, "t")).hasSize(2));
        transaction.release("a");
        Shop.statement(transaction, each -> Shop.insert(each, "t", 5, "five"));
        transaction.rollbackTo("a");
        Shop.statement(transaction, each -> assertThat(Shop.rows(each, "t")).hasSize(1));
        transaction.release("a");
        assertThatThrownBy(() -> transaction.rollbackTo("a"))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.state().code()).isEqualTo("3B001"));
        Shop.statement(transaction, each -> Shop.insert(each, "t", 6, "six"));
        transaction.commit(true);
        assertThat(shop.rows("t")).containsExactly("1|one", "6|six");
    }

    @Test
    void catalogsOfOtherTransactionsAreNotReadFromTheStore() {
        StoredDatabase database = (StoredDatabase) shop.database;
        long loaded = database.catalogsLoaded();
        for (int i = 0; i < 5; i++) {
            DatabaseTransaction before = shop.begin();
            String name = "made" + i;
            DatabaseTransaction undone = shop.begin();
            Shop.statement(undone, each -> createTable(each, "undone"));
            undone.rollback();
            shop.run(each -> createTable(each, name));
            DatabaseTransaction after = shop.begin();
            assertThat(before.catalog().table("public", name)).isNull();
            assertThat(after.catalog().table("public", name)).isNotNull();
            assertThat(after.catalog().table("public", "undone")).isNull();
            before.rollback();
            after.rollback();
        }
        assertThat(database.catalogsLoaded()).isEqualTo(loaded);
    }

    @Test
    void ddlIsSeenInsideAndRolledBack() {
        DatabaseTransaction transaction = shop.begin();
        Shop.statement(transaction, each -> createTable(each, "a"));
        transaction.savepoint("before b");
        Shop.statement(transaction, each -> createTable(each, "b"));
        Shop.statement(transaction, each -> Shop.insert(each, "b", 1));
        transaction.rollbackTo("before b");
        assertThat(transaction.catalog().table("public", "b")).isNull();
        assertThatThrownBy(() ->
                        Shop.statement(
                                transaction,
                                each -> {
                                    createTable(each, "c");
                                    throw new IllegalArgumentException("stop");
                                }))
                .hasMessage("stop");
        assertThat(transaction.catalog().table("public", "c")).isNull();
        Shop.statement(transaction, each -> Shop.insert(each, "a", 7));
        DatabaseTransaction other = shop.begin();
        assertThat(other.catalog().table("public", "a")).isNull();
        other.rollback();
        transaction.commit(true);
        assertThat(shop.rows("a")).containsExactly("7");
        DatabaseTransaction undone = shop.begin();
        Shop.statement(
                undone,
                each ->
                        each.changeCatalog(
                                GroupLayout.removeTable(each.catalog(), Shop.in(each, "a").oid())));
        undone.rollback();
        assertThat(shop.rows("a")).containsExactly("7");
    }

    @Test
    void aRolledBackSavepointDoesNotHideNewerCatalogs() {
        DatabaseTransaction transaction = shop.begin();
        transaction.savepoint("s");
        shop.create("late", table -> table.column("id", SqlType.INTEGER).primaryKey(1));
        Shop.statement(transaction, each -> Shop.insert(each, "late", 1));
        transaction.rollbackTo("s");
        Shop.statement(transaction, each -> assertThat(Shop.rows(each, "late")).isEmpty());
        shop.create("later", table -> table.column("id", SqlType.INTEGER).primaryKey(1));
        Shop.statement(transaction, each -> assertThat(Shop.rows(each, "later")).isEmpty());
        transaction.rollback();
    }

    @Test
    void ddlOnAnOldCatalogStartsAgain() {
        DatabaseTransaction late = shop.begin();
        late.beginStatement();
        shop.create("other", table -> table.column("id", SqlType.INTEGER).primaryKey(1));
        assertThatThrownBy(() -> createTable(late, "mine")).isInstanceOf(StaleRowException.class);
        late.rollbackStatement();
        Shop.statement(late, each -> createTable(each, "mine"));
        late.commit(true);
        assertThat(shop.table("other").oid()).isNotEqualTo(shop.table("mine").oid());
    }

    @Test
    void everythingIsThereAfterReopening() {
        MemoryStore store = new MemoryStore();
        Database first = Shop.first(Databases.open(store, Clock.system()));
        DatabaseTransaction transaction = first.begin(IsolationLevel.READ_COMMITTED, false);
        Shop.statement(transaction, each -> createTable(each, "kept"));
        Shop.statement(transaction, each -> Shop.insert(each, "kept", 5));
        transaction.commit(true);
        Databases reopened = Databases.open(store, Clock.system());
        Database second = Shop.first(reopened);
        DatabaseTransaction reading = second.begin(IsolationLevel.READ_COMMITTED, true);
        assertThat(Shop.rows(reading, "kept")).containsExactly("5");
        assertThatThrownBy(() -> Shop.insert(reading, "kept", 6))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> assertThat(failure.state().code()).isEqualTo("25006"));
        reading.rollback();
        reopened.close();
    }

    @Test
    void truncationIsUndoneByRollback() {
        DatabaseTransaction transaction = shop.begin();
        Shop.statement(transaction, each -> each.truncate(Shop.in(each, "t")));
        Shop.statement(transaction, each -> assertThat(Shop.rows(each, "t")).isEmpty());
        Shop.statement(transaction, each -> Shop.insert(each, "t", 1, "new"));
        transaction.rollback();
        assertThat(shop.rows("t")).containsExactly("1|one");
        shop.run(each -> each.truncate(Shop.in(each, "t")));
        assertThat(shop.rows("t")).isEmpty();
    }

    @Test
    void rowsOfTablesWithoutKeysAreKeptApart() {
        shop.create("bag", table -> table.column("x", SqlType.INTEGER));
        shop.run(each -> {
            for (int i = 0; i < 200; i++) {
                Shop.insert(each, "bag", i % 3);
            }
        });
        shop.run(each -> assertThat(Shop.delete(each, "bag", 1)).isEqualTo(67));
        assertThat(shop.rows("bag")).hasSize(133).doesNotContain("1");
    }

    @Test
    void aKeyThatIsTooLongFailsItsStatementOnly() {
        shop.create("long", table -> table.column("k", SqlType.TEXT).primaryKey(1));
        DatabaseTransaction transaction = shop.begin();
        Shop.statement(transaction, each -> Shop.insert(each, "long", "short"));
        assertThatThrownBy(() ->
                        Shop.statement(
                                transaction, each -> Shop.insert(each, "long", "x".repeat(9000))))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.state().code()).isEqualTo("54000");
                            assertThat(failure.message()).contains("for index \"long_pkey\"");
                        });
        transaction.commit(true);
        assertThat(shop.rows("long")).containsExactly("short");
    }
}
