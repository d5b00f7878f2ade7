package org.cladedb.storage.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random inserts, updates of keys and deletes in a group of four levels, compared with a model of
/// plain maps after every transaction.
final class RandomGroupTest {
    private static final List<String> TABLES = List.of("root", "child", "grandchild", "leaf");
    private static final int STATEMENTS = 300;
    private static final int KEYS = 12;

    /// By table: rows by primary key; each row is key, parent (or null), unique value (or null).
    private final Map<String, NavigableMap<Long, @Nullable Long[]>> model = new HashMap<>();

    private Random random = new Random(0);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void contentPlacesAndIndexesStayRight(long seed) {
        run(seed, new Shop());
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void andInFilesToo(long seed, @TempDir Path directory) {
        run(seed, Shop.embedded(directory));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void andWhenAllThatCanBeIsLoaded(long seed, @TempDir Path directory) {
        run(seed, Shop.loading(directory));
    }

    private void run(long seed, Shop shop) {
        random = new Random(seed);
        Action onUpdate = seed % 2 == 0 ? Action.CASCADE : Action.NO_ACTION;
        Action onDelete =
                switch ((int) (seed % 4)) {
                    case 0 -> Action.CASCADE;
                    case 1 -> Action.SET_NULL;
                    default -> Action.NO_ACTION;
                };
        try (shop) {
            createTables(shop, onDelete, onUpdate);
            TABLES.forEach(name -> model.put(name, new TreeMap<>()));
            for (int i = 0; i < STATEMENTS; i++) {
                String context = "(seed " + seed + ", statement " + i + ")";
                runStatement(shop, onDelete, onUpdate, context);
                if (i % 10 == 0) {
                    compare(shop, context);
                }
                if (i % 75 == 74) {
                    regroup(shop);
                    compare(shop, context + " after regrouping");
                }
            }
            compare(shop, "(seed " + seed + ", end)");
        }
    }

    private static void createTables(Shop shop, Action onDelete, Action onUpdate) {
        for (int i = 0; i < TABLES.size(); i++) {
            int level = i;
            shop.create(
                    TABLES.get(i),
                    table -> {
                        table.column("id", SqlType.BIGINT)
                                .column("parent", SqlType.BIGINT)
                                .column("code", SqlType.INTEGER)
                                .primaryKey(1)
                                .unique("code_" + level, 3)
                                .index("by_parent_" + level, -2, 3);
                        if (level > 0) {
                            Table parent = shop.table(TABLES.get(level - 1));
                            table.foreignKey(true, parent, onDelete, onUpdate, 2);
                        }
                        return table;
                    });
        }
    }

    private void runStatement(Shop shop, Action onDelete, Action onUpdate, String context) {
        int level = random.nextInt(TABLES.size());
        String name = TABLES.get(level);
        long id = random.nextInt(KEYS);
        @Nullable Long[] row = {id, parent(level), code()};
        Map<String, NavigableMap<Long, @Nullable Long[]>> before = copy();
        boolean modelAgrees = true;
        DatabaseTransaction transaction = shop.begin();
        try {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    modelAgrees = insertModel(level, row);
                    Shop.statement(transaction, each -> Shop.insert(each, name, (Object[]) row));
                }
                case 2 -> {
                    modelAgrees = deleteModel(level, id, onDelete);
                    Shop.statement(transaction, each -> Shop.delete(each, name, id));
                }
                default -> {
                    long newId = random.nextBoolean() ? id : random.nextInt(KEYS);
                    row[0] = newId;
                    modelAgrees = updateModel(level, id, row, onUpdate);
                    Shop.statement(
                            transaction, each -> Shop.update(each, name, id, (Object[]) row));
                }
            }
        } catch (DatabaseException failure) {
            restore(before);
            transaction.rollback();
            assertThat(failure.state().code()).as(context + failure).startsWith("23");
            assertThat(modelAgrees)
                    .as("statement was expected to succeed " + context + failure)
                    .isFalse();
            return;
        }
        assertThat(modelAgrees).as("statement was expected to fail " + context).isTrue();
        if (random.nextInt(5) == 0) {
            transaction.rollback();
            restore(before);
        } else {
            transaction.commit(true);
        }
    }

    private @Nullable Long parent(int level) {
        return level == 0 || random.nextInt(6) == 0 ? null : (long) random.nextInt(KEYS);
    }

    private @Nullable Long code() {
        return random.nextInt(3) == 0 ? null : (long) random.nextInt(100);
    }

    private NavigableMap<Long, @Nullable Long[]> rows(int level) {
        return Objects.requireNonNull(model.get(TABLES.get(level)));
    }

    /// Applies the change; false when a constraint forbids it (the model is then meaningless).
    private boolean insertModel(int level, @Nullable Long[] row) {
        boolean allowed = !rows(level).containsKey(row[0]) && codeIsFree(level, row[2], null);
        rows(level).put(Objects.requireNonNull(row[0]), row.clone());
        return allowed && parentExists(level, row[1]);
    }

