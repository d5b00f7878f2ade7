package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.DropBehavior;

/// ALTER TABLE … DROP CONSTRAINT.
final class ConstraintRemoval {
    private final DdlContext context;

    ConstraintRemoval(DdlContext context) {
        this.context = context;
    }

    void run(Table table, String name, boolean ifExists, DropBehavior behavior) {
        for (ForeignKey key : table.constraints().foreignKeys()) {
            if (key.name().equals(name)) {
                dropForeignKey(table, key);
                return;
            }
        }
        TableDraft draft = new TableDraft(table);
        if (draft.checks.removeIf(check -> check.name().equals(name))) {
            context.change(context.catalog().toBuilder().put(draft.build()));
            return;
        }
        for (Constraints.KeyConstraint key : table.constraints().keys()) {
            if (key.name().equals(name)) {
                dropKey(table, key, behavior);
                return;
            }
        }
        for (Constraints.NotNullConstraint notNull : table.constraints().notNulls()) {
            if (notNull.name().equals(name)) {
                new ColumnAttributes(context)
                        .dropNotNullConstraint(table, table.column(notNull.column()));
                return;
            }
        }
        String message =
                "constraint \"" + name + "\" of relation \"" + table.name() + "\" does not exist";
        if (!ifExists) {
            throw new DatabaseException(SqlState.UNDEFINED_OBJECT, message);
        }
        context.notice(message + ", skipping");
    }

    /// Drops a foreign key; a grouping one takes its table out of the group.
    void dropForeignKey(Table table, ForeignKey key) {
        if (key.grouping()) {
            context.change(GroupLayout.detach(context.catalog(), table.oid()));
            return;
        }
        TableDraft draft = new TableDraft(table);
        draft.foreignKeys.removeIf(other -> other.oid() == key.oid());
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private void dropKey(Table table, Constraints.KeyConstraint key, DropBehavior behavior) {
        Index index =
                table.indexes().stream()
                        .filter(candidate -> candidate.oid() == key.indexOid())
                        .findFirst()
                        .orElseThrow();
        if (behavior == DropBehavior.RESTRICT) {
            requireUnused(table, key, index);
        }
        Dependencies dependencies = new Dependencies(context);
        dependencies.drop(
                dependencies.on(table, key),
                "constraint %s on table %s".formatted(key.name(), context.names().shown(table)),
                behavior == DropBehavior.CASCADE);
        List<String> cascaded = new ArrayList<>();
        for (CatalogSnapshot.Reference reference : context.catalog().referencesTo(table)) {
            if (!uses(reference.foreignKey(), index)) {
                continue;
            }
            cascaded.add(
                    "constraint "
                            + reference.foreignKey().name()
                            + " on table "
                            + context.names().shown(reference.table()));
            Table referencing = context.catalog().table(reference.table().oid());
            if (referencing != null) {
                dropForeignKey(referencing, reference.foreignKey());
            }
        }
        context.noticeCascade(cascaded);
        Table now = context.catalog().table(table.oid());
        TableDraft draft = new TableDraft(now == null ? table : now);
        draft.keys.removeIf(other -> other.oid() == key.oid());
        draft.indexes.removeIf(other -> other.oid() == index.oid());
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        context.change(
                key.primary()
                        ? GroupLayout.relayout(builder.build(), draft.build())
                        : builder.put(draft.build()).build());
    }

    private void requireUnused(Table table, Constraints.KeyConstraint key, Index index) {
        List<String> dependents =
                context.catalog().referencesTo(table).stream()
                        .filter(reference -> uses(reference.foreignKey(), index))
                        .map(reference ->
                                "constraint %s on table %s depends on index %s"
                                        .formatted(
                                                reference.foreignKey().name(),
                                                context.names().shown(reference.table()),
                                                index.name()))
                        .toList();
        if (!dependents.isEmpty()) {
            throw new DatabaseException(
                            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop constraint "
                                    + key.name()
                                    + " on table "
                                    + context.names().shown(table)
                                    + " because other objects depend on it")
                    .withDetail(String.join("\n", dependents))
                    .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
    }

    private static boolean uses(ForeignKey key, Index index) {
        return index.columns().size() == key.referencedColumns().size()
                && index.columns().stream()
                        .allMatch(column -> key.referencedColumns().contains(column.slot()));
    }
}
