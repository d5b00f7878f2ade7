package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.sql.ast.DropBehavior;

/// ALTER TABLE … DROP COLUMN: the slot stays, what is built on the column goes.
final class ColumnRemoval {
    private final DdlContext context;

    ColumnRemoval(DdlContext context) {
        this.context = context;
    }

    void run(Table table, Column column, boolean cascade) {
        ColumnDependents dependents = new ColumnDependents(context, table, column);
        if (!cascade && !dependents.described().isEmpty()) {
            throw Dependencies.refusal(dependents.subject(), dependents.lines());
        }
        context.noticeCascade(dependents.described());
        new DropStatements(context).removeViews(dependents.views());
        ConstraintRemoval constraints = new ConstraintRemoval(context);
        for (CatalogSnapshot.Reference reference : dependents.references()) {
            constraints.dropForeignKey(current(reference.table()), reference.foreignKey());
        }
        for (Column gone : dependents.columns()) {
            removeConstraints(table, gone.number());
        }
        TableDraft draft = new TableDraft(current(table));
        for (Column gone : dependents.columns()) {
            int slot = gone.number();
            draft.indexes.removeIf(index -> uses(index, slot));
            draft.checks.removeIf(
                    check -> StoredSql.mentions(check.expression(), table.oid(), slot));
            draft.replace(draft.columns.get(slot - 1).asDropped());
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder().put(draft.build());
        dependents.sequences().forEach(sequence -> builder.removeSequence(sequence.oid()));
        SequenceReferences.drop(builder, dependents.draws());
        context.change(builder);
    }

    /// Drops foreign keys, keys and NOT NULLs of a column.
    private void removeConstraints(Table table, int slot) {
        ConstraintRemoval constraints = new ConstraintRemoval(context);
        for (ForeignKey key : List.copyOf(current(table).constraints().foreignKeys())) {
            if (key.columns().contains(slot)) {
                constraints.dropForeignKey(current(table), key);
            }
        }
        for (Constraints.KeyConstraint key : List.copyOf(current(table).constraints().keys())) {
            Table now = current(table);
            boolean uses =
                    now.indexes().stream()
                            .filter(index -> index.oid() == key.indexOid())
                            .anyMatch(index -> uses(index, slot));
            if (uses) {
                constraints.run(now, key.name(), false, DropBehavior.CASCADE);
            }
        }
    }

    private Table current(Table table) {
        Table now = context.catalog().table(table.oid());
        return now == null ? table : now;
    }

    private static boolean uses(Index index, int slot) {
        return index.columns().stream().anyMatch(column -> column.slot() == slot)
                || index.included().contains(slot);
    }
}
