package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.types.SqlType;

/// Select lists and RETURNING lists: stars are expanded, columns get their names, and subqueries of
/// several columns become nested results.
final class TargetList {
    private static final int COLUMNS_MAX = 1664;

    private TargetList() {}

    static List<TargetItem> analyze(ExpressionAnalyzer expressions, List<SelectItem> items) {
        List<TargetItem> targets = new ArrayList<>();
        for (SelectItem item : items) {
            switch (item.expression()) {
                case Expression.Star star -> targets.addAll(expand(expressions, star));
                case Expression.FieldStar star -> targets.addAll(expand(expressions, star));
                case Expression expression -> targets.add(target(expressions, item, expression));
            }
        }
        if (targets.size() > COLUMNS_MAX) {
            throw new DatabaseException(
                    SqlState.TOO_MANY_COLUMNS,
                    "target lists can have at most " + COLUMNS_MAX + " entries");
        }
        return targets;
    }

    private static TargetItem target(
            ExpressionAnalyzer expressions, SelectItem item, Expression expression) {
        TypedExpression value =
                expression instanceof Expression.Subquery subquery
                        ? expressions.subqueries.selectItem(subquery)
                        : expressions.analyze(expression);
        String name = item.alias() != null ? item.alias() : name(expression, value);
        return TargetItem.of(expressions.state, name, value, SourcePositions.start(expression));
    }

    /// A subquery of one column has the name of that column, also where a star stands for it.
    private static String name(Expression expression, TypedExpression value) {
        return expression instanceof Expression.Subquery
                        && value instanceof TypedExpression.ScalarSubquery subquery
                        && subquery.plan() instanceof LogicalNode plan
                ? plan.columns().getFirst().name()
                : ColumnNames.of(expression);
    }

    /// The columns of `*`, `t.*` or `**`.
    static List<TargetItem> expand(ExpressionAnalyzer expressions, Expression.Star star) {
        List<RangeItem> ranges = new ArrayList<>();
        if (star.qualifier() != null) {
            ranges.add(expressions.names.item(star.qualifier()));
        } else {
            for (RangeItem item : expressions.scope.items()) {
                if (item.columnsVisible() && !item.lateralOnly()) {
                    ranges.add(item);
                }
            }
            if (ranges.isEmpty()) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR,
                                "SELECT * with no tables specified is not valid")
                        .at(star.position());
            }
        }
        note(expressions, star, ranges);
        List<TargetItem> targets = new ArrayList<>();
        for (RangeItem range : ranges) {
            for (ScopeColumn column : range.columns()) {
                TypedExpression value = column.read();
                expressions.state.locate(value, star.position());
                targets.add(
                        TargetItem.of(expressions.state, column.name(), value, star.position()));
            }
        }
        if (star.deep()) {
            DeepStar deep = new DeepStar(expressions);
            for (RangeItem table : deepTables(expressions, star, ranges)) {
                targets.addAll(deep.branches(table, star.position()));
            }
        }
        return targets;
    }

    private static void note(
            ExpressionAnalyzer expressions, Expression.Star star, List<RangeItem> ranges) {
        Resolutions resolutions = expressions.state.resolutions();
        if (resolutions == null) {
            return;
        }
        if (star.deep()) {
            throw ExpressionAnalyzer.unsupported("** in views is", star.position());
        }
        resolutions.star(star, ranges.stream().flatMap(range -> range.columns().stream()).toList());
    }

    /// The tables under a `**`: those of a join, not the join itself.
    private static List<RangeItem> deepTables(
            ExpressionAnalyzer expressions, Expression.Star star, List<RangeItem> ranges) {
        if (star.qualifier() != null) {
            return ranges;
        }
        return expressions.scope.items().stream().filter(RangeItem::relationVisible).toList();
    }

    /// The fields of `(row).*`.
    static List<TargetItem> expand(ExpressionAnalyzer expressions, Expression.FieldStar star) {
        TypedExpression base = expressions.analyze(star.base());
        if (!(base.type() instanceof SqlType.Row row)) {
            throw new DatabaseException(
                    SqlState.WRONG_OBJECT_TYPE,
                    "type " + TypeText.of(base.type()) + " is not composite");
        }
        List<TargetItem> targets = new ArrayList<>();
        for (int i = 0; i < row.fields().size(); i++) {
            SqlType.Field field = row.fields().get(i);
            TypedExpression value = CompositeAnalyzer.field(base, i, field.type());
            targets.add(TargetItem.of(expressions.state, field.name(), value, star.position()));
        }
        return targets;
    }
}
