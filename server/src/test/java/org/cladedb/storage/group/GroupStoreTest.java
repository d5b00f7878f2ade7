package org.cladedb.storage.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GroupStoreTest {
    private final Shop shop = new Shop();

    @BeforeEach
    void createTables() {
        shop.create(
                "customer",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .column("name", SqlType.TEXT)
                                .primaryKey(1)
                                .index("customer_name", 2));
        shop.create(
                "orders",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .column("customer_id", SqlType.INTEGER)
                                .column("placed", SqlType.INTEGER)
                                .primaryKey(1)
                                .index("orders_placed", -3)
                                .foreignKey(
                                        true,
                                        shop.table("customer"),
                                        Action.CASCADE,
                                        Action.CASCADE,
                                        2));
        shop.create(
                "item",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .column("order_id", SqlType.INTEGER)
                                .column("sku", SqlType.TEXT)
                                .primaryKey(1)
                                .unique("item_sku", 3)
                                .foreignKey(
                                        true,
                                        shop.table("orders"),
                                        Action.CASCADE,
                                        Action.NO_ACTION,
                                        2));
        shop.run(transaction -> {
            for (int customer = 1; customer <= 3; customer++) {
                Shop.insert(transaction, "customer", customer, "c" + (9 - customer));
                for (int order = 1; order <= 2; order++) {
                    int id = customer * 10 + order;
                    Shop.insert(transaction, "orders", id, customer, 100 - id);
                    for (int item = 1; item <= 2; item++) {
                        Shop.insert(transaction, "item", id * 10 + item, id, "s" + id + "-" + item);
                    }
                }
            }
        });
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void rowsComeInTheOrderOfTheirHkeys() {
        assertThat(shop.rows("customer")).containsExactly("1|c8", "2|c7", "3|c6");
        assertThat(shop.rows("orders"))
                .containsExactly("11|1|89", "12|1|88", "21|2|79", "22|2|78", "31|3|69", "32|3|68");
        assertThat(shop.rows("item")).hasSize(12).first().isEqualTo("111|11|s11-1");
    }

    @Test
    void aGroupScanInterleavesTheTables() {
        DatabaseTransaction transaction = shop.begin();
        Table customer = Shop.in(transaction, "customer");
        Table orders = Shop.in(transaction, "orders");
        Table item = Shop.in(transaction, "item");
        WorkCounters counters = new WorkCounters();
        List<String> seen = new ArrayList<>();
        List<Table> tables = List.of(customer, orders, item);
        Datum[] row = Datum.row(3);
        try (GroupCursor cursor =
                transaction
                        .store(counters)
                        .scanGroupBelow(
                                transaction.catalog(),
                                Shop.group(transaction, "customer"),
                                tables.stream()
                                        .map(table -> new MemberRead(table, List.of(1)))
                                        .toList(),
                                customer,
                                List.of(Datum.ofLong(2)))) {
            while (cursor.next()) {
                cursor.read(row);
                seen.add(cursor.member() + ":" + row[0].longValue());
                if (cursor.member() > 0) {
                    assertThat(cursor.isBelow(cursor.member() - 1)).isTrue();
                }
                if (row[0].longValue() == 21) {
                    cursor.skipDescendants();
                }
            }
        }
        assertThat(seen).containsExactly("0:2", "1:21", "1:22", "2:221", "2:222");
        assertThat(counters.rangesOpened).isEqualTo(1);
        transaction.rollback();
    }

    @Test
    void childrenAreFoundByTheirForeignKeyAndRowsByTheirKey() {
        DatabaseTransaction transaction = shop.begin();
        Table orders = Shop.in(transaction, "orders");
        Table item = Shop.in(transaction, "item");
        GroupStore store = transaction.store(new WorkCounters());
        assertThat(below(transaction, store, item, orders, 22))
                .containsExactly("221|22|s22-1", "222|22|s22-2");
        assertThat(below(transaction, store, item, item, 311)).containsExactly("311|31|s31-1");
        assertThat(below(transaction, store, item, Shop.in(transaction, "customer"), 3)).hasSize(4);
        assertThat(below(transaction, store, item, item, 999)).isEmpty();
        transaction.rollback();
    }

    private static List<String> below(
            DatabaseTransaction transaction,
            GroupStore store,
            Table table,
            Table ancestor,
            long key) {
        return Shop.read(
                table,
                store.scanBelow(
                        transaction.catalog(),
                        table,
                        Shop.slots(table),
                        ancestor,
                        List.of(Datum.ofLong(key)),
                        false));
    }

    @Test
    void indexesGiveTheirOrder() {
        DatabaseTransaction transaction = shop.begin();
        Table orders = Shop.in(transaction, "orders");
        GroupStore store = transaction.store(new WorkCounters());
        ScanBounds upTo79 =
                new ScanBounds(List.of(), null, false, Datum.ofLong(79), true, false, false);
        assertThat(
                        Shop.read(
                                orders,
                                store.scanIndex(
                                        orders,
                                        orders.indexes().get(1),
                                        Shop.slots(orders),
                                        upTo79,
                                        false)))
                .containsExactly("21|2|79", "22|2|78", "31|3|69", "32|3|68");
        transaction.rollback();
    }

    @Test
    void movingAnOrderTakesItsItemsAlong() {
        shop.run(transaction -> Shop.update(transaction, "orders", 11, 11, 3, 89));
        DatabaseTransaction transaction = shop.begin();
        Table item = Shop.in(transaction, "item");
        GroupStore store = transaction.store(new WorkCounters());
        Table customer = Shop.in(transaction, "customer");
        assertThat(below(transaction, store, item, customer, 1)).hasSize(2);
        assertThat(below(transaction, store, item, customer, 3)).hasSize(6);
        assertThat(below(transaction, store, item, item, 111)).containsExactly("111|11|s11-1");
        transaction.rollback();
    }

    @Test
    void deletingACustomerCascades() {
        shop.run(transaction -> Shop.delete(transaction, "customer", 2));
        assertThat(shop.rows("orders")).hasSize(4);
        assertThat(shop.rows("item")).hasSize(8).noneMatch(row -> row.contains("s2"));
    }

    @Test
    void changingAKeyCascadesOrIsRefused() {
        shop.run(transaction -> Shop.update(transaction, "customer", 2, 7, "c7"));
        assertThat(shop.rows("orders")).endsWith("21|7|79", "22|7|78");
        assertThatThrownBy(() ->
                        shop.run(transaction -> Shop.update(transaction, "orders", 11, 19, 1, 89)))
                .isInstanceOf(DatabaseException.class)
                .hasMessage(
                        "update or delete on table \"orders\" violates foreign key constraint"
                                + " \"item_orders_fkey\" on table \"item\"");
        assertThat(shop.rows("orders")).contains("11|1|89");
    }

    @Test
    void duplicatesAndMissingParentsAreRefused() {
        assertThatThrownBy(() ->
                        shop.run(transaction -> Shop.insert(transaction, "item", 900, 11, "s22-2")))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.state().code()).isEqualTo("23505");
                            assertThat(failure.fields().detail())
                                    .isEqualTo("Key (sku)=(s22-2) already exists.");
                        });
        assertThatThrownBy(() ->
                        shop.run(transaction -> Shop.insert(transaction, "item", 900, 77, "x")))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.state().code()).isEqualTo("23503");
                            assertThat(failure.fields().detail())
                                    .isEqualTo(
                                            "Key (order_id)=(77) is not present in table"
                                                    + " \"orders\".");
                        });
        assertThat(shop.rows("item")).hasSize(12);
    }
}
