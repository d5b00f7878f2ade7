package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.physical.AccessPath;
import org.cladedb.storage.group.ScanBounds;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// The compiled bounds of an access path.
final class KeyBounds {
    private final AccessPath.Bounds bounds;
    private final Evaluator[] equal;
    private final @Nullable Evaluator lower;
    private final @Nullable Evaluator upper;

    KeyBounds(AccessPath.Bounds bounds, ExpressionCompiler compiler, Scope scope) {
        this.bounds = bounds;
        equal = compiler.compileAll(bounds.equal(), scope);
        lower = compiler.compileOptional(bounds.lower(), scope);
        upper = compiler.compileOptional(bounds.upper(), scope);
    }

    /// The bounds now; null when one of the values is NULL, so that no row can match.
    @Nullable ScanBounds evaluate(ExecutionContext context) {
        List<Datum> values = values(equal, context);
        Datum from = lower == null ? null : lower.evaluate(context);
        Datum to = upper == null ? null : upper.evaluate(context);
        if (values == null || isNull(from) || isNull(to)) {
            return null;
        }
        return new ScanBounds(
                values,
                from,
                bounds.lowerInclusive(),
                to,
                bounds.upperInclusive(),
                false,
                bounds.notNull());
    }

    private static boolean isNull(@Nullable Datum bound) {
        return bound != null && bound.isNull();
    }

    /// The values of a key; null when one of them is NULL.
    static @Nullable List<Datum> values(Evaluator[] evaluators, ExecutionContext context) {
        List<Datum> values = new ArrayList<>(evaluators.length);
        for (Evaluator evaluator : evaluators) {
            Datum value = evaluator.evaluate(context);
            if (value.isNull()) {
                return null;
            }
            values.add(value);
        }
        return values;
    }
}
