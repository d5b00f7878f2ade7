package org.cladedb.analysis;

import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// The entry to this package for single expressions, as DDL and EXECUTE have them. Stateless.
public final class ExpressionEntry {
    private ExpressionEntry() {}

    /// The value of `written`, which refers to no column, for a variable of type `target`; null
    /// keeps its own type.
    public static TypedExpression value(
            Expression written, @Nullable SqlType target, AnalysisContext context) {
        StatementState state = new StatementState(context);
        ExpressionAnalyzer expressions = new ExpressionAnalyzer(QueryScope.root(state));
        Operand operand =
                new Operand(
                        expressions.analyze(written, ExpressionKind.VALUES),
                        SourcePositions.start(written));
        if (target == null) {
            return expressions.coercion.settle(operand);
        }
        TypedExpression converted =
                expressions.coercion.tryConvert(
                        operand,
                        target,
                        org.cladedb.functions.FunctionRegistry.CastContext.ASSIGNMENT);
        if (converted == null) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "expression of type "
                                    + TypeText.of(operand.type())
                                    + " cannot be coerced to the expected type "
                                    + TypeText.of(target))
                    .withHint("You will need to rewrite or cast the expression.")
                    .at(operand.position());
        }
        return converted;
    }

    /// A DEFAULT for a column, converted to its type.
    public static TypedExpression defaultValue(
            Expression written, String columnName, SqlType type, AnalysisContext context) {
        return new StoredExpressions(new StatementState(context))
                .defaultValue(written, columnName, type);
    }

    /// A CHECK condition over a table's columns (all slots, dropped ones included).
    public static RowExpression check(
            Expression written, String table, List<Column> columns, AnalysisContext context) {
        return condition(written, table, columns, ExpressionKind.CHECK, "CHECK", context);
    }

    /// The condition of a partial index; must be immutable.
    public static RowExpression indexPredicate(
            Expression written, String table, List<Column> columns, AnalysisContext context) {
        RowExpression predicate =
                condition(
                        written, table, columns, ExpressionKind.INDEX_PREDICATE, "WHERE", context);
        requireImmutable(
                predicate.expression(), "functions in index predicate must be marked IMMUTABLE");
        return predicate;
    }

    /// A key of an index; must be immutable.
    public static RowExpression indexExpression(
            Expression written, String table, List<Column> columns, AnalysisContext context) {
        Row row = new Row(table, columns, context, null);
        TypedExpression value = row.expressions.analyze(written, ExpressionKind.INDEX);
        TypedExpression settled =
                row.expressions.coercion.settle(new Operand(value, SourcePositions.start(written)));
        Ordering.requireOrder(settled.type(), SourcePositions.start(written));
        requireImmutable(settled, "functions in index expression must be marked IMMUTABLE");
        return new RowExpression(settled, row.outputs);
    }

    /// The expression of a stored generated column, converted to its type.
    public static RowExpression generated(
            Expression written,
            Column column,
            String table,
            List<Column> columns,
            AnalysisContext context) {
        Row row = new Row(table, columns, context, null);
        return new RowExpression(generated(written, column, row, columns), row.outputs);
    }

    static TypedExpression generated(
            Expression written, Column column, Row row, List<Column> columns) {
        TypedExpression value =
                new StoredExpressions(row.state).generated(row.expressions, written, column);
        for (Column other : columns) {
            if (other.generation() == Column.Generation.STORED
                    && Expressions.refersTo(value, List.of(row.outputs.get(other.number() - 1)))) {
                throw new DatabaseException(
                                SqlState.INVALID_OBJECT_DEFINITION,
                                "cannot use generated column \""
                                        + other.name()
                                        + "\" in column generation expression")
                        .withDetail(
                                "A generated column cannot reference another generated column.");
            }
        }
        requireImmutable(value, "generation expression is not immutable");
        return value;
    }

    /// The new value of a column whose type changes (`ALTER COLUMN … TYPE … USING`).
    public static RowExpression transform(
            Expression written,
            String columnName,
            SqlType target,
            String table,
            List<Column> columns,
            AnalysisContext context) {
        Row row = new Row(table, columns, context, null);
        Operand operand =
                new Operand(
                        row.expressions.analyze(written, ExpressionKind.UPDATE),
                        SourcePositions.start(written));
        TypedExpression value =
                row.expressions.coercion.tryConvert(
                        operand,
                        target,
                        org.cladedb.functions.FunctionRegistry.CastContext.ASSIGNMENT);
        if (value == null) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "result of USING clause for column \""
                                    + columnName
                                    + "\" cannot be cast automatically to type "
                                    + TypeText.of(target))
                    .withHint("You might need to add an explicit cast.");
        }
        return new RowExpression(value, row.outputs);
    }

    private static RowExpression condition(
            Expression written,
            String table,
            List<Column> columns,
            ExpressionKind kind,
            String construct,
            AnalysisContext context) {
        Row row = new Row(table, columns, context, null);
        TypedExpression condition = row.expressions.condition(written, kind, construct);
        return new RowExpression(condition, row.outputs);
    }

    private static void requireImmutable(TypedExpression expression, String message) {
        Expressions.forEach(
                expression,
                part -> {
                    if (part instanceof TypedExpression.FunctionCall call
                            && call.function().definition().volatility()
                                    != FunctionDefinition.Volatility.IMMUTABLE) {
                        throw new DatabaseException(SqlState.INVALID_OBJECT_DEFINITION, message);
                    }
                });
    }

    /// One row of a table that expressions are over.
    static final class Row {
        final StatementState state;
        final List<OutputColumn> outputs;
        final ExpressionAnalyzer expressions;

        Row(
                String table,
                List<Column> columns,
                AnalysisContext context,
                @Nullable Resolutions resolutions) {
            state = new StatementState(context, resolutions);
            outputs = RowScope.newRow(state, 0, columns);
            expressions = new StoredExpressions(state).overRow(table, columns, null, outputs);
        }
    }
}
