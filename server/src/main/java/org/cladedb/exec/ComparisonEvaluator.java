package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.ValueForm;
import org.jspecify.annotations.Nullable;

/// The comparisons that decide most conditions, without a call through the function registry:
/// integers, dates and timestamps, and text.
///
/// An operator is a set of outcomes: bit 0 for less, bit 1 for equal, bit 2 for greater.
final class ComparisonEvaluator {
    private static final int EQUAL = 0b010;

    private ComparisonEvaluator() {}

    /// An evaluator for this call, null when it is none of these comparisons.
    static @Nullable Evaluator find(
            TypedExpression.FunctionCall call, Evaluator left, Evaluator right) {
        int outcomes = outcomes(call.function().definition().name());
        List<SqlType> types = call.function().argumentTypes();
        if (outcomes == 0 || types.size() != 2) {
            return null;
        }
        SqlType leftType = types.get(0);
        SqlType rightType = types.get(1);
        if (isLong(leftType, rightType)) {
            return new OfLongs(left, right, outcomes, new Datum());
        }
        if (isText(leftType.kind()) && isText(rightType.kind())) {
            return outcomes == EQUAL
                    ? new EqualText(left, right, new Datum())
                    : new OfText(left, right, outcomes, new Datum());
        }
        return null;
    }

    private static int outcomes(String operator) {
        return switch (operator) {
            case "<" -> 0b001;
            case "=" -> EQUAL;
            case "<=" -> 0b011;
            case ">" -> 0b100;
            case "<>" -> 0b101;
            case ">=" -> 0b110;
            default -> 0;
        };
    }

    /// Whether values of both types are longs that compare as such.
    static boolean isLong(SqlType left, SqlType right) {
        if (left.form() != ValueForm.LONG || right.form() != ValueForm.LONG) {
            return false;
        }
        return left.kind() == right.kind() || (isInteger(left.kind()) && isInteger(right.kind()));
    }

    private static boolean isInteger(TypeKind kind) {
        return kind == TypeKind.SMALLINT || kind == TypeKind.INTEGER || kind == TypeKind.BIGINT;
    }

    /// Whether values of the type are text that compares by its bytes.
    static boolean isText(TypeKind kind) {
        return kind == TypeKind.TEXT || kind == TypeKind.VARCHAR || kind == TypeKind.NAME;
    }

    /// Whether equality of the two types is that of one type's comparator and hasher.
    static boolean isHashable(SqlType left, SqlType right) {
        return isLong(left, right)
                || (isText(left.kind()) && isText(right.kind()))
                || (left.form() == ValueForm.DOUBLE && right.form() == ValueForm.DOUBLE)
                || left.withoutModifier().equals(right.withoutModifier());
    }

    private record OfLongs(Evaluator left, Evaluator right, int outcomes, Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum first = left.evaluate(context);
            Datum second = right.evaluate(context);
            if (first.isNull() || second.isNull()) {
                cell.setNull();
            } else {
                int order = Long.compare(first.longValue(), second.longValue());
                cell.setBoolean(((outcomes >> (order + 1)) & 1) != 0);
            }
            return cell;
        }
    }

    private record OfText(Evaluator left, Evaluator right, int outcomes, Datum cell)
            implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum first = left.evaluate(context);
            Datum second = right.evaluate(context);
            if (first.isNull() || second.isNull()) {
                cell.setNull();
            } else {
                int order =
                        Arrays.compareUnsigned(
                                first.bytes(),
                                first.offset(),
                                first.offset() + first.length(),
                                second.bytes(),
                                second.offset(),
                                second.offset() + second.length());
                cell.setBoolean(((outcomes >> (Integer.signum(order) + 1)) & 1) != 0);
            }
            return cell;
        }
    }

    private record EqualText(Evaluator left, Evaluator right, Datum cell) implements CellEvaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum first = left.evaluate(context);
            Datum second = right.evaluate(context);
            if (first.isNull() || second.isNull()) {
                cell.setNull();
            } else {
                cell.setBoolean(
                        Arrays.equals(
                                first.bytes(),
                                first.offset(),
                                first.offset() + first.length(),
                                second.bytes(),
                                second.offset(),
                                second.offset() + second.length()));
            }
            return cell;
        }
    }
}
