package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.AlterTable;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.txn.TableLockMode;

/// ALTER TABLE: its actions one after the other, each a change of the catalog that stored data
/// follow.
final class AlterTables {
    private final DdlContext context;
    private final StoredRows rows;
    private final ColumnRewrite rewrite;
    private final ColumnAttributes attributes;
    private final TableStorages storages;
    private final ColumnStorages columnStorages;

    AlterTables(DdlContext context) {
        this.context = context;
        this.rows = new StoredRows(context);
        this.rewrite = new ColumnRewrite(context);
        this.attributes = new ColumnAttributes(context);
        this.storages = new TableStorages(context);
        this.columnStorages = new ColumnStorages(context);
    }

    void run(AlterTable statement) {
        Object found = context.names().find(statement.name());
        if (found == null && statement.ifExists()) {
            context.notice(
                    "relation \"" + statement.name().dotted() + "\" does not exist, skipping");
            return;
        }
        if (found != null) {
            RelationKinds.requireAlterable(statement.kind(), found, statement.name());
        }
        if (found instanceof View || found instanceof Sequence || found instanceof Index) {
            new OtherRelations(context).run(statement, found);
            return;
        }
        Table table = context.names().table(statement.name());
        // What is verified of the rows is verified when nobody writes them any more.
        context.transaction()
                .lockDefinition(table.oid(), AlterTableLocks.mode(statement.actions()));
        requireOneTypeEach(statement.actions());
        for (AlterTableAction action : statement.actions()) {
            apply(current(table), action);
        }
    }

    private static void requireOneTypeEach(List<AlterTableAction> actions) {
        Set<String> seen = new HashSet<>();
        for (AlterTableAction action : actions) {
            if (action instanceof AlterTableAction.AlterColumnType alter
                    && !seen.add(alter.column())) {
                throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "cannot alter type of column \"" + alter.column() + "\" twice");
            }
        }
    }

    private Table current(Table table) {
        Table now = context.catalog().table(table.oid());
        if (now == null) {
            throw new IllegalStateException("a table being altered stays");
        }
        return now;
    }

    private void apply(Table table, AlterTableAction action) {
        switch (action) {
            case AlterTableAction.AddColumn add -> rewrite.add(table, add);
            case AlterTableAction.DropColumn drop -> dropColumn(table, drop);
            case AlterTableAction.AlterColumnType alter -> rewrite.alterType(table, alter);
            case AlterTableAction.SetDefault set -> attributes.setDefault(table, set);
            case AlterTableAction.SetNotNull set -> attributes.setNotNull(table, set);
            case AlterTableAction.AddIdentity add -> attributes.addIdentity(table, add);
            case AlterTableAction.SetIdentity set -> attributes.setIdentity(table, set);
            case AlterTableAction.DropIdentity drop -> attributes.dropIdentity(table, drop);
            case AlterTableAction.SetExpression set ->
                    throw ConstraintAdder.unsupported(
                            "ALTER COLUMN … SET EXPRESSION", set.position());
            case AlterTableAction.DropExpression drop -> attributes.dropExpression(table, drop);
            case AlterTableAction.AddConstraint add -> addConstraint(table, add.constraint());
            case AlterTableAction.DropConstraint drop ->
                    new ConstraintRemoval(context)
                            .run(table, drop.name(), drop.ifExists(), drop.behavior());
            case AlterTableAction.DropGroupingForeignKey drop -> dropGrouping(table, drop);
            case AlterTableAction.ValidateConstraint validate ->
                    new ConstraintChanges(context).validate(table, validate.name());
            case AlterTableAction.AlterConstraint alter ->
                    new ConstraintChanges(context).alter(table, alter);
            case AlterTableAction.RowLevelSecurity security -> {
                if (security.setting() == AlterTableAction.RowSecurity.ENABLE
                        || security.setting() == AlterTableAction.RowSecurity.FORCE) {
                    throw ConstraintAdder.unsupported("row-level security", security.position());
                }
            }
            case AlterTableAction.ChangeOwner owner -> new Roles(context).require(owner.owner());
            case AlterTableAction.EnableTrigger trigger ->
                    throw ConstraintAdder.unsupported("a trigger", trigger.position());
            case AlterTableAction.SetColumnOptions set -> columnStorages.apply(table, set);
            case AlterTableAction.SetStatistics set -> columnStorages.apply(table, set);
            case AlterTableAction.SetStorage set -> columnStorages.apply(table, set);
            case AlterTableAction.SetCompression set -> columnStorages.apply(table, set);
            case AlterTableAction.ReplicaIdentity replica -> storages.apply(table, replica);
            case AlterTableAction.ClusterOn cluster -> storages.apply(table, cluster);
            case AlterTableAction.SetOptions set -> storages.apply(table, set);
            case AlterTableAction.SetLogged set -> storages.apply(table, set);
            case AlterTableAction.SetTablespace set ->
                    StoragePlaces.requireTablespace(set.tablespace());
            case AlterTableAction.SetAccessMethod set ->
                    StoragePlaces.requireTableMethod(set.method());
        }
    }

    private void dropColumn(Table table, AlterTableAction.DropColumn drop) {
        TableDraft draft = new TableDraft(table);
        if (Column.SYSTEM_NAMES.contains(drop.column())) {
            throw new DatabaseException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "cannot drop system column \"" + drop.column() + "\"");
        }
        Column column = draft.find(drop.column());
        if (column == null && drop.ifExists()) {
            context.notice(
                    "column \""
                            + drop.column()
                            + "\" of relation \""
                            + table.name()
                            + "\" does not exist, skipping");
            return;
        }
        new ColumnRemoval(context)
                .run(
                        table,
                        draft.column(drop.column(), -1),
                        drop.behavior() == DropBehavior.CASCADE);
    }

    private void addConstraint(Table table, TableConstraint constraint) {
        TableDraft draft = new TableDraft(table);
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        ConstraintAdder adder = new ConstraintAdder(context, builder, draft);
        ForeignKey foreignKey = adder.add(constraint);
        List<Column> newNotNull = new ArrayList<>();
        for (Column column : draft.columns) {
            Constraints.NotNullConstraint notNull = draft.notNull(column.number());
            boolean isNew = column.notNull() && !table.column(column.number()).notNull();
            if (isNew && (notNull == null || notNull.validated())) {
                newNotNull.add(column);
            }
        }
        for (Column column : newNotNull) {
            rows.requireNoNulls(table, column);
        }
        ExpressionChecks.store(context, draft);
        Table changed = draft.build();
        if (foreignKey != null && foreignKey.grouping()) {
            context.change(
                    GroupLayout.attach(builder.build(), table.oid(), foreignKey),
                    TableLockMode.SHARE_ROW_EXCLUSIVE);
        } else if (changed.primaryKey().isPresent() && table.primaryKey().isEmpty()) {
            context.change(GroupLayout.relayout(builder.build(), changed));
        } else {
            context.change(
                    IndexSpaces.fill(builder, changed).build(),
                    foreignKey == null
                            ? TableLockMode.ACCESS_EXCLUSIVE
                            : TableLockMode.SHARE_ROW_EXCLUSIVE);
        }
        rows.check(changed, table);
    }

    private void dropGrouping(Table table, AlterTableAction.DropGroupingForeignKey drop) {
        if (table.groupingForeignKey().isEmpty()) {
            if (drop.ifExists()) {
                return;
            }
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "table \"" + table.name() + "\" has no grouping foreign key");
        }
        context.change(GroupLayout.detach(context.catalog(), table.oid()));
    }
}
