package org.cladedb.stored;

import org.cladedb.sql.ast.Expression;
import org.jspecify.annotations.Nullable;

/// Which expressions need no parentheses inside which others: PostgreSQL's rules for pretty
/// printing, which know of arithmetic, AND, OR and what has brackets of its own.
final class Precedence {
    private Precedence() {}

    static boolean isSimple(Expression expression, Expression parent) {
        return switch (expression) {
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
                    Expression.ArrayConstructor _,
                    Expression.RowConstructor _,
                    Expression.Case _,
                    Expression.Coalesce _,
                    Expression.NullIf _,
                    Expression.GreatestLeast _,
                    Expression.ValueFunction _,
                    Expression.FunctionCall _,
                    Expression.Subscripted _,
                    Expression.FieldStar _,
                    Expression.Multiset _ ->
                    true;
            case Expression.FieldSelection _ -> !(parent instanceof Expression.FieldSelection);
            case Expression.Cast cast -> isByFunction(cast) || isSimple(cast.operand(), cast);
            case Expression.BinaryOperator operator when isOfRows(operator) -> false;
            case Expression.BinaryOperator operator
                    when parent instanceof Expression.BinaryOperator outer ->
                    bindsTighter(operator, outer);
            case Expression.UnaryOperator _ when parent instanceof Expression.BinaryOperator ->
                    false;
            case Expression.BinaryOperator _,
                    Expression.UnaryOperator _,
                    Expression.IsNull _,
                    Expression.IsTruth _,
                    Expression.IsDistinctFrom _,
                    Expression.InSubquery _,
                    Expression.QuantifiedSubquery _,
                    Expression.Exists _,
                    Expression.Subquery _,
                    Expression.ArraySubquery _ ->
                    enclosesOrJoins(parent);
            case Expression.And _, Expression.Not _ ->
                    parent instanceof Expression.And
                            || parent instanceof Expression.Or
                            || encloses(parent);
            case Expression.Or _ -> parent instanceof Expression.Or || encloses(parent);
            case Expression.Between _,
                    Expression.InList _,
                    Expression.Like _,
                    Expression.QuantifiedArray _,
                    Expression.Collate _ ->
                    false;
        };
    }

    /// Whether the conversion of an operator's result is a call, and not another look at it or a
    /// detour through text: that of numbers and times is.
    private static boolean isByFunction(Expression.Cast cast) {
        boolean isOfText =
                cast.operand() instanceof Expression.BinaryOperator operator
                        && operator.operator().symbol().equals("||");
        return !isOfText
                && !cast.type().isArray()
                && switch (cast.type().name().last()) {
                    case "int2", "int4", "int8", "numeric", "float4", "float8" -> true;
                    case "date", "time", "timestamp", "timestamptz", "interval" -> true;
                    default -> false;
                };
    }

    /// Whether rows are compared, which has parentheses of its own.
    static boolean isOfRows(Expression.BinaryOperator operator) {
        return operator.left() instanceof Expression.RowConstructor
                && operator.right() instanceof Expression.RowConstructor;
    }

    /// Whether the parent binds less than any operator, or has brackets around its parts.
    private static boolean enclosesOrJoins(Expression parent) {
        return parent instanceof Expression.And
                || parent instanceof Expression.Or
                || parent instanceof Expression.Not
                || encloses(parent);
    }

    private static boolean encloses(Expression parent) {
        return switch (parent) {
            case Expression.FunctionCall call -> call.syntax() == Expression.CallSyntax.CALL;
            case Expression.Subscripted _,
                    Expression.ArrayConstructor _,
                    Expression.RowConstructor _,
                    Expression.Coalesce _,
                    Expression.GreatestLeast _,
                    Expression.NullIf _,
                    Expression.Case _ ->
                    true;
            default -> false;
        };
    }

    @SuppressWarnings("ReferenceEquality") // which side it is, not what it says
    private static boolean bindsTighter(
            Expression.BinaryOperator inner, Expression.BinaryOperator outer) {
        Integer own = level(inner);
        Integer around = level(outer);
        if (own == null || around == null) {
            return false;
        }
        return own > around || (own.equals(around) && inner == outer.left());
    }

    /// 2 for multiplication, 1 for addition, null for all other operators.
    private static @Nullable Integer level(Expression.BinaryOperator operator) {
        return switch (operator.operator().symbol()) {
            case "*", "/", "%" -> 2;
            case "+", "-" -> 1;
            default -> null;
        };
    }
}
