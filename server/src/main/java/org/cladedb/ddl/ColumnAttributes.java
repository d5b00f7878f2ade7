package org.cladedb.ddl;

import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.AlterTableAction;

/// ALTER COLUMN actions that change what a column promises, not what its rows hold: default, NOT
/// NULL, identity, generation.
final class ColumnAttributes {
    private final DdlContext context;
    private final StoredRows rows;

    ColumnAttributes(DdlContext context) {
        this.context = context;
        this.rows = new StoredRows(context);
    }

    void setDefault(Table table, AlterTableAction.SetDefault set) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(set.column(), -1);
        if (column.isIdentity()) {
            DatabaseException failure =
                    new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "column \"%s\" of relation \"%s\" is an identity column"
                                    .formatted(column.name(), table.name()));
            throw set.expression() != null
                    ? failure
                    : failure.withHint(
                            "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead.");
        }
        if (column.generation() == Column.Generation.STORED) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "column \"%s\" of relation \"%s\" is a generated column"
                                    .formatted(column.name(), table.name()))
                    .withHint(
                            set.expression() == null
                                    ? "Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead."
                                    : "Use ALTER TABLE ... ALTER COLUMN ... SET EXPRESSION instead.");
        }
        draft.replace(
                column.withDefault(
                        set.expression() == null
                                ? null
                                : ColumnAdder.storedDefault(draft, set.expression()),
                        Column.Generation.NONE));
        ExpressionChecks.store(context, draft);
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    void setNotNull(Table table, AlterTableAction.SetNotNull set) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(set.column(), -1);
        if (!set.notNull()) {
            dropNotNull(table, column);
            return;
        }
        Constraints.NotNullConstraint existing = draft.notNull(column.number());
        if (existing == null || !existing.validated()) {
            rows.requireNoNulls(table, column);
        }
        if (existing != null) {
            draft.notNulls.replaceAll(
                    other -> other.oid() == existing.oid() ? existing.withValidated() : other);
        }
        draft.replace(column.withNotNull(true));
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private void dropNotNull(Table table, Column column) {
        requireNoIdentity(table, column, SqlState.SYNTAX_ERROR);
        requireInNoKey(table, column);
        takeNotNull(table, column);
    }

    /// Drops the NOT NULL constraint of a column.
    void dropNotNullConstraint(Table table, Column column) {
        requireInNoKey(table, column);
        requireNoIdentity(table, column, SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE);
        takeNotNull(table, column);
    }

    private static void requireNoIdentity(Table table, Column column, SqlState state) {
        if (column.isIdentity()) {
            throw new DatabaseException(
                    state,
                    "column \"%s\" of relation \"%s\" is an identity column"
                            .formatted(column.name(), table.name()));
        }
    }

    private static void requireInNoKey(Table table, Column column) {
        boolean inPrimaryKey =
                table.primaryKey().stream()
                        .flatMap(index -> index.columns().stream())
                        .anyMatch(part -> part.slot() == column.number());
        if (inPrimaryKey) {
            throw new DatabaseException(
                    SqlState.INVALID_TABLE_DEFINITION,
                    "column \"" + column.name() + "\" is in a primary key");
        }
        if (TableStorages.identifies(table, column)) {
            throw new DatabaseException(
                    SqlState.INVALID_TABLE_DEFINITION,
                    "column \"" + column.name() + "\" is in index used as replica identity");
        }
    }

    private void takeNotNull(Table table, Column column) {
        TableDraft draft = new TableDraft(table);
        draft.replace(column.withNotNull(false));
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    void addIdentity(Table table, AlterTableAction.AddIdentity add) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(add.column(), -1);
        ColumnAdder.requireCountable(column);
        if (column.isIdentity()) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "column \"%s\" of relation \"%s\" is already an identity column"
                            .formatted(column.name(), table.name()));
        }
        if (column.defaultExpression() != null) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "column \"%s\" of relation \"%s\" already has a default value"
                            .formatted(column.name(), table.name()));
        }
        if (!column.notNull()) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "column \""
                            + column.name()
                            + "\" of relation \""
                            + table.name()
                            + "\" must be declared NOT NULL before identity can be added");
        }
        Constraints.NotNullConstraint notNull = draft.notNull(column.number());
        if (notNull != null && !notNull.validated()) {
            throw NotNullAdder.notValid(table.name(), notNull);
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        ColumnAdder columns =
                new ColumnAdder(
                        context, builder, draft, new ConstraintAdder(context, builder, draft));
        columns.addIdentity(column.number(), add.always(), add.options(), add.position());
        columns.makeSequences();
        columns.sequences().forEach(builder::put);
        context.change(builder.put(draft.build()));
    }

    void setIdentity(Table table, AlterTableAction.SetIdentity set) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(set.column(), -1);
        requireIdentity(table, column);
        Boolean always = set.always();
        if (always != null) {
            draft.replace(
                    column.withDefault(
                            null,
                            always
                                    ? Column.Generation.IDENTITY_ALWAYS
                                    : Column.Generation.IDENTITY_BY_DEFAULT));
            context.change(context.catalog().toBuilder().put(draft.build()));
        }
        Sequence sequence = context.catalog().identitySequence(table, column);
        if (sequence != null) {
            new SequenceStatements(context).alter(sequence, set.options());
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

    void dropIdentity(Table table, AlterTableAction.DropIdentity drop) {
        TableDraft draft = new TableDraft(table);
        Column column = draft.column(drop.column(), -1);
        if (!column.isIdentity() && drop.ifExists()) {
            context.notice(
                    "column \"%s\" of relation \"%s\" is not an identity column, skipping"
                            .formatted(column.name(), table.name()));
            return;
        }
        requireIdentity(table, column);
        draft.replace(column.withDefault(null, Column.Generation.NONE));
        CatalogSnapshot.Builder builder = context.catalog().toBuilder().put(draft.build());
        Sequence sequence = context.catalog().identitySequence(table, column);
        if (sequence != null) {
            builder.removeSequence(sequence.oid());
        }
        context.change(builder);
    }

    void dropExpression(Table table, AlterTableAction.DropExpression drop) {
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
                            + "\" is not a generated column");
        }
        draft.replace(column.withDefault(null, Column.Generation.NONE));
        context.change(context.catalog().toBuilder().put(draft.build()));
    }
}
