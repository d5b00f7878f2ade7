package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.Fingerprint;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.Cast;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Conditions on a key that follow from others, which must still be tested.
///
/// ```
///   a > 1 OR (a = 1 AND b > 2)       =>   a >= 1           (a, b) > (1, 2), as it is analysed
///   day < timestamp '… 12:00'        =>   day <= date '…'
/// ```
final class ImpliedCondition {
    private ImpliedCondition() {}

    /// Null when nothing is known to follow.
    static @Nullable Condition of(TypedExpression expression, List<OutputColumn> columns) {
        return switch (expression) {
            case Or or -> ofRows(or, columns);
            case FunctionCall call when call.arguments().size() == 2 -> ofDate(call, columns);
            case TypedExpression _ -> null;
        };
    }

    /// The first alternative sets a strict bound; in all others the column is as far or equals it.
    private static @Nullable Condition ofRows(Or or, List<OutputColumn> columns) {
        Condition first = Condition.of(or.operands().getFirst(), columns);
        if (first == null) {
            return null;
        }
        Condition.Kind kind =
                switch (first.kind()) {
                    case GREATER, GREATER_EQUAL -> Condition.Kind.GREATER_EQUAL;
                    case LESS, LESS_EQUAL -> Condition.Kind.LESS_EQUAL;
                    case EQUAL, ANY -> null;
                };
        if (kind == null) {
            return null;
        }
        for (TypedExpression alternative : or.operands()) {
            if (Expressions.conjuncts(alternative).stream()
                    .noneMatch(condition -> isWithin(condition, first, columns))) {
                return null;
            }
        }
        return new Condition(first.columnId(), kind, first.value(), or, false);
    }

    private static boolean isWithin(
            TypedExpression expression, Condition bound, List<OutputColumn> columns) {
        Condition condition = Condition.of(expression, columns);
        return condition != null
                && condition.columnId() == bound.columnId()
                && (condition.kind() == bound.kind() || condition.kind() == Condition.Kind.EQUAL)
                && Fingerprint.of(condition.value()).equals(Fingerprint.of(bound.value()));
    }

    /// A date compared with a time of day.
    private static @Nullable Condition ofDate(FunctionCall call, List<OutputColumn> columns) {
        List<TypedExpression> asDates = new ArrayList<>();
        for (TypedExpression argument : call.arguments()) {
            asDates.add(isTime(argument.type()) ? asDate(argument) : argument);
        }
        if (asDates.equals(call.arguments())) {
            return null;
        }
        Condition condition = Condition.of(new FunctionCall(call.function(), asDates, -1), columns);
        if (condition == null) {
            return null;
        }
        Condition.Kind kind =
                switch (condition.kind()) {
                    case GREATER, GREATER_EQUAL -> Condition.Kind.GREATER_EQUAL;
                    case LESS, LESS_EQUAL -> Condition.Kind.LESS_EQUAL;
                    case EQUAL, ANY -> condition.kind();
                };
        return new Condition(condition.columnId(), kind, condition.value(), call, false);
    }

    static boolean isTime(SqlType type) {
        return type.kind() == TypeKind.TIMESTAMP || type.kind() == TypeKind.TIMESTAMPTZ;
    }

    /// The day of a point in time.
    static TypedExpression asDate(TypedExpression time) {
        return new Cast(time, SqlType.DATE, false, -1);
    }
}
