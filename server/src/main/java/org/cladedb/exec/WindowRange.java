package org.cladedb.exec;

import java.util.List;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.SqlType;

/// Finds the bounds of RANGE frames: the rows whose order key is at most an offset away.
///
/// Rows with a NULL key are peers of each other only, and beyond every bound of other rows.
final class WindowRange {
    private final boolean descending;
    private final boolean nullsFirst;
    private final Datum key;
    private final Datum offset;
    private final Evaluator plus;
    private final Evaluator minus;
    private final Evaluator comparable;
    private final DatumComparator comparator;
    private final boolean longs;
    private final boolean ofTime;
    private final Datum sum = new Datum();
    private int lastStart;
    private int lastEnd;

    /// Above (1) or below (-1) every integer is where the bound was, 0 for a bound that is one.
    private int beyond;

    /// @param sortKey the window's only ORDER BY item
    WindowRange(SortKey sortKey, SqlType offsetType, ExpressionCompiler compiler) {
        descending = sortKey.descending();
        nullsFirst = sortKey.nullsFirst();
        SqlType keyType = sortKey.expression().type().withoutModifier();
        key = new Datum();
        offset = new Datum();
        FunctionRegistry registry = compiler.registry();
        Scope scope = Scope.empty().with(0, key).with(1, offset);
        TypedExpression keyColumn = new TypedExpression.ColumnReference(0, keyType, "key");
        TypedExpression offsetColumn = new TypedExpression.ColumnReference(1, offsetType, "offset");
        TypedExpression sum = call(registry, "+", keyColumn, offsetColumn);
        TypedExpression difference = call(registry, "-", keyColumn, offsetColumn);
        SqlType boundType = sum.type().withoutModifier();
        if (!boundType.equals(difference.type().withoutModifier())) {
            throw unsupported(keyType, offsetType);
        }
        plus = compiler.compile(sum, scope);
        minus = compiler.compile(difference, scope);
        comparable =
                boundType.equals(keyType)
                        ? new CellEvaluator.Plain(key)
                        : compiler.compile(
                                new TypedExpression.Cast(keyColumn, boundType, true, -1), scope);
        comparator = DatumComparator.of(boundType);
        ofTime = keyType.equals(SqlType.TIME);
        longs = ofTime || boundType.equals(SqlType.BIGINT);
    }

    private static TypedExpression call(
            FunctionRegistry registry,
            String operator,
            TypedExpression left,
            TypedExpression right) {
        FunctionRegistry.Resolved resolved =
                registry.resolveOperator(operator, List.of(left.type(), right.type()));
        List<TypedExpression> arguments =
                List.of(
                        cast(left, resolved.argumentTypes().get(0)),
                        cast(right, resolved.argumentTypes().get(1)));
        return new TypedExpression.FunctionCall(resolved, arguments, -1);
    }

    private static TypedExpression cast(TypedExpression expression, SqlType type) {
        return expression.type().withoutModifier().equals(type.withoutModifier())
                ? expression
                : new TypedExpression.Cast(expression, type, true, -1);
    }

    private static DatabaseException unsupported(SqlType keyType, SqlType offsetType) {
        return new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "RANGE with offset PRECEDING/FOLLOWING is not supported for column type "
                        + keyType.kind().sqlName()
                        + " and offset type "
                        + offsetType.kind().sqlName());
    }

    /// The first position inside the frame (`isStart`), or the first after it.
    int find(
            WindowOrder order,
            int position,
            Datum distance,
            boolean following,
            boolean isStart,
            ExecutionContext context) {
        key.copyFrom(order.orderValue(position));
        if (key.isNull()) {
            int group = order.group(position);
            return isStart ? order.groupStart(group) : order.groupEnd(group);
        }
        offset.copyFrom(distance);
        boolean up = following != descending;
        Datum bound = sum;
        if (longs) {
            moveLong(comparable.evaluate(context).longValue(), up);
        } else {
            bound = (up ? plus : minus).evaluate(context);
            requireForward(bound, up, context);
        }
        int found = search(order, isStart ? lastStart : lastEnd, bound, isStart, context);
        if (isStart) {
            lastStart = found;
        } else {
            lastEnd = found;
        }
        return found;
    }

    /// Searches around `last` first: from row to row, bounds move little.
    private int search(
            WindowOrder order, int last, Datum bound, boolean isStart, ExecutionContext context) {
        int low = 0;
        int high = order.clamp(last);
        if (high == 0 || isBefore(order, high - 1, bound, isStart, context)) {
            low = high;
            for (long step = 1; ; step *= 2) {
                high = order.clamp(low + step);
                if (high == low) {
                    return low;
                }
                if (!isBefore(order, high - 1, bound, isStart, context)) {
                    break;
                }
                low = high;
            }
        }
        high--;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(order, middle, bound, isStart, context)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// An offset below zero, or one that is no number, would move the bound the other way.
    private void requireForward(Datum bound, boolean up, ExecutionContext context) {
        int moved = comparator.compare(bound, comparable.evaluate(context));
        if (up ? moved < 0 : moved > 0) {
            throw invalidOffset();
        }
    }

    /// Integers and times of day: the bound may be out of their range, and times do not wrap.
    private void moveLong(long value, boolean up) {
        long distance = ofTime ? offset.intervalMicros() : offset.longValue();
        if (distance < 0) {
            throw invalidOffset();
        }
        if (up) {
            beyond = value > Long.MAX_VALUE - distance ? 1 : 0;
            sum.setLong(value + distance);
        } else {
            beyond = value < Long.MIN_VALUE + distance ? -1 : 0;
            sum.setLong(value - distance);
        }
    }

    private static DatabaseException invalidOffset() {
        return new DatabaseException(
                SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                "invalid preceding or following size in window function");
    }

    private boolean isBefore(
            WindowOrder order,
            int position,
            Datum bound,
            boolean isStart,
            ExecutionContext context) {
        key.copyFrom(order.orderValue(position));
        if (key.isNull()) {
            return nullsFirst;
        }
        int comparison =
                beyond != 0 ? -beyond : comparator.compare(comparable.evaluate(context), bound);
        int ordered = descending ? -comparison : comparison;
        return isStart ? ordered < 0 : ordered <= 0;
    }
}
