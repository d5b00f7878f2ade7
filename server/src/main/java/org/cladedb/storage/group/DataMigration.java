package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cladedb.catalog.CatalogDifferences;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.kv.KeyRange;
import org.cladedb.types.Datum;

/// Makes the stored data follow a change of the catalog: moves the rows of tables that got a new
/// place, builds new indexes, checks new foreign keys, removes what belongs to nothing any more.
///
/// The tables are locked exclusively, so uniqueness needs no locks on keys. Every table that moves
/// has a new ordinal or a new space, so old and new rows never meet.
public final class DataMigration {
    private final WriteContext context;
    private final TableFormats before;
    private final TableFormats after;
    private final CatalogDifferences differences;
    private final Map<Integer, RowTransform> transforms;

    /// `context` shows the changed catalog already.
    ///
    /// @param transforms by table OID, for tables whose rows change and not only move
    public DataMigration(
            WriteContext context, TableFormats before, Map<Integer, RowTransform> transforms) {
        this.context = context;
        this.before = before;
        this.after = context.formats();
        differences = before.catalog().differencesTo(after.catalog());
        this.transforms = Map.copyOf(transforms);
    }

    /// Whether rows that are there already must be read or removed.
    public boolean touchesData() {
        return !transforms.isEmpty()
                || !vanishedSpaces().isEmpty()
                || differences.tablesBefore().anyMatch(this::isTouched);
    }

    private boolean isTouched(Table old) {
        Table table = after.catalog().table(old.oid());
        return table == null
                || isMoved(old, table)
                || !newIndexes(old, table).isEmpty()
                || !newForeignKeys(old, table).isEmpty();
    }

    public void run() {
        List<Table> gone = new ArrayList<>();
        List<Table> moved = new ArrayList<>();
        for (Table old : changedBefore()) {
            Table table = after.catalog().table(old.oid());
            if (table == null) {
                gone.add(old);
            } else if (isMoved(old, table)) {
                gone.add(old);
                moved.add(table);
            } else if (transforms.containsKey(old.oid())) {
                rewriteInPlace(old, table);
            }
        }
        moveParentsFirst(moved);
        removeRows(gone);
        vanishedSpaces().forEach(space -> DataRemoval.space(context, space));
        for (Table old : changedBefore()) {
            Table table = after.catalog().table(old.oid());
            if (table != null && !table.equals(old)) {
                if (!moved.contains(table) && !transforms.containsKey(table.oid())) {
                    buildIndexes(old, table);
                }
                newForeignKeys(old, table).forEach(key -> validate(after.of(table), key));
            }
        }
    }

    /// Tables that there were and that change or are transformed, as they were, by OID.
    private List<Table> changedBefore() {
        TreeMap<Integer, Table> changed = new TreeMap<>(Integer::compareUnsigned);
        differences.tablesBefore().forEach(table -> changed.put(table.oid(), table));
        for (int oid : transforms.keySet()) {
            Table table = before.catalog().table(oid);
            if (table != null) {
                changed.put(oid, table);
            }
        }
        return List.copyOf(changed.values());
    }

    private void moveParentsFirst(List<Table> moved) {
        Set<Integer> roots = new TreeSet<>(Integer::compareUnsigned);
        moved.forEach(table -> roots.add(table.groupOid()));
        for (int root : roots) {
            for (int oid : after.of(root).group.members()) {
                Table table = after.catalog().table(oid);
                if (table != null && moved.contains(table)) {
                    move(table);
                }
            }
        }
    }

    private void move(Table table) {
        TableFormat target = after.of(table);
        RowWriter writer = RowWriter.building(context, target);
        TableFormat source = before.of(table.oid());
        if (!context.kv().isUntouched(KeyRange.prefix(target.spacePrefix()))) {
            forEachRow(source, table, (_, row) -> writer.build(row));
            return;
        }
        try (RowLoad load = new RowLoad(context, target)) {
            forEachRow(source, table, (_, row) -> writer.place(row, load::add));
            load.write();
        }
        target.indexes.forEach(index -> buildIndex(target, index));
    }

    private interface RowWork {
        void accept(byte[] key, Datum[] row);
    }

