package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// One SELECT with its ORDER BY and LIMIT.
final class SelectCoreAnalyzer {
    private final ExpressionAnalyzer expressions;
    private final QueryScope scope;

    SelectCoreAnalyzer(ExpressionAnalyzer expressions) {
        this.expressions = expressions;
        this.scope = expressions.scope;
    }

    CoreQuery analyze(QueryBody.SelectCore core, SelectStatement statement) {
        scope.namedWindows(core.windows());
        FromSource source = new FromAnalyzer(expressions).analyze(null, core.from());
        scope.kind(ExpressionKind.SELECT_TARGET);
        Targets targets = new Targets(expressions, TargetList.analyze(expressions, core.items()));
        if (expressions.state.resolutions() != null) {
            expressions.state.resolutions().targets(core, targets.visible());
        }
        TypedExpression where =
                core.where() == null
                        ? null
                        : expressions.condition(core.where(), ExpressionKind.WHERE, "WHERE");
        TypedExpression having =
                core.having() == null
                        ? null
                        : expressions.condition(core.having(), ExpressionKind.HAVING, "HAVING");
        List<CoreQuery.Sorting> order = order(statement.orderBy(), targets);
        List<TypedExpression> groups = groups(core.groupBy(), targets);
        checkDistinct(core.distinct(), targets, order);
        List<Integer> distinctOn = distinctOn(core.distinct(), targets, order);
        new WindowAnalyzer(expressions).checkNamed();
        scope.refuseRecursiveAggregates();
        boolean grouped = !core.groupBy().isEmpty() || having != null;
        return new CoreQuery(
                expressions,
                source,
                where,
                new CoreQuery.Grouping(grouped, groups, having),
                targets,
                new CoreQuery.Distinctness(core.distinct().kind(), distinctOn),
                order,
                limits(statement));
    }

    /// ORDER BY and LIMIT over a source whose columns are `items`.
    CoreQuery over(FromSource source, List<TargetItem> items, SelectStatement statement) {
        Targets targets = new Targets(expressions, items);
        List<CoreQuery.Sorting> order = order(statement.orderBy(), targets);
        return new CoreQuery(
                expressions,
                source,
                null,
                new CoreQuery.Grouping(false, List.of(), null),
                targets,
                new CoreQuery.Distinctness(QueryBody.DistinctKind.NONE, List.of()),
                order,
                limits(statement));
    }

    private CoreQuery.Limits limits(SelectStatement statement) {
        if (statement.withTies() && statement.limit() instanceof Expression.NullLiteral) {
            throw new DatabaseException(
                    SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE,
                    "row count cannot be null in FETCH FIRST ... WITH TIES clause");
        }
        return new CoreQuery.Limits(
                limit(statement.limit(), ExpressionKind.LIMIT),
                limit(statement.offset(), ExpressionKind.OFFSET),
                statement.withTies());
    }

    private @Nullable TypedExpression limit(@Nullable Expression written, ExpressionKind kind) {
        return written == null ? null : SelectAnalyzer.limit(expressions, written, kind);
    }

    private List<CoreQuery.Sorting> order(List<OrderItem> items, Targets targets) {
        List<CoreQuery.Sorting> order = new ArrayList<>();
        for (OrderItem item : items) {
            int index = targets.find(item.expression(), ExpressionKind.ORDER_BY);
            TargetItem target = targets.all().get(index);
            SortKey key = CallRegistration.sortKey(item, target.expression());
            boolean known = order.stream().anyMatch(earlier -> earlier.index() == index);
            if (!known) {
                order.add(new CoreQuery.Sorting(index, key.descending(), key.nullsFirst()));
            }
        }
        return order;
    }

    private List<TypedExpression> groups(List<Expression> written, Targets targets) {
        List<TypedExpression> groups = new ArrayList<>();
        for (Expression entry : written) {
            if (entry instanceof Expression.RowConstructor row && !row.explicit()) {
                row.fields().forEach(field -> groups.add(group(field, targets)));
            } else {
                groups.add(group(entry, targets));
            }
        }
        return groups;
    }

    private TypedExpression group(Expression entry, Targets targets) {
        int index = targets.reference(entry, ExpressionKind.GROUP_BY);
        TypedExpression value;
        if (index < 0) {
            Operand operand =
                    new Operand(
                            expressions.analyze(entry, ExpressionKind.GROUP_BY),
                            SourcePositions.start(entry));
            value = expressions.coercion.settle(operand);
        } else {
            if (targets.all().get(index).type().kind() == TypeKind.UNKNOWN) {
                targets.resolve(index, SqlType.TEXT);
            }
            value = targets.all().get(index).expression();
            if (expressions.state.resolutions() != null) {
                expressions.state.resolutions().target(entry, index);
            }
        }
        refuseCalls(value);
        Ordering.requireEquality(value.type(), SourcePositions.start(entry));
        return value;
    }

    private void refuseCalls(TypedExpression value) {
        refuse(value, ColumnOwner.Kind.AGGREGATE, SqlState.GROUPING_ERROR, "aggregate");
        refuse(value, ColumnOwner.Kind.WINDOW, SqlState.WINDOWING_ERROR, "window");
    }

    private void refuse(TypedExpression value, ColumnOwner.Kind kind, SqlState state, String name) {
        TypedExpression call = expressions.calls.find(List.of(value), scope, kind);
        if (call != null) {
            throw new DatabaseException(state, name + " functions are not allowed in GROUP BY")
                    .at(expressions.state.position(call));
        }
    }

    private static void checkDistinct(
            QueryBody.Distinct distinct, Targets targets, List<CoreQuery.Sorting> order) {
        if (distinct.kind() != QueryBody.DistinctKind.ROWS) {
            return;
        }
        for (CoreQuery.Sorting sorting : order) {
            if (targets.isHidden(sorting.index())) {
                throw new DatabaseException(
                                SqlState.INVALID_COLUMN_REFERENCE,
                                "for SELECT DISTINCT, ORDER BY expressions must appear in select"
                                        + " list")
                        .at(targets.all().get(sorting.index()).position());
            }
        }
        for (TargetItem item : targets.visible()) {
            Ordering.requireEquality(item.type(), item.position());
        }
    }

    private static List<Integer> distinctOn(
            QueryBody.Distinct distinct, Targets targets, List<CoreQuery.Sorting> order) {
        List<Integer> indexes = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (Expression entry : distinct.on()) {
            int index = targets.find(entry, ExpressionKind.DISTINCT_ON);
            Ordering.requireEquality(targets.all().get(index).type(), SourcePositions.start(entry));
            if (!indexes.contains(index)) {
                indexes.add(index);
                positions.add(SourcePositions.start(entry));
            }
        }
        checkOrder(indexes, positions, order);
        return indexes;
    }

    /// ORDER BY must begin with the expressions of DISTINCT ON, in any order.
    private static void checkOrder(
            List<Integer> on, List<Integer> positions, List<CoreQuery.Sorting> order) {
        List<Integer> unmatched = new ArrayList<>(on);
        for (CoreQuery.Sorting sorting : order) {
            if (unmatched.isEmpty()) {
                return;
            }
            if (!unmatched.remove(Integer.valueOf(sorting.index()))) {
                throw new DatabaseException(
                                SqlState.INVALID_COLUMN_REFERENCE,
                                "SELECT DISTINCT ON expressions must match initial ORDER BY"
                                        + " expressions")
                        .at(positions.get(on.indexOf(unmatched.getFirst())));
            }
        }
    }
}
