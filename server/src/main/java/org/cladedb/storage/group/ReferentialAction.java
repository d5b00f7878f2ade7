package org.cladedb.storage.group;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.ForeignKey;
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

    /// The row that is gone or changed, as it was.
    private Datum[] referencedRow = {};

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
        referencedRow = oldRow;
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
                            (_, _) -> {
                                throw restricted();
                            });
            case CASCADE -> cascade(parentKey, oldRow, newRow);
            case SET_NULL ->
                    change(
                            parentKey,
                            oldRow,
                            row ->
                                    foreignKey
                                            .columns()
                                            .forEach(slot -> row[slot - 1] = new Datum()));
            case SET_DEFAULT -> {
                RowRules rules = context.rules(child.table);
                change(parentKey, oldRow, row -> rules.setDefaults(row, foreignKey.columns()));
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
            throw stillReferenced();
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
        change(
                parentKey,
                oldRow,
                row -> {
                    for (int i = 0; i < foreignKey.columns().size(); i++) {
                        int slot = foreignKey.columns().get(i);
                        int referenced = foreignKey.referencedColumns().get(i);
                        row[slot - 1] = converted(newRow, referenced, slot);
                    }
                });
    }

    /// Changes all rows that refer to the parent; each is checked and completed as one that a
    /// statement changes.
    private void change(byte[] parentKey, Datum[] oldRow, Consumer<Datum[]> change) {
        RowRules rules = context.rules(child.table);
        forEach(
                parentKey,
                oldRow,
                (key, row) -> {
                    Datum[] changed = row.clone();
                    change.accept(changed);
                    rules.complete(changed);
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

    private DatabaseException stillReferenced() {
        return violation(SqlState.FOREIGN_KEY_VIOLATION, "foreign key", "is still referenced");
    }

    private DatabaseException restricted() {
        return violation(
                SqlState.RESTRICT_VIOLATION, "RESTRICT setting of foreign key", "is referenced");
    }

    private DatabaseException violation(SqlState state, String violated, String how) {
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
                                        TextOfKey.of(
                                                parent.table,
                                                foreignKey.referencedColumns(),
                                                referencedRow),
                                        how,
                                        child.table.name()))
                .withObject(child.table.schema(), child.table.name(), null, foreignKey.name())
                .withRoutine("ri_ReportViolation");
    }
}
