package org.cladedb.sql.ast;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What stands directly inside an expression: other expressions, and the queries of subqueries.
public final class ExpressionParts {
    private final Consumer<Expression> expressions;
    private final Consumer<SelectStatement> queries;

    private ExpressionParts(Consumer<Expression> expressions, Consumer<SelectStatement> queries) {
        this.expressions = expressions;
        this.queries = queries;
    }

    /// Calls the visitors for the parts of `expression`, not for the parts of these.
    public static void forEach(
            Expression expression,
            Consumer<Expression> expressions,
            Consumer<SelectStatement> queries) {
        new ExpressionParts(expressions, queries).visit(expression);
    }

    /// Calls the visitor for the expressions of a window.
    public static void forEach(WindowSpecification window, Consumer<Expression> expressions) {
        new ExpressionParts(expressions, query -> {}).window(window);
    }

    private void visit(Expression expression) {
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
            case Expression.Cast cast -> expressions.accept(cast.operand());
            case Expression.UnaryOperator operator -> expressions.accept(operator.operand());
            case Expression.BinaryOperator operator ->
                    all(List.of(operator.left(), operator.right()));
            case Expression.And and -> all(and.operands());
            case Expression.Or or -> all(or.operands());
            case Expression.Not not -> expressions.accept(not.operand());
            case Expression.IsNull test -> expressions.accept(test.operand());
            case Expression.IsTruth test -> expressions.accept(test.operand());
            case Expression.IsDistinctFrom test -> all(List.of(test.left(), test.right()));
            case Expression.Between between ->
                    all(List.of(between.operand(), between.low(), between.high()));
            case Expression.InList in -> {
                expressions.accept(in.operand());
                all(in.values());
            }
            case Expression.Like like -> {
                all(List.of(like.operand(), like.pattern()));
                optional(like.escape());
            }
            case Expression.QuantifiedArray quantified ->
                    all(List.of(quantified.left(), quantified.array()));
            case Expression.InSubquery in -> {
                expressions.accept(in.operand());
                queries.accept(in.query());
            }
            case Expression.QuantifiedSubquery quantified -> {
                expressions.accept(quantified.left());
                queries.accept(quantified.query());
            }
            case Expression.Exists exists -> queries.accept(exists.query());
            case Expression.Subquery subquery -> queries.accept(subquery.query());
            case Expression.Multiset multiset -> queries.accept(multiset.query());
            case Expression.ArraySubquery array -> queries.accept(array.query());
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
            case Expression.Collate collate -> expressions.accept(collate.operand());
            case Expression.Subscripted subscripted -> {
                expressions.accept(subscripted.base());
                for (Expression.Subscript subscript : subscripted.subscripts()) {
                    optional(subscript.lower());
                    optional(subscript.upper());
                }
            }
            case Expression.FieldSelection selection -> expressions.accept(selection.base());
            case Expression.FieldStar star -> expressions.accept(star.base());
        }
    }

    private void call(Expression.FunctionCall call) {
        call.arguments().forEach(argument -> expressions.accept(argument.value()));
        call.orderBy().forEach(item -> expressions.accept(item.expression()));
        optional(call.filter());
        if (call.over() != null) {
            window(call.over());
        }
    }

    private void window(WindowSpecification window) {
        all(window.partitionBy());
        window.orderBy().forEach(item -> expressions.accept(item.expression()));
        if (window.frame() != null) {
            optional(window.frame().start().offset());
            optional(window.frame().end().offset());
        }
    }

    private void all(List<Expression> parts) {
        parts.forEach(expressions);
    }

    private void optional(@Nullable Expression part) {
        if (part != null) {
            expressions.accept(part);
        }
    }
}
