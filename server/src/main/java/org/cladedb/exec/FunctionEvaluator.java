package org.cladedb.exec;

import org.cladedb.functions.ScalarFunction;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Calls a function; with `strict`, NULL among the arguments gives NULL without a call.
final class FunctionEvaluator implements CellEvaluator {
    private final ScalarFunction function;
    private final boolean strict;
    private final Evaluator[] arguments;
    private final Datum[] values;
    private final Datum out = new Datum();
    private final @Nullable LargeResults large;

    /// @param large watches results that may be large; null when they cannot
    FunctionEvaluator(
            ScalarFunction function,
            boolean strict,
            Evaluator[] arguments,
            @Nullable LargeResults large) {
        this.function = function;
        this.strict = strict;
        this.arguments = arguments;
        this.large = large;
        values = new Datum[arguments.length];
    }

    @Override
    public Datum evaluate(ExecutionContext context) {
        boolean anyNull = false;
        for (int i = 0; i < arguments.length; i++) {
            Datum value = arguments[i].evaluate(context);
            anyNull |= value.isNull();
            values[i] = value;
        }
        if (strict && anyNull) {
            out.setNull();
        } else if (large == null) {
            function.apply(values, out, context);
        } else {
            large.beforeCall(values);
            function.apply(values, out, context);
            large.afterCall(values, out);
        }
        return out;
    }

    @Override
    public Datum cell() {
        return out;
    }
}
