package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.plan.physical.PhysicalNode.Window.Wanted;
import org.jspecify.annotations.Nullable;

/// Conditions on window calls whose results never fall from one row of a partition to the next:
/// once `rn <= 10` is false it stays so, and so does `rn = 10` once it was true.
///
/// @param bounds conditions of the first kind
/// @param equalities conditions of the second kind
record RunConditions(List<Comparison> bounds, List<Comparison> equalities) {

    /// @param limit what a column is compared with: the same for all rows
    record Comparison(TypedExpression condition, ColumnReference column, TypedExpression limit) {}

    /// Those of `conditions`, which hold for all rows wanted, that are about the calls.
    static RunConditions of(
            LogicalNode.Window window, List<WindowCall> calls, List<TypedExpression> conditions) {
        List<Comparison> bounds = new ArrayList<>();
        List<Comparison> equalities = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            Comparison comparison = comparison(condition);
            if (comparison != null
                    && isFixed(comparison.limit(), window)
                    && calls.stream()
                            .anyMatch(call ->
                                    call.call().column().id() == comparison.column().columnId()
                                            && rises(call))) {
                (isEquality(condition) ? equalities : bounds).add(comparison);
            }
        }
        return new RunConditions(bounds, equalities);
    }

    private static boolean isFixed(TypedExpression limit, LogicalNode.Window window) {
        return !Expressions.refersTo(limit, window.columns())
                && !Expressions.isVolatile(limit)
                && !Expressions.hasSubquery(limit);
    }

    private static boolean isEquality(TypedExpression condition) {
        return condition instanceof FunctionCall call
                && call.function().definition().name().equals("=");
    }

    private static @Nullable Comparison comparison(TypedExpression condition) {
        if (!(condition instanceof FunctionCall call) || call.arguments().size() != 2) {
            return null;
        }
        TypedExpression left = call.arguments().get(0);
        TypedExpression right = call.arguments().get(1);
        return switch (call.function().definition().name()) {
            case "<", "<=" -> comparison(condition, left, right);
            case ">", ">=" -> comparison(condition, right, left);
            case "=" ->
                    left instanceof ColumnReference
                            ? comparison(condition, left, right)
                            : comparison(condition, right, left);
            default -> null;
        };
    }

    private static @Nullable Comparison comparison(
            TypedExpression condition, TypedExpression column, TypedExpression limit) {
        return column instanceof ColumnReference reference
                ? new Comparison(condition, reference, limit)
                : null;
    }

    /// About how many rows of a partition have to be computed.
    double wantedRows() {
        double wanted = Double.MAX_VALUE;
        for (Comparison bound : bounds) {
            wanted = Math.min(wanted, FirstRows.wanted(bound.limit(), null));
        }
        for (Comparison equality : equalities) {
            wanted = Math.min(wanted, FirstRows.wanted(equality.limit(), null));
        }
        return wanted;
    }

    /// The conditions as a plan has them.
    Wanted wanted(PhysicalPlanner planner) {
        return new Wanted(physical(bounds, planner), physical(equalities, planner));
    }

    private static @Nullable TypedExpression physical(
            List<Comparison> comparisons, PhysicalPlanner planner) {
        return Expressions.and(
                comparisons.stream()
                        .map(comparison -> planner.physical(comparison.condition()))
                        .toList());
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
            return switch (window.kind()) {
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
