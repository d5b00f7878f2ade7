package org.cladedb.storage.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableStorage;
import org.cladedb.error.DatabaseException;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(booleans = {false, true})
final class DataMigrationTest {
    private final boolean loading;
    private Shop shop = new Shop();

    DataMigrationTest(boolean loading) {
        this.loading = loading;
    }

    @BeforeEach
    void createTables(@TempDir Path directory) {
        if (loading) {
            shop.close();
            shop = Shop.loading(directory);
        }
        shop.createWithId("p", "x");
        shop.create(
                "c",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .column("p_id", SqlType.INTEGER)
                                .primaryKey(1)
                                .index("c_p", 2));
        shop.createGrouped("g", "c_id", "c", Action.NO_ACTION, Action.NO_ACTION);
        shop.run(transaction -> {
            for (int i = 1; i <= 4; i++) {
                Shop.insert(transaction, "p", i, i % 2);
                Shop.insert(transaction, "c", 10 - i, i == 4 ? null : i);
                Shop.insert(transaction, "g", i, 10 - i);
            }
        });
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void attach() {
        shop.run(transaction -> {
            Table child = Shop.in(transaction, "c");
            ForeignKey key =
                    new ForeignKey(
                            19000,
                            "c_p_fkey",
                            List.of(2),
                            Shop.in(transaction, "p").oid(),
                            List.of(1),
                            Action.NO_ACTION,
                            Action.NO_ACTION,
                            false,
                            false,
                            true,
                            true,
                            true);
            transaction.changeCatalog(GroupLayout.attach(transaction.catalog(), child.oid(), key));
        });
    }

    @Test
    void populatedTablesMoveIntoAGroupAndOut() {
        attach();
        assertThat(shop.rows("c")).containsExactly("9|1", "8|2", "7|3", "6|null");
        assertThat(shop.rows("g")).containsExactly("1|9", "2|8", "3|7", "4|6");
        assertThat(shop.table("g").hkey().segments()).hasSize(3);
        shop.checkIntegrity("attached");
        shop.run(transaction ->
                transaction.changeCatalog(
                        GroupLayout.detach(
                                transaction.catalog(), Shop.in(transaction, "c").oid())));
        assertThat(shop.rows("c")).containsExactly("6|null", "7|3", "8|2", "9|1");
        assertThat(shop.rows("g")).containsExactly("4|6", "3|7", "2|8", "1|9");
        shop.checkIntegrity("detached");
        shop.run(transaction -> Shop.delete(transaction, "p", 1));
    }

    @Test
    void attachingRefusesRowsWithoutParent() {
        shop.run(transaction -> Shop.insert(transaction, "c", 99, 42));
        assertThatThrownBy(this::attach)
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.state().code()).isEqualTo("23503");
                            assertThat(failure.fields().detail())
                                    .isEqualTo("Key (p_id)=(42) is not present in table \"p\".");
                        });
        assertThat(shop.rows("c")).hasSize(5);
        shop.checkIntegrity("refused");
    }

    private static Table with(Table table, List<Column> columns, List<Index> indexes) {
        return new Table(
                table.oid(),
                table.schema(),
                table.name(),
                columns,
                table.groupOid(),
                table.ordinal(),
                table.hkey(),
                indexes,
                table.constraints(),
                table.storage());
    }

    private void addIndex(String name, boolean unique, int slot) {
        shop.run(transaction -> addIndex(transaction, name, unique, slot));
    }

    private static void addIndex(
            DatabaseTransaction transaction, String name, boolean unique, int slot) {
        Table table = Shop.in(transaction, "p");
        CatalogSnapshot.Builder builder = transaction.catalog().toBuilder();
        List<Index> indexes = new ArrayList<>(table.indexes());
        indexes.add(
                new Index(
                        builder.newOid(),
                        name,
                        builder.newSpaceId(),
                        List.of(Index.IndexColumn.of(slot)),
                        List.of(),
                        unique,
                        false,
                        false,
                        null));
        transaction.changeCatalog(builder.put(with(table, table.columns(), indexes)).build());
    }

    @Test
    void entriesOfLargeNewIndexesAreNotBuffered() {
        int rows = 5_000;
        shop.run(transaction -> {
            for (int i = 0; i < rows; i++) {
                Shop.insert(transaction, "p", 1_000 + i, i * 7L % rows);
            }
        });
        shop.run(transaction -> {
            addIndex(transaction, "p_x", false, 2);
            assertThat(transaction.kv().writtenBytes()).isLessThan(loading ? rows : rows * 100L);
        });
        shop.checkIntegrity("built");
    }

    @Test
    void indexesAreBuiltOverExistingRows() {
        addIndex("p_x", false, 2);
        shop.checkIntegrity("built");
        assertThatThrownBy(() -> addIndex("p_x_key", true, 2))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.message())
                                    .isEqualTo("could not create unique index \"p_x_key\"");
                            assertThat(failure.fields().detail())
                                    .isEqualTo("Key (x)=(0) is duplicated.");
                        });
        shop.checkIntegrity("refused");
    }

    @Test
    void addedColumnsReadAsTheirDefaultWithoutRewriting() {
        shop.run(transaction -> {
            Table table = Shop.in(transaction, "p");
            List<Column> columns = new ArrayList<>(table.columns());
            columns.add(
                    new Column(
                            3,
                            "added",
                            SqlType.INTEGER,
                            true,
                            "5",
                            Column.Generation.NONE,
                            false,
                            "5",
                            null));
            transaction.changeCatalog(
                    transaction.catalog().toBuilder()
                            .put(with(table, columns, table.indexes()))
                            .build());
        });
        shop.run(transaction -> Shop.insert(transaction, "p", 5, 1, 6));
        assertThat(shop.rows("p")).startsWith("1|1|5").endsWith("5|1|6");
    }

    @Test
    void aChangedTypeRewritesRowsInPlaceOrAnew() {
        shop.run(transaction -> {
            Table table = Shop.in(transaction, "c");
            List<Column> columns = List.of(table.column(1), Column.of(2, "p_id", SqlType.TEXT));
            transaction.changeCatalog(
                    transaction.catalog().toBuilder()
                            .put(with(table, columns, table.indexes()))
                            .build(),
                    Map.of(table.oid(), row -> new Datum[] {row[0], textOf(row[1])}));
        });
        assertThat(shop.rows("c")).containsExactly("6|null", "7|n3", "8|n2", "9|n1");
        shop.run(transaction -> {
            Table table = Shop.in(transaction, "p");
            List<Column> columns = List.of(Column.of(1, "id", SqlType.TEXT), table.column(2));
            transaction.changeCatalog(
                    GroupLayout.relayout(
                            transaction.catalog(), with(table, columns, table.indexes())),
                    Map.of(table.oid(), row -> new Datum[] {textOf(row[0]), row[1]}));
        });
        assertThat(shop.rows("p")).containsExactly("n1|1", "n2|0", "n3|1", "n4|0");
        shop.checkIntegrity("rewritten");
    }

    private static Datum textOf(Datum number) {
        return number.isNull() ? new Datum() : Datum.ofText("n" + number.longValue());
    }

    @Test
    void primaryKeysComeAndGo() {
        shop.create("bag", table -> table.column("a", SqlType.INTEGER));
        shop.run(transaction -> {
            Shop.insert(transaction, "bag", 2);
            Shop.insert(transaction, "bag", 1);
        });
        shop.run(transaction -> addPrimaryKey(transaction, "bag"));
        assertThat(shop.rows("bag")).containsExactly("1", "2");
        assertThatThrownBy(() -> shop.run(transaction -> Shop.insert(transaction, "bag", 2)))
                .hasMessageContaining("bag_pkey");
        shop.run(transaction -> {
            Table table = Shop.in(transaction, "bag");
            transaction.changeCatalog(
                    GroupLayout.relayout(
                            transaction.catalog(), with(table, table.columns(), List.of())));
        });
        shop.run(transaction -> Shop.insert(transaction, "bag", 2));
        assertThat(shop.rows("bag")).containsExactly("1", "2", "2");
        assertThatThrownBy(() -> shop.run(transaction -> addPrimaryKey(transaction, "bag")))
                .hasMessage("could not create unique index \"bag_pkey\"");
    }

    private static void addPrimaryKey(DatabaseTransaction transaction, String name) {
        Table table = Shop.in(transaction, name);
        CatalogSnapshot.Builder builder = transaction.catalog().toBuilder();
        Index primary =
                new Index(
                        builder.newOid(),
                        name + "_pkey",
                        0,
                        List.of(Index.IndexColumn.of(1)),
                        List.of(),
                        true,
                        true,
                        false,
                        null);
        transaction.changeCatalog(
                GroupLayout.relayout(
                        builder.build(), with(table, table.columns(), List.of(primary))));
    }

    @Test
    void droppedTablesLeaveNothing() {
        attach();
        shop.run(transaction -> {
            CatalogSnapshot catalog =
                    GroupLayout.removeTable(transaction.catalog(), Shop.in(transaction, "g").oid());
            transaction.changeCatalog(
                    GroupLayout.removeTable(catalog, Shop.in(transaction, "c").oid()));
        });
        assertThat(shop.rows("p")).hasSize(4);
        shop.checkIntegrity("dropped");
    }

    @Test
    void aNewForeignKeyIsChecked() {
        shop.run(transaction -> Shop.insert(transaction, "c", 99, 42));
        assertThatThrownBy(() ->
                        shop.run(transaction -> {
                            Table table = Shop.in(transaction, "c");
                            Constraints constraints =
                                    new Constraints(
                                            List.of(), List.of(), List.of(plainKey(transaction)));
                            Table changed =
                                    new Table(
                                            table.oid(),
                                            table.schema(),
                                            table.name(),
                                            table.columns(),
                                            table.groupOid(),
                                            table.ordinal(),
                                            table.hkey(),
                                            table.indexes(),
                                            constraints,
                                            TableStorage.DEFAULT);
                            transaction.changeCatalog(
                                    transaction.catalog().toBuilder().put(changed).build());
                        }))
                .hasMessage(
                        "insert or update on table \"c\" violates foreign key constraint"
                                + " \"c_p_fkey\"");
    }

    private static ForeignKey plainKey(DatabaseTransaction transaction) {
        return new ForeignKey(
                19001,
                "c_p_fkey",
                List.of(2),
                Shop.in(transaction, "p").oid(),
                List.of(1),
                Action.NO_ACTION,
                Action.NO_ACTION,
                false,
                false,
                false,
                true,
                true);
    }
}
