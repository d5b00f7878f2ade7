package org.cladedb.storage.group;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.DatabaseList;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.common.Clock;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.embedded.EmbeddedOptions;
import org.cladedb.kv.embedded.EmbeddedStore;
import org.cladedb.kv.io.FileSystem;
import org.cladedb.kv.memory.MemoryStore;
import org.cladedb.txn.Database;
import org.cladedb.txn.DatabaseEntrance;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.txn.Databases;
import org.cladedb.txn.IsolationLevel;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// A database in memory, and short ways to make tables and to read and write rows in tests. Cells
/// are given as Long, String or null.
public final class Shop implements AutoCloseable {
    private final Databases databases;
    public final Database database;

    public Shop() {
        this(new MemoryStore());
    }

    public Shop(KeyValueStore store) {
        this(store, LoadLimits.DEFAULT);
    }

    private Shop(KeyValueStore store, LoadLimits loadLimits) {
        databases = Databases.open(store, Clock.system(), loadLimits);
        database = first(databases);
    }

    /// The database that every store has; nobody drops it in tests that use this.
    public static Database first(Databases databases) {
        try (DatabaseEntrance entrance = databases.enter(DatabaseList.FIRST)) {
            return entrance.database();
        }
    }

    /// A database in files.
    public static Shop embedded(Path directory) {
        return new Shop(
                EmbeddedStore.open(FileSystem.real(), directory, EmbeddedOptions.defaults()));
    }

    /// A database in files that loads whatever can be loaded, and sorts in next to no memory.
    public static Shop loading(Path directory) {
        return new Shop(
                EmbeddedStore.open(FileSystem.real(), directory, EmbeddedOptions.defaults()),
                new LoadLimits(1, 300));
    }

    /// A table under construction.
    public static final class TableBuilder {
        private final CatalogSnapshot.Builder oids;
        private final String name;
        private final int oid;
        private final List<Column> columns = new ArrayList<>();
        private final List<Index> indexes = new ArrayList<>();
        private final List<Constraints.KeyConstraint> keys = new ArrayList<>();
        private final List<ForeignKey> foreignKeys = new ArrayList<>();

        TableBuilder(CatalogSnapshot.Builder oids, String name) {
            this.oids = oids;
            this.name = name;
            oid = oids.newOid();
        }

        public TableBuilder column(String column, SqlType type) {
            columns.add(Column.of(columns.size() + 1, column, type));
            return this;
        }

        public TableBuilder notNull(String column, SqlType type) {
            columns.add(
                    new Column(
                            columns.size() + 1,
                            column,
                            type,
                            true,
                            null,
                            Column.Generation.NONE,
                            false,
                            null,
                            null));
            return this;
        }

        public TableBuilder primaryKey(int... slots) {
            return index(name + "_pkey", true, true, slots);
        }

        public TableBuilder unique(String index, int... slots) {
            return index(index, true, false, slots);
        }

        public TableBuilder index(String index, int... slots) {
            return index(index, false, false, slots);
        }

        private TableBuilder index(String index, boolean unique, boolean primary, int... slots) {
            List<Index.IndexColumn> indexColumns = new ArrayList<>();
            for (int slot : slots) {
                // A negative slot means descending.
                indexColumns.add(
                        new Index.IndexColumn(Math.abs(slot), null, null, 0, slot < 0, slot < 0));
            }
            int indexOid = oids.newOid();
            indexes.add(
                    new Index(
                            indexOid,
                            index,
                            0,
                            indexColumns,
                            List.of(),
                            unique,
                            primary,
                            false,
                            null));
            if (unique) {
                keys.add(new Constraints.KeyConstraint(oids.newOid(), index, primary, indexOid));
            }
            return this;
        }

        public TableBuilder foreignKey(
                boolean grouping, Table parent, Action onDelete, Action onUpdate, int... slots) {
            List<Integer> columnSlots = java.util.Arrays.stream(slots).boxed().toList();
            foreignKeys.add(
                    new ForeignKey(
                            oids.newOid(),
                            name + "_" + parent.name() + "_fkey",
                            columnSlots,
                            parent.oid(),
                            parent.primaryKey().orElseThrow().columns().stream()
                                    .map(Index.IndexColumn::slot)
                                    .toList(),
                            onDelete,
                            onUpdate,
                            false,
                            false,
                            grouping,
                            true,
                            true));
            return this;
        }

        /// A foreign key to the table's own first column.
        public TableBuilder selfReference(Action onDelete, int slot) {
            foreignKeys.add(
                    new ForeignKey(
                            oids.newOid(),
                            name + "_self_fkey",
                            List.of(slot),
                            oid,
                            List.of(1),
                            onDelete,
                            Action.NO_ACTION,
                            false,
                            false,
                            false,
                            true,
                            true));
            return this;
        }

        Table draft() {
            return GroupLayout.draft(
                    oid,
                    "public",
                    name,
                    columns,
                    indexes,
                    new Constraints(keys, List.of(), foreignKeys));
        }
    }

    public DatabaseTransaction begin() {
        return database.begin(IsolationLevel.READ_COMMITTED, false);
    }

    /// Makes a table in a transaction of its own.
    public Table create(String name, UnaryOperator<TableBuilder> definition) {
        DatabaseTransaction transaction = begin();
        transaction.beginStatement();
        createIn(transaction, name, definition);
        transaction.endStatement();
        transaction.commit(true);
        return table(name);
    }

    /// A table with an integer primary key `id` and one more integer.
    public Table createWithId(String name, String column) {
        return create(name, table -> withId(table, column));
    }

    /// The same, the second column a grouping foreign key to `parent`.
    public Table createGrouped(
            String name, String column, String parent, Action onDelete, Action onUpdate) {
        Table above = table(parent);
        return create(
                name,
                table -> withId(table, column).foreignKey(true, above, onDelete, onUpdate, 2));
    }

