package org.cladedb.exec;

import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.AccessPath;
import org.cladedb.storage.group.ScanBounds;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Computes the bounds of a range scan.
final class BoundsEvaluator {
    private final Evaluator[] equal;
    private final @Nullable Evaluator lower;
    private final boolean lowerInclusive;
    private final @Nullable Evaluator upper;
    private final boolean upperInclusive;

    BoundsEvaluator(AccessPath.Bounds bounds, ExpressionCompiler expressions, Scope scope) {
        List<TypedExpression> values = bounds.equal();
        equal = expressions.compileAll(values, scope);
        lower = expressions.compileOptional(bounds.lower(), scope);
        lowerInclusive = bounds.lowerInclusive();
        upper = expressions.compileOptional(bounds.upper(), scope);
        upperInclusive = bounds.upperInclusive();
    }

    ScanBounds evaluate(ExecutionContext context) {
        List<Datum> values = new ArrayList<>(equal.length);
        for (Evaluator value : equal) {
            values.add(value.evaluate(context));
        }
        return new ScanBounds(
                values,
                lower == null ? null : lower.evaluate(context),
                lowerInclusive,
                upper == null ? null : upper.evaluate(context),
                upperInclusive,
                false);
    }
}
