package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.DropBehavior;

/// ALTER TABLE … DROP COLUMN: the slot stays, what is built on the column goes.
final class ColumnRemoval {
    private final DdlContext context;

    ColumnRemoval(DdlContext context) {
        this.context = context;
    }

    void run(Table table, Column column, boolean cascade) {
        int slot = column.number();
        Dependencies dependencies = new Dependencies(context);
        dependencies.drop(
                dependencies.on(table, column),
                "column %s of table %s".formatted(column.name(), context.names().shown(table)),
                cascade);
        List<Sequence> owned =
                context.catalog().ownedSequences(table.oid()).stream()
                        .filter(sequence -> sequence.ownerColumn() == slot)
                        .toList();
        SequenceReferences references = new SequenceReferences(context);
        List<SequenceReferences.Use> draws =
                references.usesOf(owned).stream()
                        .filter(use ->
                                use.table().oid() != table.oid() || use.column().number() != slot)
                        .toList();
        references.requireCascade(
                draws,
                "column %s of table %s".formatted(column.name(), context.names().shown(table)),
                cascade);
        context.noticeCascade(draws.stream().map(use -> use.described(context.names())).toList());
        DropBehavior behavior = cascade ? DropBehavior.CASCADE : DropBehavior.RESTRICT;
        ConstraintRemoval constraints = new ConstraintRemoval(context);
        for (ForeignKey key : List.copyOf(table.constraints().foreignKeys())) {
            if (key.columns().contains(slot)) {
                constraints.dropForeignKey(current(table), key);
            }
        }
        for (Constraints.KeyConstraint key : List.copyOf(table.constraints().keys())) {
            Table now = current(table);
            boolean uses =
                    now.indexes().stream()
                            .filter(index -> index.oid() == key.indexOid())
                            .anyMatch(index -> uses(index, slot));
            if (uses) {
                constraints.run(now, key.name(), false, behavior);
            }
        }
        TableDraft draft = new TableDraft(current(table));
        draft.indexes.removeIf(index -> uses(index, slot));
        draft.checks.removeIf(check -> StoredSql.mentions(check.expression(), table.oid(), slot));
        removeGenerated(draft, column, cascade);
        draft.replace(draft.columns.get(slot - 1).asDropped());
        CatalogSnapshot.Builder builder = context.catalog().toBuilder().put(draft.build());
        owned.forEach(sequence -> builder.removeSequence(sequence.oid()));
        SequenceReferences.drop(builder, draws);
        context.change(builder);
    }

    private Table current(Table table) {
        Table now = context.catalog().table(table.oid());
        return now == null ? table : now;
    }

    private static boolean uses(Index index, int slot) {
        return index.columns().stream().anyMatch(column -> column.slot() == slot)
                || index.included().contains(slot);
    }

    /// Drops the columns that are computed from the column, or fails.
    private static void removeGenerated(TableDraft draft, Column column, boolean cascade) {
        List<Column> generated =
                draft.columns.stream()
                        .filter(other -> isMadeFrom(draft.oid, other, column))
                        .toList();
        if (!cascade && !generated.isEmpty()) {
            String dropped = "column " + column.name() + " of table " + draft.name;
            List<String> lines =
                    generated.stream()
                            .map(other ->
                                    "column %s of table %s depends on %s"
                                            .formatted(other.name(), draft.name, dropped))
                            .toList();
            throw new DatabaseException(
                            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop " + dropped + " because other objects depend on it")
                    .withDetail(String.join("\n", lines))
                    .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
        generated.forEach(other -> draft.replace(other.asDropped()));
    }

    private static boolean isMadeFrom(int tableOid, Column other, Column column) {
        String expression = other.defaultExpression();
        return other.generation() == Column.Generation.STORED
                && expression != null
                && StoredSql.mentions(expression, tableOid, column.number());
    }
}
