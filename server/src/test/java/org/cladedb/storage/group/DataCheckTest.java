package org.cladedb.storage.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.catalog.Table;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.Test;

/// Each kind of damage is found, where it is.
final class DataCheckTest {
    private static List<String> faults(
            BiConsumer<DatabaseTransaction, TableFormats> damage, RowRules.Source rules) {
        try (Shop shop = new Shop()) {
            shop.create("p", table -> table.column("id", SqlType.INTEGER).primaryKey(1));
            Table parent = shop.table("p");
            shop.create(
                    "c",
                    table ->
                            table.column("id", SqlType.INTEGER)
                                    .column("p", SqlType.INTEGER)
                                    .notNull("a", SqlType.INTEGER)
                                    .primaryKey(1)
                                    .unique("c_a", 3)
                                    .foreignKey(
                                            true, parent, Action.NO_ACTION, Action.NO_ACTION, 2));
            shop.run(transaction -> {
                Shop.insert(transaction, "p", 1);
                Shop.insert(transaction, "c", 10, 1, 100);
                Shop.insert(transaction, "c", 11, 1, 101);
            });
            DatabaseTransaction transaction = shop.begin();
            try {
                transaction.setRowRules(rules);
                transaction.beginStatement();
                damage.accept(transaction, new TableFormats(transaction.catalog()));
                List<String> found = new ArrayList<>();
                transaction.verify(
                        fault ->
                                found.add(
                                        fault.table()
                                                + " "
                                                + fault.constraint()
                                                + " "
                                                + fault.row()
                                                + " "
                                                + fault.problem()),
                        () -> {});
                return found;
            } finally {
                transaction.rollback();
            }
        }
    }

    private static List<String> faults(BiConsumer<DatabaseTransaction, TableFormats> damage) {
        return faults(damage, PlainRowRules::new);
    }

    private static byte[] key(TableFormats formats, long... values) {
        TableFormat format = formats.of(table(formats, values.length == 1 ? "p" : "c"));
        List<Datum> parts = new ArrayList<>();
        for (long value : values) {
            parts.add(Datum.ofLong(value));
        }
        return KeyBuilder.hkey(format, parts);
    }

    private static Table table(TableFormats formats, String name) {
        Table table = formats.catalog().table("public", name);
        if (table == null) {
            throw new IllegalArgumentException(name);
        }
        return table;
    }

    private static IndexFormat.Entry entry(TableFormats formats, long id, long a) {
        TableFormat format = formats.of(table(formats, "c"));
        IndexFormat index =
                format.indexes.stream()
                        .filter(each -> each.index.name().equals("c_a"))
                        .findFirst()
                        .orElseThrow();
        byte[] key = key(formats, 1, id);
        int[] positions = new int[format.parts.length];
        format.locateParts(key, 0, key.length, positions.length - 1, positions);
        return index.entry(Shop.cells(id, 1L, a), key, positions);
    }

    @Test
    void soundDataHaveNoFaults() {
        assertThat(faults((_, _) -> {})).isEmpty();
    }

    @Test
    void missingEntryIsFound() {
        assertThat(
                        faults((transaction, formats) ->
                                transaction.kv().delete(entry(formats, 10, 100).key())))
                .containsExactly(
                        "c c_a (id)=(10) the row is not in the index",
                        "c c_a  the index has 1 entries for 2 rows");
    }

    @Test
    void entryWithoutRowIsFound() {
        assertThat(
                        faults((transaction, formats) -> {
                            IndexFormat.Entry entry = entry(formats, 10, 77);
                            transaction.kv().put(entry.key(), entry.value());
                        }))
                .containsExactly("c c_a  the index has 3 entries for 2 rows");
    }

    @Test
    void entryOfAnotherRowIsFound() {
        assertThat(
                        faults((transaction, formats) ->
                                transaction
                                        .kv()
                                        .put(
                                                entry(formats, 10, 100).key(),
                                                entry(formats, 11, 100).value())))
                .containsExactly("c c_a (id)=(10) the index has another row where this should be");
    }

    @Test
    void missingParentAndWrongPlaceAreFound() {
        assertThat(faults((transaction, formats) -> transaction.kv().delete(key(formats, 1))))
                .containsExactly(
                        "c c_p_fkey (id)=(10) the row refers to a row that is not in table \"p\"",
                        "c c_p_fkey (id)=(11) the row refers to a row that is not in table \"p\"");
    }

    @Test
    void rowsThatBreakTheirRulesAreFound() {
        assertThat(
                        faults(
                                (_, _) -> {},
                                table ->
                                        new RowRules() {
                                            @Override
                                            public void setDefaults(
                                                    Datum[] row, List<Integer> slots) {}

                                            @Override
                                            public void complete(Datum[] row) {
                                                if (row.length == 3 && row[2].longValue() > 100) {
                                                    throw new org.cladedb.error.DatabaseException(
                                                            org.cladedb.error.SqlState
                                                                    .CHECK_VIOLATION,
                                                            "too much");
                                                }
                                            }
                                        }))
                .containsExactly("c  (id)=(11) too much");
    }
}