    private boolean codeIsFree(int level, @Nullable Long code, @Nullable Long except) {
        return code == null
                || rows(level).values().stream()
                        .noneMatch(row -> code.equals(row[2]) && !Objects.equals(row[0], except));
    }

    private boolean parentExists(int level, @Nullable Long parent) {
        return level == 0 || parent == null || rows(level - 1).containsKey(parent);
    }

    private List<Long> children(int level, long id) {
        List<Long> children = new ArrayList<>();
        if (level + 1 < TABLES.size()) {
            rows(level + 1)
                    .forEach((key, row) -> {
                        if (Objects.equals(row[1], id)) {
                            children.add(key);
                        }
                    });
        }
        return children;
    }

    private boolean deleteModel(int level, long id, Action onDelete) {
        if (rows(level).remove(id) == null) {
            return true;
        }
        boolean allowed = true;
        for (long child : children(level, id)) {
            switch (onDelete) {
                case CASCADE -> allowed &= deleteModel(level + 1, child, onDelete);
                case SET_NULL -> Objects.requireNonNull(rows(level + 1).get(child))[1] = null;
                default -> allowed = false;
            }
        }
        return allowed;
    }

    private boolean updateModel(int level, long id, @Nullable Long[] row, Action onUpdate) {
        if (rows(level).remove(id) == null) {
            return true;
        }
        long newId = Objects.requireNonNull(row[0]);
        boolean allowed =
                !rows(level).containsKey(newId)
                        && codeIsFree(level, row[2], id)
                        && parentExists(level, row[1]);
        rows(level).put(newId, row.clone());
        if (newId != id) {
            for (long child : children(level, id)) {
                if (onUpdate == Action.CASCADE) {
                    Objects.requireNonNull(rows(level + 1).get(child))[1] = newId;
                } else {
                    allowed = false;
                }
            }
        }
        return allowed;
    }

    private Map<String, NavigableMap<Long, @Nullable Long[]>> copy() {
        Map<String, NavigableMap<Long, @Nullable Long[]>> copy = new HashMap<>();
        model.forEach((name, rows) -> {
            NavigableMap<Long, @Nullable Long[]> copied = new TreeMap<>();
            rows.forEach((id, row) -> copied.put(id, row.clone()));
            copy.put(name, copied);
        });
        return copy;
    }

    private void restore(Map<String, NavigableMap<Long, @Nullable Long[]>> before) {
        model.clear();
        model.putAll(before);
    }

    /// Takes the grandchildren out of the group, or puts them back.
    private static void regroup(Shop shop) {
        shop.run(transaction -> {
            CatalogSnapshot catalog = transaction.catalog();
            Table table = Shop.in(transaction, "grandchild");
            ForeignKey key = table.constraints().foreignKeys().getFirst();
            if (key.grouping()) {
                transaction.changeCatalog(GroupLayout.detachKeepingKey(catalog, table.oid()));
            } else {
                transaction.changeCatalog(
                        GroupLayout.attachExisting(catalog, table.oid(), key.oid()));
            }
        });
    }

    private void compare(Shop shop, String context) {
        DatabaseTransaction transaction = shop.begin();
        try {
            IntegrityCheck.run(transaction, context);
            for (int level = 0; level < TABLES.size(); level++) {
                String name = TABLES.get(level);
                List<String> expected = rows(level).values().stream().map(this::text).toList();
                assertThat(Shop.rows(transaction, name))
                        .as(name + " " + context)
                        .containsExactlyInAnyOrderElementsOf(expected);
                compareByKey(transaction, level, context);
            }
        } finally {
            transaction.rollback();
        }
    }

    private void compareByKey(DatabaseTransaction transaction, int level, String context) {
        Table table = Shop.in(transaction, TABLES.get(level));
        GroupStore store = transaction.store(new WorkCounters());
        for (long id = 0; id < KEYS; id++) {
            List<String> byKey = below(transaction, store, table, table, id);
            @Nullable Long[] row = rows(level).get(id);
            assertThat(byKey)
                    .as(table.name() + " by key " + id + context)
                    .isEqualTo(row == null ? List.of() : List.of(text(row)));
            if (level > 0 && table.groupingForeignKey().isPresent()) {
                Table parent = Shop.in(transaction, TABLES.get(level - 1));
                long wanted = id;
                assertThat(below(transaction, store, table, parent, id))
                        .as(table.name() + " below " + id + context)
                        .containsExactlyElementsOf(
                                rows(level).values().stream()
                                        .filter(each -> Objects.equals(each[1], wanted))
                                        .map(this::text)
                                        .toList());
            }
        }
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

    private String text(@Nullable Long[] row) {
        return row[0] + "|" + row[1] + "|" + row[2];
    }
}
