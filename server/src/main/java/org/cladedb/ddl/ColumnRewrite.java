package org.cladedb.ddl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.analysis.Collations;
import org.cladedb.analysis.ExpressionEntry;
import org.cladedb.analysis.TypeNameResolver;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.sql.ast.AlterTableAction;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ExpressionFormatter;
import org.cladedb.sql.ast.SequenceOption;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.sql.words.SqlText;
import org.cladedb.storage.group.RowTransform;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeNames;

/// ALTER TABLE actions that give the rows that are there new content: ADD COLUMN and ALTER COLUMN
/// TYPE.
final class ColumnRewrite {
    private final DdlContext context;
    private final StoredRows rows;

    ColumnRewrite(DdlContext context) {
        this.context = context;
        this.rows = new StoredRows(context);
    }

    void add(Table table, AlterTableAction.AddColumn add) {
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
        columns.addConstraints();
        columns.makeSequences();
        ExpressionChecks.store(context, draft);
        Column added = draft.columns.get(column.number() - 1);
        columns.sequences().forEach(builder::put);
        addWithRows(table, draft, added, columns.sequences(), builder);
    }

    /// Gives the rows that are there a value: one for all where the default is the same for all,
    /// computed row by row otherwise.
    ///
    /// @param sequences what a serial or identity column draws from
    private void addWithRows(
            Table before,
            TableDraft draft,
            Column added,
            List<Sequence> sequences,
            CatalogSnapshot.Builder builder) {
        boolean primary = draft.indexes.stream().anyMatch(Index::primary);
        boolean newKey = primary && before.primaryKey().isEmpty();
        String stored = added.defaultExpression();
        String expression =
                stored == null ? null : new StoredSql(context.catalog()).of(stored, draft);
        Map<Integer, String> perRow = new HashMap<>();
        boolean isNull = expression == null && sequences.isEmpty();
        if (sequences.isEmpty() && expression != null) {
            boolean isStored = added.generation() == Column.Generation.STORED;
            if (isStored || newKey || isVolatile(added, expression)) {
                perRow.put(added.number(), cast(expression, added));
            } else {
                String value = context.queries().value(cast(expression, added), added);
                draft.replace(added.withMissingValue(value));
                isNull = value == null;
            }
        }
        if (added.notNull() && isNull && rows.exist(before, "true")) {
            throw StoredRows.nullsIn(before, added);
        }
        Table table = draft.build();
        boolean moves =
                newKey
                        || draft.foreignKeys.stream().filter(ForeignKey::grouping).count()
                                > before.groupingForeignKey().stream().count();
        CatalogSnapshot changed =
                moves
                        ? GroupLayout.relayout(builder.build(), table)
                        : IndexSpaces.fill(builder, table).build();
        int slots = table.columns().size();
        if (!sequences.isEmpty()) {
            change(changed, table, drawn(before, slots, added.number(), sequences.getFirst()));
        } else if (!perRow.isEmpty()) {
            change(
                    changed,
                    table,
                    context.queries()
                            .transform(before, slots, perRow, Map.of(added.number(), added)));
            if (added.notNull()) {
                rows.requireNoNulls(table, added);
            }
        } else {
            context.change(changed);
        }
        rows.check(table, before);
    }

    private void change(CatalogSnapshot changed, Table table, RowTransform transform) {
        context.transaction().changeCatalog(changed, Map.of(table.oid(), transform));
    }

    /// Gives each row the next value of a new sequence.
    private RowTransform drawn(Table before, int slots, int slot, Sequence sequence) {
        RowTransform copy = context.queries().transform(before, slots, Map.of(), Map.of());
        return oldRow -> {
            Datum[] row = copy.apply(oldRow);
            row[slot - 1] = Datum.ofLong(context.sequences().next(context.transaction(), sequence));
            return row;
        };
    }

    private boolean isVolatile(Column column, String expression) {
        try {
            return Expressions.isVolatile(
                    ExpressionEntry.defaultValue(
                            SqlParser.parseExpression(expression),
                            column.name(),
                            column.type(),
                            context.analysis()));
        } catch (DatabaseException failure) {
            // Its position counts in the text that is stored.
            throw failure.movedTo(-1);
        }
    }

    /// The value in the column's type without its modifier, which storing applies.
    private static String cast(String expression, Column column) {
        return "CAST((%s) AS %s)"
                .formatted(expression, TypeNames.format(column.type().withoutModifier()));
    }

