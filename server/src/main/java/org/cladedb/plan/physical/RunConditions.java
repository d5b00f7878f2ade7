package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.functions.FunctionDefinition.WindowKind;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.WindowCall;
import org.jspecify.annotations.Nullable;

/// Conditions on window calls whose results never fall from one row of a partition to the next:
/// once `rn <= 10` is false, it stays so.
final class RunConditions {
    private RunConditions() {}

    /// Conditions that hold for all rows wanted, and of which none holds again in a partition once
    /// it did not.
    static List<TypedExpression> of(
            LogicalNode.Window window, List<WindowCall> calls, List<TypedExpression> conditions) {
        List<TypedExpression> running = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            Bound bound = bound(condition);
            if (bound != null
                    && !Expressions.refersTo(bound.limit(), window.columns())
                    && !Expressions.isVolatile(bound.limit())
                    && !Expressions.hasSubquery(bound.limit())
                    && calls.stream()
                            .anyMatch(call ->
                                    call.call().column().id() == bound.column().columnId()
                                            && rises(call))) {
                running.add(condition);
            }
        }
        return running;
    }

    /// A column that is less than `limit`, or at most that.
    private record Bound(ColumnReference column, TypedExpression limit) {}

    private static @Nullable Bound bound(TypedExpression condition) {
        if (!(condition instanceof FunctionCall call) || call.arguments().size() != 2) {
            return null;
        }
        TypedExpression left = call.arguments().get(0);
        TypedExpression right = call.arguments().get(1);
        return switch (call.function().definition().name()) {
            case "<", "<=" ->
                    left instanceof ColumnReference column ? new Bound(column, right) : null;
            case ">", ">=" ->
                    right instanceof ColumnReference column ? new Bound(column, left) : null;
            default -> null;
        };
    }

    /// About how many rows of a partition satisfy the conditions.
    static double wanted(List<TypedExpression> running) {
        double wanted = Double.MAX_VALUE;
        for (TypedExpression condition : running) {
            Bound bound = bound(condition);
            if (bound != null) {
                TypedExpression limit = bound.limit();
                wanted = Math.min(wanted, FirstRows.wanted(limit, null));
            }
        }
        return wanted;
    }

    /// Whether the results of a call never fall within a partition, as PostgreSQL has it.
    private static boolean rises(WindowCall call) {
        FunctionDefinition definition = call.call().function().definition();
        if (definition.implementation() instanceof FunctionDefinition.Window window) {
            return switch (window.kind()) {
                case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE -> true;
                case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE -> false;
            };
        }
        return definition.name().equals("count")
                && call.frame().start() == WindowCall.Bound.UNBOUNDED_PRECEDING
                && call.frame().endOffset() == null;
    }

    /// Whether a call can be computed for a row without the whole partition.
    static boolean isRunning(WindowCall call) {
        FunctionDefinition definition = call.call().function().definition();
        if (definition.implementation() instanceof FunctionDefinition.Window window) {
            WindowKind kind = window.kind();
            return switch (kind) {
                case ROW_NUMBER, RANK, DENSE_RANK, LAG, LEAD -> true;
                case PERCENT_RANK, CUME_DIST, NTILE -> false;
                case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> endsEarly(call);
            };
        }
        return endsEarly(call);
    }

    private static boolean endsEarly(WindowCall call) {
        return call.frame().end() != WindowCall.Bound.UNBOUNDED_FOLLOWING
                && (call.frame().mode() == WindowCall.Mode.ROWS || !call.orderBy().isEmpty());
    }
}