    private static TableBuilder withId(TableBuilder table, String column) {
        return table.column("id", SqlType.INTEGER).column(column, SqlType.INTEGER).primaryKey(1);
    }

    public static void createIn(
            DatabaseTransaction transaction, String name, UnaryOperator<TableBuilder> definition) {
        CatalogSnapshot.Builder oids = transaction.catalog().toBuilder();
        Table draft = definition.apply(new TableBuilder(oids, name)).draft();
        transaction.changeCatalog(GroupLayout.addTable(oids.build(), draft));
    }

    public Table table(String name) {
        DatabaseTransaction transaction = begin();
        try {
            Table table = transaction.catalog().table("public", name);
            if (table == null) {
                throw new IllegalArgumentException(name);
            }
            return table;
        } finally {
            transaction.rollback();
        }
    }

    /// Runs one statement in a transaction of its own, again when it met newer rows.
    public void run(Consumer<DatabaseTransaction> statement) {
        DatabaseTransaction transaction = begin();
        try {
            statement(transaction, statement);
            transaction.commit(true);
        } finally {
            transaction.rollback();
        }
    }

    /// Runs one statement as a session does.
    public static void statement(
            DatabaseTransaction transaction, Consumer<DatabaseTransaction> statement) {
        while (true) {
            transaction.beginStatement();
            try {
                statement.accept(transaction);
                transaction.endStatement();
                return;
            } catch (StaleRowException _) {
                transaction.rollbackStatement();
            } catch (RuntimeException failure) {
                transaction.rollbackStatement();
                throw failure;
            }
        }
    }

    public static Table in(DatabaseTransaction transaction, String name) {
        Table table = transaction.catalog().table("public", name);
        if (table == null) {
            throw new IllegalArgumentException(name);
        }
        return table;
    }

    public static TableGroup group(DatabaseTransaction transaction, String root) {
        TableGroup group = transaction.catalog().group(in(transaction, root).oid());
        if (group == null) {
            throw new IllegalArgumentException(root);
        }
        return group;
    }

    public static Datum[] cells(@Nullable Object... values) {
        Datum[] row = Datum.row(values.length);
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> row[i].setNull();
                case Long number -> row[i].setLong(number);
                case Integer number -> row[i].setLong(number);
                case String text -> row[i].setText(text);
                default -> throw new IllegalArgumentException();
            }
        }
        return row;
    }

    public static void insert(
            DatabaseTransaction transaction, String table, @Nullable Object... values) {
        transaction.writer(in(transaction, table)).insert(cells(values));
    }

    /// Updates the rows whose first column is `id`.
    public static int update(
            DatabaseTransaction transaction, String name, long id, @Nullable Object... values) {
        return forRows(
                transaction,
                name,
                id,
                (hkey, row) ->
                        transaction.writer(in(transaction, name)).update(hkey, row, cells(values)));
    }

    /// Adds one to the second column of the row whose first is `id`.
    public static int addTo(DatabaseTransaction transaction, String name, long id) {
        return forRows(
                transaction,
                name,
                id,
                (hkey, row) ->
                        transaction
                                .writer(in(transaction, name))
                                .update(hkey, row, cells(id, row[1].longValue() + 1)));
    }

    /// Checks that every row and every index entry is where it belongs, and nothing else is there.
    public void checkIntegrity(String context) {
        DatabaseTransaction transaction = begin();
        try {
            IntegrityCheck.run(transaction, context);
            transaction.verify(
                    fault -> {
                        throw new AssertionError(fault + " " + context);
                    },
                    () -> {});
        } finally {
            transaction.rollback();
        }
    }

    public static int delete(DatabaseTransaction transaction, String name, long id) {
        return forRows(
                transaction,
                name,
                id,
                (hkey, row) -> transaction.writer(in(transaction, name)).delete(hkey, row));
    }

    private static int forRows(
            DatabaseTransaction transaction,
            String name,
            long id,
            java.util.function.BiConsumer<byte[], Datum[]> work) {
        Table table = in(transaction, name);
        int count = 0;
        try (TableCursor cursor =
                transaction
                        .store(new WorkCounters())
                        .scanTable(table, slots(table), ScanBounds.ALL, false)) {
            while (cursor.next()) {
                Datum[] row = Datum.row(table.columns().size());
                cursor.read(row);
                if (row[0].longValue() == id) {
                    work.accept(cursor.hkey(), row);
                    count++;
                }
            }
        }
        return count;
    }

    public static List<Integer> slots(Table table) {
        return table.columns().stream().map(Column::number).toList();
    }

    /// All rows of a table in hkey order, each as text: `1|null|x`.
    public List<String> rows(String name) {
        DatabaseTransaction transaction = begin();
        try {
            return rows(transaction, name);
        } finally {
            transaction.rollback();
        }
    }

    public static List<String> rows(DatabaseTransaction transaction, String name) {
        Table table = in(transaction, name);
        return read(
                table,
                transaction
                        .store(new WorkCounters())
                        .scanTable(table, slots(table), ScanBounds.ALL, false));
    }

    /// Drains a cursor over all slots of `table`.
    public static List<String> read(Table table, TableCursor cursor) {
        List<String> rows = new ArrayList<>();
        Datum[] row = Datum.row(table.columns().size());
        try (cursor) {
            while (cursor.next()) {
                cursor.read(row);
                rows.add(text(table, row));
            }
        }
        return rows;
    }

    public static String text(Table table, Datum[] row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            text.append(i == 0 ? "" : "|");
            text.append(ValueText.of(table.columns().get(i).type(), row[i]));
        }
        return text.toString();
    }

    @Override
    public void close() {
        databases.close();
    }
}