    /// Fails when an index on the column cannot be had for its new type.
    private void requireIndexable(TableDraft draft, Column changed) {
        for (Index index : draft.indexes) {
            for (Index.IndexColumn part : index.columns()) {
                if (part.slot() == changed.number()) {
                    new OperatorClasses(context).requireFit(part.operatorClass(), changed.type());
                    ConstraintAdder.requireIndexable(changed.type());
                }
            }
        }
    }

    void alterType(Table table, AlterTableAction.AlterColumnType alter) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(alter.column(), -1);
        SqlType type = TypeNameResolver.resolve(alter.type());
        Column changed =
                column.withType(type)
                        .withMissingValue(null)
                        .withCollation(
                                Collations.ofColumn(type, alter.collation(), context.catalog()))
                        .withStorage(column.storage().withStorage((char) 0).withCompression(""));
        ColumnAdder.requireStorable(column.name(), changed.type(), alter.position());
        boolean isGenerated = column.generation() == Column.Generation.STORED;
        if (isGenerated && alter.using() != null) {
            throw new DatabaseException(
                            SqlState.INVALID_COLUMN_DEFINITION,
                            "cannot specify USING when altering type of generated column")
                    .withDetail("Column \"%s\" is a generated column.".formatted(column.name()))
                    .at(alter.position());
        }
        String source =
                alter.using() == null
                        ? SqlText.quoted(column.name())
                        : hasNoType(alter.using())
                                ? cast(ExpressionFormatter.format(alter.using()), changed)
                                : ExpressionFormatter.format(alter.using());
        if (alter.using() == null && !convertsByItself(column.type(), changed.type())) {
            DatabaseException failure =
                    new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "column \""
                                    + column.name()
                                    + "\" cannot be cast automatically to type "
                                    + TypeNames.format(changed.type()));
            throw isGenerated
                    ? failure
                    : failure.withHint(
                            "You might need to specify \"USING "
                                    + SqlText.identifier(column.name())
                                    + "::"
                                    + TypeNames.format(changed.type())
                                    + "\".");
        }
        requireIndexable(draft, changed);
        draft.replace(changed);
        ExpressionChecks.storeDefaultAgain(context, draft, changed);
        requireUnused(table, column);
        ExpressionChecks.storeChecksAgain(context, draft, changed);
        Table after = draft.build();
        boolean inKey =
                table.hkey().segments().stream()
                        .flatMap(segment -> segment.parts().stream())
                        .anyMatch(part -> part.slot() == column.number());
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        if (column.isIdentity()) {
            followType(table, column, alter, builder);
        }
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
                                                Map.of(column.number(), source),
                                                Map.of(column.number(), changed))));
        rows.checkRewritten(after, changed);
    }

    private static boolean hasNoType(Expression expression) {
        return expression instanceof Expression.StringLiteral
                || expression instanceof Expression.NullLiteral;
    }

    private void requireUnused(Table table, Column column) {
        if (!context.catalog().views().isEmpty()) {
            requireUnread(table, column);
        }
        requireUnreferenced(table, column);
        requireNotGenerating(table, column);
    }

    /// An identity column's sequence has the column's type.
    private void followType(
            Table table,
            Column column,
            AlterTableAction.AlterColumnType alter,
            CatalogSnapshot.Builder builder) {
        switch (TypeNameResolver.resolve(alter.type()).kind()) {
            case SMALLINT, INTEGER, BIGINT -> {
                Sequence sequence = context.catalog().identitySequence(table, column);
                if (sequence != null) {
                    builder.put(
                            SequenceFactory.alter(
                                    sequence,
                                    List.of(new SequenceOption.DataType(alter.type(), -1))));
                }
            }
            default ->
                    throw new DatabaseException(
                            SqlState.INVALID_PARAMETER_VALUE,
                            "identity column type must be smallint, integer, or bigint");
        }
    }

    private static void requireNotGenerating(Table table, Column column) {
        for (Column other : table.columns()) {
            String expression = other.defaultExpression();
            if (other.generation() == Column.Generation.STORED
                    && !other.dropped()
                    && expression != null
                    && StoredSql.mentions(expression, table.oid(), column.number())) {
                throw new DatabaseException(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "cannot alter type of a column used by a generated column")
                        .withDetail(
                                "Column \"%s\" is used by generated column \"%s\"."
                                        .formatted(column.name(), other.name()));
            }
        }
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
}
