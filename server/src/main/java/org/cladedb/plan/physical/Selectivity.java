package org.cladedb.plan.physical;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.And;
import org.cladedb.plan.ir.TypedExpression.ArrayComparison;
import org.cladedb.plan.ir.TypedExpression.ArrayConstructor;
import org.cladedb.plan.ir.TypedExpression.BooleanTest;
import org.cladedb.plan.ir.TypedExpression.Cast;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.InList;
import org.cladedb.plan.ir.TypedExpression.IsDistinct;
import org.cladedb.plan.ir.TypedExpression.IsNull;
import org.cladedb.plan.ir.TypedExpression.Not;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.cladedb.types.TypeKind;

/// Which part of the rows a condition leaves, by its kind alone: nothing is known of the values.
///
/// See decision 0024.
final class Selectivity {
    private static final double EQUAL = 0.005;
    static final double RANGE = 1.0 / 3;

    /// A range with both ends.
    static final double BETWEEN = 0.1;

    private static final double PATTERN = 0.05;
    private static final double NULL = 0.01;
    private static final double EVEN = 0.5;
    private static final double UNKNOWN = 0.3;

    private Selectivity() {}

    /// Between 0 and 1.
    static double of(TypedExpression condition) {
        return switch (condition) {
            case Constant constant -> isTrue(constant) ? 1 : 0;
            case And and -> all(and.operands());
            case Or or -> any(or.operands());
            case Not not -> 1 - of(not.operand());
            case IsNull test -> test.negated() ? 1 - NULL : NULL;
            case IsDistinct test -> test.negated() ? EQUAL : 1 - EQUAL;
            case BooleanTest test ->
                    test.expected() == test.negated() ? 1 - of(test.operand()) : of(test.operand());
            case InList in -> Math.min(EVEN, in.items().size() * EQUAL);
            case ArrayComparison comparison -> of(comparison);
            case FunctionCall call -> of(call);
            case TypedExpression.ColumnReference _,
                    TypedExpression.Exists _,
                    TypedExpression.QuantifiedSubquery _ ->
                    EVEN;
            case TypedExpression.Parameter _,
                    Cast _,
                    TypedExpression.Collate _,
                    TypedExpression.Case _,
                    TypedExpression.Coalesce _,
                    TypedExpression.NullIf _,
                    TypedExpression.Extreme _,
                    ArrayConstructor _,
                    TypedExpression.Subscript _,
                    TypedExpression.RowConstructor _,
                    TypedExpression.FieldAccess _,
                    TypedExpression.ScalarSubquery _,
                    TypedExpression.ArraySubquery _,
                    TypedExpression.NestedSubquery _ ->
                    UNKNOWN;
        };
    }

    private static boolean isTrue(Constant constant) {
        return !constant.value().isNull() && constant.value().booleanValue();
    }

    private static double any(List<TypedExpression> operands) {
        double none = 1;
        for (TypedExpression operand : operands) {
            none *= 1 - of(operand);
        }
        return 1 - none;
    }

    /// Conditions are taken as independent, but for the two ends of a range.
    static double all(List<TypedExpression> operands) {
        double selectivity = 1;
        Map<TypedExpression, String> ends = new HashMap<>();
        for (TypedExpression operand : operands) {
            double own = of(operand);
            if (operand instanceof FunctionCall call && isRange(call)) {
                String before = ends.put(call.arguments().getFirst(), end(call));
                own = before == null ? own : before.equals(end(call)) ? 1 : BETWEEN / RANGE;
            }
            selectivity *= own;
        }
        return selectivity;
    }

    private static boolean isRange(FunctionCall call) {
        return call.arguments().size() == 2
                && switch (call.function().definition().name()) {
                    case "<", "<=", ">", ">=" -> true;
                    default -> false;
                };
    }

    private static String end(FunctionCall call) {
        return call.function().definition().name().substring(0, 1);
    }

    private static double of(FunctionCall call) {
        return switch (call.function().definition().name()) {
            case "=" -> equal(call.arguments());
            case "<>" -> 1 - equal(call.arguments());
            case "<", "<=", ">", ">=" -> RANGE;
            case "~~", "~~*", "~", "~*", "@>", "<@", "&&", "@@" -> PATTERN;
            case "!~~", "!~~*", "!~", "!~*" -> 1 - PATTERN;
            default -> UNKNOWN;
        };
    }

    private static double equal(List<TypedExpression> arguments) {
        boolean flags =
                arguments.stream().allMatch(argument -> argument.type().kind() == TypeKind.BOOLEAN);
        return flags ? EVEN : EQUAL;
    }

    private static double of(ArrayComparison comparison) {
        if (!comparison.operator().definition().name().equals("=") || comparison.all()) {
            return UNKNOWN;
        }
        double length =
                comparison.array() instanceof ArrayConstructor array
                        ? array.elements().size()
                        : Estimates.LIST_LENGTH;
        return Math.min(EVEN, length * EQUAL);
    }
}
