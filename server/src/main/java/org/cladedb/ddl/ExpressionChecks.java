package org.cladedb.ddl;

import java.util.List;
import java.util.function.Function;
import org.cladedb.analysis.StoredDefinitions;
import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.types.TypeNames;

/// Has analysis look at the expressions that a statement gives a table, so that mistakes are
/// reported when they are made, and gives them the form in which they are stored.
final class ExpressionChecks {
    private final DdlContext context;
    private final TableDraft draft;

    private ExpressionChecks(DdlContext context, TableDraft draft) {
        this.context = context;
        this.draft = draft;
    }

    /// Replaces the expressions in the draft that the statement wrote by their stored form. Errors
    /// have positions for new tables only.
    static void store(DdlContext context, TableDraft draft) {
        new ExpressionChecks(context, draft).store();
    }

    /// Analyses the default or generation expression of a column anew, which has a new type.
    static void storeDefaultAgain(DdlContext context, TableDraft draft, Column column) {
        String stored = column.defaultExpression();
        if (stored == null) {
            return;
        }
        StoredSql sql = new StoredSql(context.catalog());
        String text = sql.of(stored, draft);
        draft.written.put(text, sql.parsed(stored, draft));
        draft.replace(column.withDefault(text, column.generation()));
        try {
            store(context, draft);
        } catch (DatabaseException failure) {
            // It was right for the old type: only its own type can be wrong now.
            throw failure.state() == SqlState.DATATYPE_MISMATCH
                    ? new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "%s for column \"%s\" cannot be cast automatically to type %s"
                                    .formatted(
                                            column.generation() == Column.Generation.STORED
                                                    ? "generation expression"
                                                    : "default",
                                            column.name(),
                                            TypeNames.format(column.type())))
                    : failure;
        }
    }

    /// Analyses the checks anew that mention a column, which has a new type.
    static void storeChecksAgain(DdlContext context, TableDraft draft, Column column) {
        StoredSql sql = new StoredSql(context.catalog());
        draft.checks.replaceAll(check -> {
            if (!StoredSql.mentions(check.expression(), draft.oid, column.number())) {
                return check;
            }
            String text = sql.of(check.expression(), draft);
            draft.written.put(text, sql.parsed(check.expression(), draft));
            return check.withExpression(text);
        });
        store(context, draft);
    }

    private void store() {
        for (Column column : List.copyOf(draft.columns)) {
            String expression = column.defaultExpression();
            if (column.dropped() || expression == null) {
                continue;
            }
            String stored =
                    stored(
                            expression,
                            written ->
                                    column.generation() == Column.Generation.STORED
                                            ? StoredDefinitions.generated(
                                                    written,
                                                    column,
                                                    draft.name,
                                                    draft.columns,
                                                    context.analysis())
                                            : StoredDefinitions.defaultValue(
                                                    written,
                                                    column.name(),
                                                    column.type(),
                                                    context.analysis()));
            draft.replace(column.withDefault(stored, column.generation()));
        }
        draft.checks.replaceAll(check ->
                check.withExpression(
                        stored(
                                check.expression(),
                                written ->
                                        StoredDefinitions.check(
                                                written,
                                                draft.name,
                                                draft.columns,
                                                context.analysis()))));
    }

    private String stored(String text, Function<Expression, String> analysis) {
        Expression written = draft.written.get(text);
        if (written == null) {
            return text;
        }
        try {
            return analysis.apply(written);
        } catch (DatabaseException failure) {
            throw draft.isNew() ? failure : failure.movedTo(-1);
        }
    }
}
