package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.sql.ast.AlterTable;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ExpressionFormatter;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// ALTER TABLE: its actions one after the other, each a change of the catalog that stored data
/// follow.
final class AlterTables {
    private final DdlContext context;

    AlterTables(DdlContext context) {
        this.context = context;
    }

    void run(AlterTable statement) {
        Object found = context.names().find(statement.name());
        if (found == null && statement.ifExists()) {
            context.notice(
                    "relation \"" + statement.name().dotted() + "\" does not exist, skipping");
            return;
        }
        if (statement.kind() != ObjectKind.TABLE && !(found instanceof Table)) {
            ignoreOwnerOnly(statement, found);
            return;
        }
        Table table = context.names().table(statement.name());
        for (AlterTableAction action : statement.actions()) {
            apply(current(table), action);
        }
    }

    /// Views, sequences and indexes: there is one owner and nothing else to set.
    private static void ignoreOwnerOnly(AlterTable statement, @Nullable Object found) {
        if (found == null) {
            throw Names.undefined("relation", statement.name());
        }
        for (AlterTableAction action : statement.actions()) {
            if (!(action instanceof AlterTableAction.ChangeOwner)) {
                throw ConstraintAdder.unsupported(
                        "this form of ALTER " + statement.kind().words(), action.position());
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
            case AlterTableAction.AddColumn add -> addColumn(table, add);
            case AlterTableAction.DropColumn drop -> dropColumn(table, drop);
            case AlterTableAction.AlterColumnType alter -> alterType(table, alter);
            case AlterTableAction.SetDefault set -> setDefault(table, set);
            case AlterTableAction.SetNotNull set -> setNotNull(table, set);
            case AlterTableAction.AddIdentity add -> addIdentity(table, add);
            case AlterTableAction.SetIdentity set -> setIdentity(table, set);
            case AlterTableAction.DropIdentity drop -> dropIdentity(table, drop);
            case AlterTableAction.SetExpression set ->
                    throw ConstraintAdder.unsupported(
                            "ALTER COLUMN … SET EXPRESSION", set.position());
            case AlterTableAction.DropExpression drop -> dropExpression(table, drop);
            case AlterTableAction.AddConstraint add -> addConstraint(table, add.constraint());
            case AlterTableAction.DropConstraint drop ->
                    new ConstraintRemoval(context)
                            .run(table, drop.name(), drop.ifExists(), drop.behavior());
            case AlterTableAction.DropGroupingForeignKey drop -> dropGrouping(table, drop);
            case AlterTableAction.ValidateConstraint validate ->
                    requireConstraint(table, validate.name());
            case AlterTableAction.AlterConstraint alter ->
                    throw ConstraintAdder.unsupported("ALTER CONSTRAINT", alter.position());
            case AlterTableAction.RowLevelSecurity security -> {
                if (security.setting() == AlterTableAction.RowSecurity.ENABLE
                        || security.setting() == AlterTableAction.RowSecurity.FORCE) {
                    throw ConstraintAdder.unsupported("row-level security", security.position());
                }
            }
            case AlterTableAction.EnableTrigger trigger ->
                    throw ConstraintAdder.unsupported("a trigger", trigger.position());
            case AlterTableAction.SetColumnOptions _,
                    AlterTableAction.SetStatistics _,
                    AlterTableAction.SetStorage _,
                    AlterTableAction.SetCompression _,
                    AlterTableAction.ChangeOwner _,
                    AlterTableAction.ReplicaIdentity _,
                    AlterTableAction.ClusterOn _,
                    AlterTableAction.SetOptions _,
                    AlterTableAction.SetTablespace _,
                    AlterTableAction.SetLogged _,
                    AlterTableAction.SetAccessMethod _ -> {
                // Storage hints of PostgreSQL: accepted, nothing to do here.
            }
        }
    }

    private void addColumn(Table table, AlterTableAction.AddColumn add) {
        TableDraft draft = new TableDraft(table);
        String name = add.column().name();
        if (draft.find(name) != null) {
            if (add.ifNotExists()) {
                context.notice(
                        SqlState.DUPLICATE_COLUMN,
                        "column \""
                                + name
                                + "\" of relation \""
                                + table.name()
                                + "\" already exists, skipping");
                return;
            }
            throw new DatabaseException(
                    SqlState.DUPLICATE_COLUMN,
                    "column \"" + name + "\" of relation \"" + table.name() + "\" already exists");
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        ConstraintAdder constraints = new ConstraintAdder(context, builder, draft);
        ColumnAdder columns = new ColumnAdder(context, builder, draft, constraints);
        Column column = columns.add(add.column());
        columns.finish();
        Column added = draft.columns.get(column.number() - 1);
        ExpressionChecks.check(context, draft.build());
        columns.sequences().forEach(builder::put);
        addWithRows(table, draft, added, builder);
    }

    /// Gives the rows that are there a value: one for all where the default is the same for all,
    /// computed row by row otherwise.
    private void addWithRows(
            Table before, TableDraft draft, Column added, CatalogSnapshot.Builder builder) {
        boolean primary = draft.indexes.stream().anyMatch(Index::primary);
        boolean newKey = primary && before.primaryKey().isEmpty();
        String expression = added.defaultExpression();
        Map<Integer, String> perRow = new HashMap<>();
        if (added.isIdentity() || (expression != null && expression.startsWith("nextval("))) {
            throwIfRows(before, "ADD COLUMN of a serial or identity column to a table with rows");
        } else if (added.generation() == Column.Generation.STORED && expression != null) {
            perRow.put(added.number(), cast(expression, added));
        } else if (expression != null && newKey) {
            perRow.put(added.number(), cast(expression, added));
        } else if (expression != null) {
            String value = context.queries().value("SELECT " + cast(expression, added));
            draft.replace(Columns.withMissingValue(added, value));
        }
        if (added.notNull()
                && expression == null
                && !added.isIdentity()
                && hasRows(before, "true")) {
            throw nullsIn(before, added);
        }
        Table table = draft.build();
        boolean moves =
                newKey
                        || draft.foreignKeys.stream().filter(ForeignKey::grouping).count()
                                > before.groupingForeignKey().stream().count();
        CatalogSnapshot changed =
                moves
                        ? GroupLayout.relayout(builder.build(), table)
                        : withIndexSpaces(builder, table).build();
        if (perRow.isEmpty()) {
            context.change(changed);
        } else {
            context.transaction()
                    .changeCatalog(
                            changed,
                            Map.of(
                                    table.oid(),
                                    context.queries()
                                            .transform(before, table.columns().size(), perRow)));
        }
        checkRows(table, before);
    }

    private static String cast(String expression, Column column) {
        return "CAST((" + expression + ") AS " + TypeNames.format(column.type()) + ")";
    }

    private void throwIfRows(Table table, String what) {
        if (hasRows(table, "true")) {
            throw ConstraintAdder.unsupported(what, -1);
        }
    }

    private boolean hasRows(Table table, String condition) {
        return context.queries()
                .hasRows(
                        "SELECT 1 FROM "
                                + SqlText.qualified(List.of(table.schema(), table.name()))
                                + " WHERE "
                                + condition
                                + " LIMIT 1");
    }

    private static DatabaseException nullsIn(Table table, Column column) {
        return new DatabaseException(
                        SqlState.NOT_NULL_VIOLATION,
                        "column \""
                                + column.name()
                                + "\" of relation \""
                                + table.name()
                                + "\" contains null values")
                .withObject(table.schema(), table.name(), column.name(), null);
    }

    /// Checks rows against the check constraints that are new.
    private void checkRows(Table table, Table before) {
        for (Constraints.CheckConstraint check : table.constraints().checks()) {
            boolean isNew =
                    before.constraints().checks().stream()
                            .noneMatch(old -> old.oid() == check.oid());
            if (isNew && hasRows(table, "NOT (" + check.expression() + ")")) {
                throw new DatabaseException(
                                SqlState.CHECK_VIOLATION,
                                "check constraint \""
                                        + check.name()
                                        + "\" of relation \""
                                        + table.name()
                                        + "\" is violated by some row")
                        .withObject(table.schema(), table.name(), null, check.name());
            }
        }
    }

    /// New indexes of a draft have no key space yet.
    private static CatalogSnapshot.Builder withIndexSpaces(
            CatalogSnapshot.Builder builder, Table table) {
        TableDraft draft = new TableDraft(table);
        for (Index index : table.indexes()) {
            if (index.spaceId() == 0) {
                draft.indexes.remove(index);
                draft.indexes.add(
                        new Index(
                                index.oid(),
                                index.name(),
                                builder.newSpaceId(),
                                index.columns(),
                                index.included(),
                                index.unique(),
                                index.primary(),
                                index.isHkey(),
                                index.predicate()));
            }
        }
        return builder.put(draft.build());
    }

    private void dropColumn(Table table, AlterTableAction.DropColumn drop) {
        TableDraft draft = new TableDraft(table);
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

    private void alterType(Table table, AlterTableAction.AlterColumnType alter) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(alter.column(), -1);
        Column changed =
                Columns.withMissingValue(
                        Columns.withType(
                                column,
                                org.cladedb.analysis.TypeNameResolver.resolve(alter.type())),
                        null);
        ColumnAdder.requireStorable(column.name(), changed.type(), alter.position());
        if (!context.catalog().views().isEmpty()) {
            requireUnread(table, column);
        }
        requireUnreferenced(table, column);
        draft.replace(changed);
        String source =
                alter.using() != null
                        ? ExpressionFormatter.format(alter.using())
                        : SqlText.quoted(column.name());
        if (alter.using() == null && !convertsByItself(column.type(), changed.type())) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "column \""
                                    + column.name()
                                    + "\" cannot be cast automatically to type "
                                    + TypeNames.format(changed.type()))
                    .withHint(
                            "You might need to specify \"USING "
                                    + SqlText.identifier(column.name())
                                    + "::"
                                    + TypeNames.format(changed.type())
                                    + "\".");
        }
        Table after = draft.build();
        ExpressionChecks.check(context, after);
        boolean inKey =
                table.hkey().segments().stream()
                        .flatMap(segment -> segment.parts().stream())
                        .anyMatch(part -> part.slot() == column.number());
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        CatalogSnapshot next =
                inKey ? GroupLayout.relayout(builder.build(), after) : builder.put(after).build();
        context.transaction()
                .changeCatalog(
                        next,
                        Map.of(
                                table.oid(),
                                context.queries()
                                        .transform(
                                                table,
                                                after.columns().size(),
                                                Map.of(column.number(), cast(source, changed)))));
    }