    /// Hands the rows of a table in its old format, transformed where asked for, to `work`.
    private void forEachRow(TableFormat source, Table table, RowWork work) {
        RowTransform transform = transforms.get(table.oid());
        Datum[] oldRow = Datum.row(source.table.columns().size());
        Datum[] newRow = Datum.row(table.columns().size());
        try (TableScan cursor = DataRemoval.rows(context, source)) {
            while (cursor.next()) {
                cursor.read(oldRow);
                if (transform != null) {
                    work.accept(cursor.hkey(), transform.apply(oldRow));
                } else {
                    for (int i = 0; i < newRow.length; i++) {
                        newRow[i].copyFrom(
                                i < oldRow.length
                                        ? oldRow[i]
                                        : TableFormat.missingValue(table.columns().get(i)));
                    }
                    work.accept(cursor.hkey(), newRow);
                }
            }
        }
    }

    private void rewriteInPlace(Table old, Table table) {
        TableFormat target = after.of(table);
        target.indexes.forEach(index -> DataRemoval.space(context, index.index.spaceId()));
        RowWriter writer = RowWriter.building(context, target);
        forEachRow(before.of(old), table, writer::rebuild);
        target.indexes.forEach(index -> buildIndex(target, index));
    }

    private void buildIndexes(Table old, Table table) {
        TableFormat format = after.of(table);
        for (Index index : newIndexes(old, table)) {
            buildIndex(format, GroupReads.indexFormat(format, index));
        }
    }

    private void buildIndex(TableFormat format, IndexFormat index) {
        Datum[] row = Datum.row(format.table.columns().size());
        try (IndexLoad load = new IndexLoad(context, index, true)) {
            try (TableScan cursor = DataRemoval.rows(context, format)) {
                while (cursor.next()) {
                    cursor.read(row);
                    if (index.index.primary()) {
                        RowWriter.requireKey(format.table, row);
                    }
                    load.add(cursor.hkey(), row);
                }
            }
            load.write();
        }
    }

    private void validate(TableFormat format, ForeignKey key) {
        ParentKeys parents = ParentKeys.unguarded(context, format, key);
        Datum[] row = Datum.row(format.table.columns().size());
        try (TableScan cursor = DataRemoval.rows(context, format)) {
            while (cursor.next()) {
                cursor.read(row);
                if (!parents.refersToNothing(row) && parents.find(row) == null) {
                    throw parents.missing(row);
                }
            }
        }
    }

    /// Removes the rows of tables that are gone from their old places. Their index spaces have
    /// vanished with them.
    private void removeRows(List<Table> gone) {
        Set<Integer> vanished = vanishedSpaces();
        for (Table table : gone) {
            TableFormat format = before.of(table.oid());
            if (!vanished.contains(format.group.spaceId())) {
                DataRemoval.rowsOf(context, format);
            }
        }
    }

    /// No space goes from what changes to what does not, so only changes are looked at.
    private Set<Integer> vanishedSpaces() {
        Set<Integer> spaces = spaces(differences.groupsBefore(), differences.tablesBefore());
        spaces.removeAll(spaces(differences.groupsAfter(), differences.tablesAfter()));
        return spaces;
    }

    private static Set<Integer> spaces(Stream<TableGroup> groups, Stream<Table> tables) {
        Set<Integer> spaces = new HashSet<>();
        groups.forEach(group -> spaces.add(group.spaceId()));
        tables.forEach(table -> table.indexes().forEach(index -> spaces.add(index.spaceId())));
        return spaces;
    }

    private boolean isMoved(Table old, Table table) {
        return old.ordinal() != table.ordinal()
                || before.of(old.oid()).group.spaceId() != after.of(table.oid()).group.spaceId();
    }

    private static List<Index> newIndexes(Table old, Table table) {
        return table.indexes().stream()
                .filter(index ->
                        old.indexes().stream().noneMatch(each -> each.spaceId() == index.spaceId()))
                .toList();
    }

    private static List<ForeignKey> newForeignKeys(Table old, Table table) {
        return table.constraints().foreignKeys().stream()
                .filter(ForeignKey::validated)
                .filter(key ->
                        old.constraints().foreignKeys().stream()
                                .noneMatch(each -> each.oid() == key.oid() && each.validated()))
                .toList();
    }
}
