package org.cladedb.storage.group;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.ReadView;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// What one foreign key asks for when rows that it may refer to are deleted or lose their key. Runs
/// at the end of the statement, on a snapshot that shows everything committed before the guards of
/// those rows were taken.
final class ReferentialAction {
    private final WriteContext context;
    private final TableFormat parent;
    private final TableFormat child;
    private final ForeignKey foreignKey;
    private final ReferencingRows referencing;
    private final RowChanges changes;
    private final ParentKeys parents;

    ReferentialAction(
            WriteContext context, TableFormat parent, CatalogSnapshot.Reference reference) {
        this.context = context;
        this.parent = parent;
        foreignKey = reference.foreignKey();
        child = context.formats().of(reference.table().oid());
        referencing = new ReferencingRows(child, parent, foreignKey);
        changes = context.changes(child.table);
        parents = new ParentKeys(context, child, foreignKey);
    }

    /// @param newRow the row that took the place of `oldRow`; null when it was deleted
    void run(byte[] parentKey, Datum[] oldRow, Datum @Nullable [] newRow) {
        if (!context.snapshotMoves()) {
            context.onNewest(view -> requireNoneNewer(view, parentKey, oldRow));
        }
        ForeignKey.Action action = newRow == null ? foreignKey.onDelete() : foreignKey.onUpdate();
        switch (action) {
            case NO_ACTION -> forEach(parentKey, oldRow, this::requireParent);
            case RESTRICT ->
                    forEach(
                            parentKey,
                            oldRow,
                            (_, row) -> {
                                throw restricted(row);
                            });
            case CASCADE -> cascade(parentKey, oldRow, newRow);
            case SET_NULL -> setTo(parentKey, oldRow, _ -> new Datum());
            case SET_DEFAULT -> {
                setTo(parentKey, oldRow, ReferentialAction::defaultOf);
                // The default may be the very key that is gone.
                forEach(parentKey, oldRow, this::requireParent);
            }
        }
    }

    private void forEach(byte[] parentKey, Datum[] oldRow, BiConsumer<byte[], Datum[]> work) {
        referencing.forEach(context.kv(), parentKey, oldRow, work);
    }

    /// Rows that refer to the parent, committed after a snapshot that must stay, are a conflict.
    private void requireNoneNewer(ReadView newest, byte[] parentKey, Datum[] oldRow) {
        referencing.forEach(
                newest,
                parentKey,
                oldRow,
                (key, _) -> {
                    if (context.isChanged(key)) {
                        throw context.stale();
                    }
                });
    }

    /// Another row may have taken the key within the statement; children then go to it.
    private void requireParent(byte[] key, Datum[] row) {
        if (parents.find(row) == null) {
            throw stillReferenced(row);
        }
        if (foreignKey.grouping()) {
            changes.replace(key, row);
        }
    }

    private void cascade(byte[] parentKey, Datum[] oldRow, Datum @Nullable [] newRow) {
        if (newRow == null) {
            forEach(parentKey, oldRow, changes::delete);
            return;
        }
        forEach(
                parentKey,
                oldRow,
                (key, row) -> {
                    Datum[] changed = row.clone();
                    for (int i = 0; i < foreignKey.columns().size(); i++) {
                        int slot = foreignKey.columns().get(i);
                        int referenced = foreignKey.referencedColumns().get(i);
                        changed[slot - 1] = converted(newRow, referenced, slot);
                    }
                    changes.update(key, row, changed);
                });
    }

    private Datum converted(Datum[] newRow, int referenced, int slot) {
        SqlType type = child.table.column(slot).type();
        Datum value =
                KeyConversion.convert(
                        parent.table.column(referenced).type(), type, newRow[referenced - 1]);
        if (value == null) {
            throw new DatabaseException(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE, type.kind().sqlName() + " out of range");
        }
        return value.freeze(type.form());
    }

    private void setTo(
            byte[] parentKey, Datum[] oldRow, java.util.function.Function<Column, Datum> valueOf) {
        forEach(
                parentKey,
                oldRow,
                (key, row) -> {
                    Datum[] changed = row.clone();
                    for (int slot : foreignKey.columns()) {
                        Column column = child.table.column(slot);
                        Datum value = valueOf.apply(column);
                        if (value.isNull() && column.notNull()) {
                            throw nullInNotNull(column, slot, row);
                        }
                        changed[slot - 1] = value;
                    }
                    changes.update(key, row, changed);
                });
    }

    private static Datum defaultOf(Column column) {
        if (column.defaultExpression() == null) {
            return new Datum();
        }
        return ConstantDefault.of(column);
    }

    private DatabaseException nullInNotNull(Column column, int slot, Datum[] row) {
        Table table = child.table;
        String values =
                java.util.stream.IntStream.range(0, row.length)
                        .filter(i -> !table.columns().get(i).dropped())
                        .mapToObj(i ->
                                i == slot - 1
                                        ? "null"
                                        : ValueText.of(table.columns().get(i).type(), row[i]))
                        .collect(Collectors.joining(", "));
        return new DatabaseException(
                        SqlState.NOT_NULL_VIOLATION,
                        "null value in column \""
                                + column.name()
                                + "\" of relation \""
                                + table.name()
                                + "\" violates not-null constraint")
                .withDetail("Failing row contains (" + values + ").")
                .withObject(table.schema(), table.name(), column.name(), null);
    }

    private DatabaseException stillReferenced(Datum[] childRow) {
        return violation(
                SqlState.FOREIGN_KEY_VIOLATION, "foreign key", "is still referenced", childRow);
    }

    private DatabaseException restricted(Datum[] childRow) {
        return violation(
                SqlState.RESTRICT_VIOLATION,
                "RESTRICT setting of foreign key",
                "is referenced",
                childRow);
    }

    private DatabaseException violation(
            SqlState state, String violated, String how, Datum[] childRow) {
        Datum[] shown = Datum.row(parent.table.columns().size());
        List<Integer> referenced = foreignKey.referencedColumns();
        for (int i = 0; i < referenced.size(); i++) {
            int slot = foreignKey.columns().get(i);
            Datum value =
                    KeyConversion.convert(
                            child.table.column(slot).type(),
                            parent.table.column(referenced.get(i)).type(),
                            childRow[slot - 1]);
            shown[referenced.get(i) - 1] = value == null ? new Datum() : value;
        }
        return new DatabaseException(
                        state,
                        "update or delete on table \"%s\" violates %s constraint \"%s\" on table \"%s\""
                                .formatted(
                                        parent.table.name(),
                                        violated,
                                        foreignKey.name(),
                                        child.table.name()))
                .withDetail(
                        "Key %s %s from table \"%s\"."
                                .formatted(
                                        TextOfKey.of(parent.table, referenced, shown),
                                        how,
                                        child.table.name()))
                .withObject(child.table.schema(), child.table.name(), null, foreignKey.name());
    }
}
