package org.cladedb.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.TypedExpression;

/// Chooses the items of a select list that are computed after ORDER BY, row by row as LIMIT asks
/// for them: volatile ones, so that a sequence counts the rows in their order and only those that
/// are wanted; set-returning ones, unless the rows are sorted by one; with LIMIT also those that
/// take long.
final class LateTargets {
    /// How many calls an item may have that is cheaper to compute than to have computed later.
    private static final int CHEAP_CALLS_MAX = 10;

    private LateTargets() {}

    /// @param values the items
    /// @param keys numbers of the items that rows are sorted by
    /// @param calls the set-returning calls among the items
    /// @param limited whether there is a LIMIT
    /// @return the numbers of the late items; empty when none has to be
    static Set<Integer> of(
            List<TypedExpression> values, Set<Integer> keys, List<SetCall> calls, boolean limited) {
        Set<Integer> late = new HashSet<>();
        boolean necessary = false;
        for (int i = 0; i < values.size(); i++) {
            TypedExpression value = values.get(i);
            boolean returnsSet =
                    Expressions.refersTo(value, calls.stream().map(SetCall::column).toList());
            if (keys.contains(i)) {
                if (returnsSet) {
                    return Set.of();
                }
            } else if (returnsSet || Expressions.isVolatile(value)) {
                late.add(i);
                necessary = true;
            } else if (isExpensive(value)) {
                late.add(i);
            }
        }
        return necessary || limited ? late : Set.of();
    }

    /// Nested results have a rule of their own.
    private static boolean isExpensive(TypedExpression value) {
        int[] calls = {0};
        boolean[] nested = {false};
        Expressions.forEach(
                value,
                part -> {
                    calls[0] += part instanceof TypedExpression.FunctionCall ? 1 : 0;
                    nested[0] |= part instanceof TypedExpression.NestedSubquery;
                });
        return !nested[0] && (calls[0] > CHEAP_CALLS_MAX || Expressions.hasSubquery(value));
    }
}