    private boolean convertsByItself(SqlType from, SqlType to) {
        FunctionRegistry.Cast cast = context.functions().cast(from, to);
        return cast != null && cast.context() != FunctionRegistry.CastContext.EXPLICIT;
    }

    private void requireUnread(Table table, Column column) {
        for (View view : new Dependencies(context).readersOf(table, column)) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cannot alter type of a column used by a view or rule")
                    .withDetail(
                            "rule _RETURN on view %s depends on column \"%s\""
                                    .formatted(context.names().shown(view), column.name()));
        }
    }

    /// Foreign keys from or to the column would need both sides changed at once.
    private void requireUnreferenced(Table table, Column column) {
        boolean used =
                table.constraints().foreignKeys().stream()
                                .anyMatch(key -> key.columns().contains(column.number()))
                        || context.catalog().referencesTo(table).stream()
                                .anyMatch(reference ->
                                        reference
                                                .foreignKey()
                                                .referencedColumns()
                                                .contains(column.number()));
        if (used) {
            throw ConstraintAdder.unsupported("ALTER COLUMN TYPE of a column in a foreign key", -1);
        }
    }

    private void setDefault(Table table, AlterTableAction.SetDefault set) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(set.column(), -1);
        if (column.isIdentity()) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR,
                    "column \""
                            + column.name()
                            + "\" of relation \""
                            + table.name()
                            + "\" is an identity column");
        }
        draft.replace(
                Columns.withDefault(
                        column,
                        set.expression() == null
                                ? null
                                : draft.stored(set.expression(), "DEFAULT expression"),
                        Column.Generation.NONE));
        ExpressionChecks.check(context, draft.build());
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private void setNotNull(Table table, AlterTableAction.SetNotNull set) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(set.column(), -1);
        boolean inPrimaryKey =
                table.primaryKey().stream()
                        .flatMap(index -> index.columns().stream())
                        .anyMatch(part -> part.slot() == column.number());
        if (!set.notNull() && inPrimaryKey) {
            throw new DatabaseException(
                    SqlState.INVALID_TABLE_DEFINITION,
                    "column \"" + column.name() + "\" is in a primary key");
        }
        if (set.notNull() && hasRows(table, SqlText.quoted(column.name()) + " IS NULL")) {
            throw nullsIn(table, column);
        }
        draft.replace(Columns.withNotNull(column, set.notNull()));
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private void addIdentity(Table table, AlterTableAction.AddIdentity add) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(add.column(), -1);
        if (!column.notNull()) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "column \""
                            + column.name()
                            + "\" of relation \""
                            + table.name()
                            + "\" must be declared NOT NULL before identity can be added");
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        ColumnAdder columns =
                new ColumnAdder(
                        context, builder, draft, new ConstraintAdder(context, builder, draft));
        columns.addIdentity(column.number(), add.always(), add.options(), add.position());
        columns.sequences().forEach(builder::put);
        context.change(builder.put(draft.build()));
    }

    private void setIdentity(Table table, AlterTableAction.SetIdentity set) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(set.column(), -1);
        requireIdentity(table, column);
        Boolean always = set.always();
        if (always != null) {
            draft.replace(
                    Columns.withDefault(
                            column,
                            null,
                            always
                                    ? Column.Generation.IDENTITY_ALWAYS
                                    : Column.Generation.IDENTITY_BY_DEFAULT));
            context.change(context.catalog().toBuilder().put(draft.build()));
        }
        for (Sequence sequence : context.catalog().sequences()) {
            if (sequence.ownerTableOid() == table.oid()
                    && sequence.ownerColumn() == column.number()) {
                new SequenceStatements(context).alter(sequence, set.options());
            }
        }
    }

    private static void requireIdentity(Table table, Column column) {
        if (!column.isIdentity()) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "column \""
                            + column.name()
                            + "\" of relation \""
                            + table.name()
                            + "\" is not an identity column");
        }
    }

    private void dropIdentity(Table table, AlterTableAction.DropIdentity drop) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(drop.column(), -1);
        if (!column.isIdentity() && drop.ifExists()) {
            return;
        }
        requireIdentity(table, column);
        draft.replace(Columns.withDefault(column, null, Column.Generation.NONE));
        CatalogSnapshot.Builder builder = context.catalog().toBuilder().put(draft.build());
        for (Sequence sequence : context.catalog().sequences()) {
            if (sequence.ownerTableOid() == table.oid()
                    && sequence.ownerColumn() == column.number()) {
                builder.removeSequence(sequence.oid());
            }
        }
        context.change(builder);
    }

    private void dropExpression(Table table, AlterTableAction.DropExpression drop) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(drop.column(), -1);
        if (column.generation() != Column.Generation.STORED) {
            if (drop.ifExists()) {
                return;
            }
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "column \""
                            + column.name()
                            + "\" of relation \""
                            + table.name()
                            + "\" is not a stored generated column");
        }
        draft.replace(Columns.withDefault(column, null, Column.Generation.NONE));
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private void addConstraint(Table table, TableConstraint constraint) {
        TableDraft draft = new TableDraft(table);
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        ConstraintAdder adder = new ConstraintAdder(context, builder, draft);
        ForeignKey foreignKey = adder.add(constraint);
        List<Column> newNotNull = new ArrayList<>();
        for (Column column : draft.columns) {
            if (column.notNull() && !table.column(column.number()).notNull()) {
                newNotNull.add(column);
            }
        }
        for (Column column : newNotNull) {
            if (hasRows(table, SqlText.quoted(column.name()) + " IS NULL")) {
                throw nullsIn(table, column);
            }
        }
        Table changed = draft.build();
        ExpressionChecks.check(context, changed);
        if (foreignKey != null && foreignKey.grouping()) {
            context.change(GroupLayout.attach(builder.build(), table.oid(), foreignKey));
        } else if (changed.primaryKey().isPresent() && table.primaryKey().isEmpty()) {
            context.change(GroupLayout.relayout(builder.build(), changed));
        } else {
            context.change(withIndexSpaces(builder, changed));
        }
        checkRows(changed, table);
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

    private static void requireConstraint(Table table, String name) {
        if (!new TableDraft(table).hasConstraint(name)) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "constraint \""
                            + name
                            + "\" of relation \""
                            + table.name()
                            + "\" does not exist");
        }
    }
}
