package org.cladedb.analysis;

import org.cladedb.sql.ast.Expression;

/// Where an expression begins, which is where PostgreSQL points for errors about it as a whole.
final class SourcePositions {
    private SourcePositions() {}

    static int start(Expression expression) {
        return switch (expression) {
            case Expression.Cast cast -> Math.min(cast.position(), start(cast.operand()));
            case Expression.BinaryOperator binary -> start(binary.left());
            case Expression.And and -> start(and.operands().getFirst());
            case Expression.Or or -> start(or.operands().getFirst());
            case Expression.IsNull test -> start(test.operand());
            case Expression.IsTruth test -> start(test.operand());
            case Expression.IsDistinctFrom test -> start(test.left());
            case Expression.Between between -> start(between.operand());
            case Expression.InList in -> start(in.operand());
            case Expression.InSubquery in -> start(in.operand());
            case Expression.Like like -> start(like.operand());
            case Expression.QuantifiedArray comparison -> start(comparison.left());
            case Expression.QuantifiedSubquery comparison -> start(comparison.left());
            case Expression.Collate collate -> start(collate.operand());
            case Expression.Subscripted subscripted -> start(subscripted.base());
            case Expression.FieldSelection selection -> start(selection.base());
            case Expression.FieldStar star -> start(star.base());
            case Expression.FunctionCall call -> functionStart(call);
            case Expression.NullLiteral _,
                    Expression.BooleanLiteral _,
                    Expression.IntegerLiteral _,
                    Expression.DecimalLiteral _,
                    Expression.StringLiteral _,
                    Expression.BitStringLiteral _,
                    Expression.Parameter _,
                    Expression.ColumnReference _,
                    Expression.Star _,
                    Expression.DefaultValue _,
                    Expression.UnaryOperator _,
                    Expression.Not _,
                    Expression.Exists _,
                    Expression.Subquery _,
                    Expression.Multiset _,
                    Expression.ArrayConstructor _,
                    Expression.ArraySubquery _,
                    Expression.RowConstructor _,
                    Expression.Case _,
                    Expression.Coalesce _,
                    Expression.NullIf _,
                    Expression.GreatestLeast _,
                    Expression.ValueFunction _ ->
                    expression.position();
        };
    }

    private static int functionStart(Expression.FunctionCall call) {
        int start = call.position();
        if (call.syntax() == Expression.CallSyntax.SQL) {
            for (Expression.FunctionArgument argument : call.arguments()) {
                start = Math.min(start, start(argument.value()));
            }
        }
        return start;
    }
}
