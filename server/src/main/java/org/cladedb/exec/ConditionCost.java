package org.cladedb.exec;

import java.util.List;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;

/// About how long a condition takes for a row, as PostgreSQL reckons it: calls of functions, in
/// halves. It decides which of several conditions is tested first, and so whether a division by
/// zero is ever come to.
final class ConditionCost {
    /// A subquery that is run or read again for every row.
    static final long SUBQUERY = 1_000_000;

    private static final long CALL = 2;

    /// Longer lists are looked up by hash.
    private static final int LISTED_MAX = 8;

    /// How many elements an array is taken to have.
    private static final int ELEMENTS = 10;

    private ConditionCost() {}

    /// The cost without that of subqueries.
    static long of(TypedExpression expression) {
        return switch (expression) {
            case TypedExpression.Constant _,
                    TypedExpression.Parameter _,
                    TypedExpression.ColumnReference _,
                    TypedExpression.ScalarSubquery _,
                    TypedExpression.Exists _,
                    TypedExpression.ArraySubquery _,
                    TypedExpression.NestedSubquery _ ->
                    0;
            case TypedExpression.FunctionCall call -> CALL + sum(call.arguments());
            case TypedExpression.Cast cast ->
                    conversion(cast.operand().type(), cast.type()) + of(cast.operand());
            case TypedExpression.Collate collate -> of(collate.operand());
            case TypedExpression.And and -> sum(and.operands());
            case TypedExpression.Or or -> sum(or.operands());
            case TypedExpression.Not not -> of(not.operand());
            case TypedExpression.IsNull test -> of(test.operand());
            case TypedExpression.BooleanTest test -> of(test.operand());
            case TypedExpression.IsDistinct test -> CALL + of(test.left()) + of(test.right());
            case TypedExpression.Case choice -> choice(choice);
            case TypedExpression.Coalesce choice -> sum(choice.operands());
            case TypedExpression.NullIf choice -> CALL + of(choice.left()) + of(choice.right());
            case TypedExpression.Extreme choice -> CALL + sum(choice.operands());
            case TypedExpression.InList list -> list(list);
            case TypedExpression.ArrayComparison comparison ->
                    elements(length(comparison.array()))
                            + of(comparison.left())
                            + of(comparison.array());
            case TypedExpression.ArrayConstructor array -> sum(array.elements());
            case TypedExpression.Subscript subscript -> of(subscript.array());
            case TypedExpression.RowConstructor row -> sum(row.fields());
            case TypedExpression.FieldAccess field -> of(field.row());
            case TypedExpression.QuantifiedSubquery subquery ->
                    CALL * subquery.operators().size() + sum(subquery.left());
        };
    }

    private static long sum(List<TypedExpression> expressions) {
        return expressions.stream().mapToLong(ConditionCost::of).sum();
    }

    /// By way of text a value is written and read; strings are the same to each other.
    private static long conversion(SqlType from, SqlType to) {
        boolean fromText = from.kind().category() == 'S';
        boolean toText = to.kind().category() == 'S';
        if (fromText && toText) {
            return 0;
        }
        return fromText || toText ? 2 * CALL : CALL;
    }

    private static long choice(TypedExpression.Case choice) {
        TypedExpression otherwise = choice.otherwise();
        long cost = otherwise == null ? 0 : of(otherwise);
        for (TypedExpression.When when : choice.whens()) {
            cost += of(when.condition()) + of(when.result());
        }
        return cost;
    }

    /// What is no constant is compared by itself.
    private static long list(TypedExpression.InList list) {
        long operand = of(list.operand());
        int constants = 0;
        long cost = 0;
        for (TypedExpression value : list.items()) {
            if (value instanceof TypedExpression.Constant) {
                constants++;
            } else {
                cost += CALL + operand + of(value);
            }
        }
        return switch (constants) {
            case 0 -> cost;
            case 1 -> cost + CALL + operand;
            default -> cost + elements(constants) + operand;
        };
    }

    /// Half of the elements are looked at.
    private static long elements(int count) {
        return count > LISTED_MAX ? 2 * CALL : count * CALL / 2;
    }

    private static int length(TypedExpression array) {
        return switch (array) {
            case TypedExpression.Constant constant when !constant.value().isNull() ->
                    constant.value().arrayValue().elements().size();
            case TypedExpression.ArrayConstructor constructor -> constructor.elements().size();
            default -> ELEMENTS;
        };
    }
}
