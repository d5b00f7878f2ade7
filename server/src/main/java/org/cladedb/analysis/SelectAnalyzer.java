package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.types.SqlType;

/// Queries with all their clauses. Each SELECT statement, nested or not, has a scope of its own.
final class SelectAnalyzer {
    private final QueryScope scope;

    SelectAnalyzer(QueryScope scope) {
        this.scope = scope;
    }

    PendingQuery analyze(SelectStatement statement) {
        if (!statement.locking().isEmpty()) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED, "row locking is not supported yet")
                    .at(statement.locking().getFirst().position());
        }
        if (statement.with() == null) {
            return body(statement);
        }
        List<LogicalNode.CommonTable> tables = new WithAnalyzer(scope).analyze(statement.with());
        return new WithQuery(tables, body(statement));
    }

    private PendingQuery body(SelectStatement statement) {
        return switch (statement.body()) {
            case QueryBody.SelectCore core ->
                    new SelectCoreAnalyzer(new ExpressionAnalyzer(scope)).analyze(core, statement);
            case QueryBody.SetOperation operation ->
                    limited(new SetOperationAnalyzer(scope).analyze(operation), statement, true);
            case QueryBody.ValuesBody values ->
                    limited(new ValuesAnalyzer(scope).analyze(values), statement, false);
            case QueryBody.NestedQuery nested ->
                    limited(
                            new SelectAnalyzer(scope.child()).analyze(nested.query()),
                            statement,
                            false);
        };
    }

    /// One side of a set operation.
    PendingQuery side(QueryBody body) {
        return new SelectAnalyzer(scope.child()).analyze(SelectStatement.of(body));
    }

    /// ORDER BY, LIMIT and OFFSET around something that is no single SELECT.
    private PendingQuery limited(PendingQuery body, SelectStatement statement, boolean namesOnly) {
        if (statement.orderBy().isEmpty()
                && statement.limit() == null
                && statement.offset() == null) {
            return body;
        }
        LogicalNode plan = body.buildSettled();
        ExpressionAnalyzer expressions = new ExpressionAnalyzer(scope);
        FromAnalyzer.Item item =
                new FromAnalyzer(expressions)
                        .planned(
                                plan,
                                null,
                                null,
                                null,
                                plan.columns().stream().map(OutputColumn::name).toList());
        scope.items().addAll(item.names());
        if (namesOnly) {
            refuseExpressions(statement.orderBy(), plan.columns());
        }
        List<TargetItem> targets = new ArrayList<>();
        for (OutputColumn column : plan.columns()) {
            targets.add(
                    TargetItem.of(
                            scope.state(),
                            column.name(),
                            column.reference(),
                            statement.position()));
        }
        return new SelectCoreAnalyzer(expressions).over(item.source(), targets, statement);
    }

    private static void refuseExpressions(List<OrderItem> items, List<OutputColumn> columns) {
        for (OrderItem item : items) {
            boolean plain =
                    item.expression() instanceof Expression.IntegerLiteral
                            || (item.expression() instanceof Expression.ColumnReference reference
                                    && !reference.name().isQualified()
                                    && columns.stream()
                                            .anyMatch(column ->
                                                    column.name().equals(reference.name().last())));
            if (!plain) {
                Targets.refuseConstant(item.expression(), ExpressionKind.ORDER_BY);
                if (item.expression() instanceof Expression.ColumnReference reference) {
                    throw new DatabaseException(
                                    SqlState.UNDEFINED_COLUMN,
                                    "column \"" + reference.name().last() + "\" does not exist")
                            .at(item.position());
                }
                throw new DatabaseException(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "invalid UNION/INTERSECT/EXCEPT ORDER BY clause")
                        .withDetail(
                                "Only result column names can be used, not expressions or"
                                        + " functions.")
                        .withHint(
                                "Add the expression/function to every SELECT, or move the UNION"
                                        + " into a FROM clause.")
                        .at(item.position());
            }
        }
    }

    /// A query with common tables in front.
    private record WithQuery(List<LogicalNode.CommonTable> tables, PendingQuery body)
            implements PendingQuery {
        @Override
        public List<TargetItem> items() {
            return body.items();
        }

        @Override
        public void resolve(int index, SqlType type) {
            body.resolve(index, type);
        }

        @Override
        public LogicalNode build() {
            return new LogicalNode.With(tables, body.build());
        }
    }

    /// LIMIT or OFFSET: a bigint without columns of this level.
    static TypedExpression limit(
            ExpressionAnalyzer expressions, Expression written, ExpressionKind kind) {
        TypedExpression value = expressions.bigint(written, kind, kind.label());
        for (int id : org.cladedb.plan.ir.Expressions.references(value)) {
            ColumnOwner owner = expressions.state.owner(id);
            if (owner != null && owner.scope() == expressions.scope) {
                throw new DatabaseException(
                                SqlState.INVALID_COLUMN_REFERENCE,
                                "argument of " + kind.label() + " must not contain variables")
                        .at(SourcePositions.start(written));
            }
        }
        return value;
    }
}
