package org.cladedb.storage.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.error.DatabaseException;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Foreign keys that are no grouping ones; those are in [GroupStoreTest] and [RandomGroupTest].
final class ForeignKeyTest {
    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    private void createParent() {
        shop.createWithId("p", "x");
        shop.run(transaction -> {
            for (int i = 0; i < 5; i++) {
                Shop.insert(transaction, "p", i, 0);
            }
        });
    }

    private void createChild(boolean indexed, Action onDelete, Action onUpdate) {
        shop.create(
                "c",
                table -> {
                    table.column("id", SqlType.INTEGER)
                            .column("p_id", SqlType.BIGINT)
                            .primaryKey(1)
                            .foreignKey(false, shop.table("p"), onDelete, onUpdate, 2);
                    return indexed ? table.index("c_p", 2, 1) : table;
                });
        shop.run(transaction -> {
            Shop.insert(transaction, "c", 10, 1);
            Shop.insert(transaction, "c", 11, 1);
            Shop.insert(transaction, "c", 12, null);
            Shop.insert(transaction, "c", 20, 2);
        });
    }

    private AbstractThrowableAssert<?, ?> refuses(Consumer<DatabaseTransaction> statement) {
        return assertThatThrownBy(() -> shop.run(statement)).isInstanceOf(DatabaseException.class);
    }

    private static @Nullable String detail(Throwable failure) {
        return ((DatabaseException) failure).fields().detail();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void referencedRowsStay(boolean indexed) {
        createParent();
        createChild(indexed, Action.NO_ACTION, Action.RESTRICT);
        refuses(each -> Shop.delete(each, "p", 1))
                .hasMessage(
                        "update or delete on table \"p\" violates foreign key constraint"
                                + " \"c_p_fkey\" on table \"c\"")
                .satisfies(failure ->
                        assertThat(detail(failure))
                                .isEqualTo(
                                        "Key (id)=(1) is still referenced from table" + " \"c\"."));
        refuses(each -> Shop.update(each, "p", 2, 7, 0));
        shop.run(each -> Shop.update(each, "p", 2, 2, 99));
        shop.run(each -> Shop.delete(each, "p", 3));
        assertThat(shop.rows("p")).containsExactly("0|0", "1|0", "2|99", "4|0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cascadesReachTheRows(boolean indexed) {
        createParent();
        createChild(indexed, Action.CASCADE, Action.CASCADE);
        shop.run(each -> Shop.update(each, "p", 1, 9, 0));
        assertThat(shop.rows("c")).containsExactly("10|9", "11|9", "12|null", "20|2");
        shop.run(each -> Shop.delete(each, "p", 9));
        assertThat(shop.rows("c")).containsExactly("12|null", "20|2");
        shop.checkIntegrity("after cascades");
    }

    @Test
    void nullsAreSetWhereAllowed() {
        createParent();
        createChild(true, Action.SET_NULL, Action.SET_NULL);
        shop.run(each -> Shop.delete(each, "p", 1));
        assertThat(shop.rows("c")).containsExactly("10|null", "11|null", "12|null", "20|2");
        shop.create(
                "strict",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .notNull("p_id", SqlType.INTEGER)
                                .primaryKey(1)
                                .foreignKey(
                                        false,
                                        shop.table("p"),
                                        Action.SET_NULL,
                                        Action.NO_ACTION,
                                        2));
        shop.run(each -> Shop.insert(each, "strict", 1, 4));
        refuses(each -> Shop.delete(each, "p", 4))
                .hasMessage(
                        "null value in column \"p_id\" of relation \"strict\" violates not-null"
                                + " constraint")
                .satisfies(failure ->
                        assertThat(detail(failure)).isEqualTo("Failing row contains (1, null)."));
    }

    @Test
    void childrenNeedTheirParents() {
        createParent();
        createChild(true, Action.NO_ACTION, Action.NO_ACTION);
        refuses(each -> Shop.insert(each, "c", 30, 77))
                .hasMessage(
                        "insert or update on table \"c\" violates foreign key constraint"
                                + " \"c_p_fkey\"")
                .satisfies(failure ->
                        assertThat(detail(failure))
                                .isEqualTo("Key (p_id)=(77) is not present in table \"p\"."));
        refuses(each -> Shop.update(each, "c", 10, 10, 78));
        // No integer has this value, so no parent has it either.
        refuses(each -> Shop.insert(each, "c", 30, (1L << 32) + 1));
        shop.run(each -> {
            Shop.insert(each, "c", 30, 50);
            Shop.insert(each, "p", 50, 0);
        });
        assertThat(shop.rows("c")).contains("30|50");
    }

    @Test
    void aTableMayReferToItself() {
        shop.create(
                "tree",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .column("up", SqlType.INTEGER)
                                .primaryKey(1)
                                .selfReference(Action.CASCADE, 2));
        shop.run(each -> {
            Shop.insert(each, "tree", 2, 1);
            Shop.insert(each, "tree", 1, 1);
            Shop.insert(each, "tree", 3, 2);
            Shop.insert(each, "tree", 4, null);
        });
        refuses(each -> Shop.insert(each, "tree", 5, 6));
        shop.run(each -> Shop.delete(each, "tree", 1));
        assertThat(shop.rows("tree")).containsExactly("4|null");
    }

    @Test
    void compositeKeysMatchSimply() {
        shop.create(
                "p2",
                table ->
                        table.column("a", SqlType.INTEGER)
                                .column("b", SqlType.TEXT)
                                .primaryKey(1, 2));
        shop.create(
                "c2",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .column("a", SqlType.INTEGER)
                                .column("b", SqlType.TEXT)
                                .primaryKey(1)
                                .foreignKey(
                                        true,
                                        shop.table("p2"),
                                        Action.NO_ACTION,
                                        Action.CASCADE,
                                        2,
                                        3));
        shop.run(each -> {
            Shop.insert(each, "p2", 1, "x");
            Shop.insert(each, "c2", 1, 1, "x");
            Shop.insert(each, "c2", 2, 7, null);
        });
        refuses(each -> Shop.insert(each, "c2", 3, 1, "y"))
                .satisfies(failure ->
                        assertThat(detail(failure))
                                .isEqualTo(
                                        "Key (a, b)=(1, y) is not present in table" + " \"p2\"."));
        shop.run(each -> Shop.update(each, "p2", 1, 5, "z"));
        assertThat(shop.rows("c2")).containsExactly("1|5|z", "2|7|null");
    }

    @Test
    void aKeyMayMoveToAnotherRowWithinTheStatement() {
        createParent();
        createChild(true, Action.NO_ACTION, Action.NO_ACTION);
        shop.run(each -> {
            Shop.delete(each, "p", 1);
            Shop.insert(each, "p", 1, 42);
        });
        assertThat(shop.rows("p")).contains("1|42");
        assertThat(shop.rows("c")).hasSize(4);
    }
}
