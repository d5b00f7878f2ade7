package org.cladedb.stored;

import java.util.List;
import java.util.function.Consumer;
import org.cladedb.sql.ast.CommonTableExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.OrderItem;
import org.cladedb.sql.ast.QueryBody;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.TableExpression;
import org.cladedb.sql.ast.WindowSpecification;
import org.jspecify.annotations.Nullable;

/// Walks over all expressions and tables of a stored tree, subqueries included.
final class StoredTree {
    private final Consumer<Expression> expressions;
    private final Consumer<TableExpression> tables;

    private StoredTree(Consumer<Expression> expressions, Consumer<TableExpression> tables) {
        this.expressions = expressions;
        this.tables = tables;
    }

    static void forEach(Expression expression, Consumer<Expression> visitor) {
        new StoredTree(visitor, table -> {}).expression(expression);
    }

    static void forEach(
            SelectStatement query,
            Consumer<Expression> expressions,
            Consumer<TableExpression> tables) {
        new StoredTree(expressions, tables).query(query);
    }

    private void query(SelectStatement query) {
        if (query.with() != null) {
            for (CommonTableExpression table : query.with().tables()) {
                if (table.statement() instanceof SelectStatement select) {
                    query(select);
                }
            }
        }
        body(query.body());
        order(query.orderBy());
        optional(query.limit());
        optional(query.offset());
    }

    private void body(QueryBody body) {
        switch (body) {
            case QueryBody.SelectCore core -> {
                core.from().forEach(this::table);
                core.items().forEach(item -> expression(item.expression()));
                all(core.distinct().on());
                optional(core.where());
                all(core.groupBy());
                optional(core.having());
                core.windows().forEach(window -> window(window.specification()));
            }
            case QueryBody.SetOperation operation -> {
                body(operation.left());
                body(operation.right());
            }
            case QueryBody.ValuesBody values -> values.rows().forEach(this::all);
            case QueryBody.NestedQuery nested -> query(nested.query());
        }
    }

    private void table(TableExpression table) {
        tables.accept(table);
        switch (table) {
            case TableExpression.NamedTable _ -> {}
            case TableExpression.DerivedTable derived -> query(derived.query());
            case TableExpression.FunctionTable functions ->
                    functions.functions().forEach(function -> expression(function.call()));
            case TableExpression.Join join -> {
                table(join.left());
                table(join.right());
                optional(join.on());
            }
        }
    }

    private void order(List<OrderItem> items) {
        items.forEach(item -> expression(item.expression()));
    }

    private void window(WindowSpecification window) {
        all(window.partitionBy());
        order(window.orderBy());
        if (window.frame() != null) {
            optional(window.frame().start().offset());
            optional(window.frame().end().offset());
        }
    }

    private void all(List<Expression> parts) {
        parts.forEach(this::expression);
    }

    private void optional(@Nullable Expression part) {
        if (part != null) {
            expression(part);
        }
    }

    private void expression(Expression expression) {
        expressions.accept(expression);
        switch (expression) {
            case Expression.ColumnReference _,
                    Expression.NullLiteral _,
                    Expression.BooleanLiteral _,
                    Expression.IntegerLiteral _,
                    Expression.DecimalLiteral _,
                    Expression.StringLiteral _,
                    Expression.BitStringLiteral _,
                    Expression.Parameter _,
                    Expression.Star _,
                    Expression.DefaultValue _,
                    Expression.ValueFunction _ -> {}
            case Expression.Cast cast -> expression(cast.operand());
            case Expression.UnaryOperator operator -> expression(operator.operand());
            case Expression.BinaryOperator operator ->
                    all(List.of(operator.left(), operator.right()));
            case Expression.And and -> all(and.operands());
            case Expression.Or or -> all(or.operands());
            case Expression.Not not -> expression(not.operand());
            case Expression.IsNull test -> expression(test.operand());
            case Expression.IsTruth test -> expression(test.operand());
            case Expression.IsDistinctFrom test -> all(List.of(test.left(), test.right()));
            case Expression.Between between ->
                    all(List.of(between.operand(), between.low(), between.high()));
            case Expression.InList in -> {
                expression(in.operand());
                all(in.values());
            }
            case Expression.Like like -> {
                all(List.of(like.operand(), like.pattern()));
                optional(like.escape());
            }
            case Expression.QuantifiedArray quantified ->
                    all(List.of(quantified.left(), quantified.array()));
            case Expression.InSubquery in -> {
                expression(in.operand());
                query(in.query());
            }
            case Expression.QuantifiedSubquery quantified -> {
                expression(quantified.left());
                query(quantified.query());
            }
            case Expression.Exists exists -> query(exists.query());
            case Expression.Subquery subquery -> query(subquery.query());
            case Expression.Multiset multiset -> query(multiset.query());
            case Expression.ArraySubquery array -> query(array.query());
            case Expression.ArrayConstructor array -> all(array.elements());
            case Expression.RowConstructor row -> all(row.fields());
            case Expression.Case choice -> {
                optional(choice.operand());
                for (Expression.WhenClause when : choice.whens()) {
                    all(List.of(when.condition(), when.result()));
                }
                optional(choice.otherwise());
            }
            case Expression.Coalesce coalesce -> all(coalesce.arguments());
            case Expression.NullIf test -> all(List.of(test.left(), test.right()));
            case Expression.GreatestLeast extreme -> all(extreme.arguments());
            case Expression.FunctionCall call -> call(call);
            case Expression.Collate collate -> expression(collate.operand());
            case Expression.Subscripted subscripted -> {
                expression(subscripted.base());
                for (Expression.Subscript subscript : subscripted.subscripts()) {
                    optional(subscript.lower());
                    optional(subscript.upper());
                }
            }
            case Expression.FieldSelection selection -> expression(selection.base());
            case Expression.FieldStar star -> expression(star.base());
        }
    }

    private void call(Expression.FunctionCall call) {
        call.arguments().forEach(argument -> expression(argument.value()));
        order(call.orderBy());
        optional(call.filter());
        if (call.over() != null) {
            window(call.over());
        }
    }
}
