package org.cladedb.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.Fingerprint;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;

/// Keys of windows that are more than a column. They are computed once, below the window, for the
/// sort and the window to agree; the select list reads those that it repeats whole.
final class WindowKeys {
    private final StatementState state;
    private final Map<String, Assignment> computed = new LinkedHashMap<>();

    WindowKeys(StatementState state) {
        this.state = state;
    }

    /// The plan with those of `keys` as columns more.
    LogicalNode compute(LogicalNode input, List<TypedExpression> keys) {
        for (TypedExpression key : keys) {
            if (isComputed(key, input)) {
                computed.computeIfAbsent(
                        Fingerprint.of(key),
                        _ -> new Assignment(state.column("key", key.type()), key));
            }
        }
        if (computed.isEmpty()) {
            return input;
        }
        List<Assignment> assignments = SetKeys.passed(input);
        assignments.addAll(computed.values());
        return new LogicalNode.Project(input, assignments);
    }

    private static boolean isComputed(TypedExpression key, LogicalNode input) {
        return !(key instanceof TypedExpression.ColumnReference)
                && (Expressions.refersTo(key, input.columns()) || Expressions.isVolatile(key));
    }

    /// A column in place of an expression that has been computed.
    TypedExpression rewrite(TypedExpression expression) {
        Assignment known = computed.isEmpty() ? null : computed.get(Fingerprint.of(expression));
        return known == null ? expression : known.column().reference();
    }

    WindowCall rewrite(WindowCall call) {
        return new WindowCall(
                call.call(),
                call.partitionBy().stream().map(this::rewrite).toList(),
                call.orderBy().stream()
                        .map(key ->
                                new SortKey(
                                        rewrite(key.expression()),
                                        key.descending(),
                                        key.nullsFirst()))
                        .toList(),
                call.frame());
    }
}
