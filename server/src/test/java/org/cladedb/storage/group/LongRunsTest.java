package org.cladedb.storage.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.catalog.Table;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scans of some tables of a group whose other tables have many rows in between.
final class LongRunsTest {
    private static final int PARENTS = 5;

    /// Rows of `wide` under one parent: many pages.
    private static final int WIDE = 3000;

    private @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRowIsFoundAndMostOthersAreNotRead(boolean inFiles) {
        try (Shop shop = inFiles ? Shop.embedded(directory) : new Shop()) {
            fill(shop);
            DatabaseTransaction transaction = shop.begin();
            try {
                compare(transaction, inFiles);
            } finally {
                transaction.rollback();
            }
        }
    }

    private static void fill(Shop shop) {
        shop.create("p", table -> table.column("id", SqlType.INTEGER).primaryKey(1));
        for (String child : List.of("narrow", "wide", "last")) {
            shop.create(
                    child,
                    table ->
                            table.column("p_id", SqlType.INTEGER)
                                    .column("id", SqlType.INTEGER)
                                    .primaryKey(1, 2)
                                    .foreignKey(
                                            true,
                                            shop.table("p"),
                                            Action.NO_ACTION,
                                            Action.NO_ACTION,
                                            1));
        }
        shop.run(transaction -> {
            for (int p = 0; p < PARENTS; p++) {
                Shop.insert(transaction, "p", p);
                Shop.insert(transaction, "narrow", p, 1);
                // One parent in two has no long run.
                for (int i = 0; i < (p % 2 == 0 ? WIDE : 3); i++) {
                    Shop.insert(transaction, "wide", p, i);
                }
                Shop.insert(transaction, "last", p, 1);
                Shop.insert(transaction, "last", p, 2);
            }
        });
    }

    private static void compare(DatabaseTransaction transaction, boolean inFiles) {
        assertThat(keys(transaction, "p", inFiles)).hasSize(PARENTS);
        assertThat(keys(transaction, "narrow", inFiles)).hasSize(PARENTS);
        assertThat(keys(transaction, "last", inFiles)).hasSize(2 * PARENTS);
        assertThat(keys(transaction, "wide", false)).hasSize(3 * WIDE + 2 * 3);
        List<String> group = new ArrayList<>();
        WorkCounters counters = new WorkCounters();
        Table p = Shop.in(transaction, "p");
        Table last = Shop.in(transaction, "last");
        Datum[] row = Datum.row(2);
        try (GroupCursor cursor =
                transaction
                        .store(counters)
                        .scanGroup(
                                Shop.group(transaction, "p"),
                                List.of(
                                        new MemberRead(p, List.of(1)),
                                        new MemberRead(last, List.of(1, 2))),
                                ScanBounds.ALL)) {
            while (cursor.next()) {
                cursor.read(row);
                group.add(cursor.member() + ":" + row[0].longValue());
                assertThat(cursor.member() == 0 || cursor.isBelow(0)).isTrue();
            }
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < PARENTS; i++) {
            expected.addAll(List.of("0:" + i, "1:" + i, "1:" + i));
        }
        assertThat(group).isEqualTo(expected);
        assertThat(counters.keysRead).isLessThan(WIDE);
    }

    /// The rows in order; checks that the reverse scan gives the same.
    private static List<String> keys(
            DatabaseTransaction transaction, String name, boolean expectFewKeys) {
        Table table = Shop.in(transaction, name);
        WorkCounters counters = new WorkCounters();
        GroupStore store = transaction.store(counters);
        List<List<String>> both = new ArrayList<>();
        for (boolean reverse : new boolean[] {false, true}) {
            both.add(
                    Shop.read(
                            table,
                            store.scanTable(table, Shop.slots(table), ScanBounds.ALL, reverse)));
        }
        Collections.reverse(both.get(1));
        assertThat(both.get(1)).as(name).isEqualTo(both.get(0));
        if (expectFewKeys) {
            assertThat(counters.keysRead).as(name).isLessThan(100);
        }
        return both.get(0);
    }
}
