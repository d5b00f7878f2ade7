package org.cladedb.exec;

import org.cladedb.functions.ScalarFunction;
import org.cladedb.types.Datum;

/// Calls a function; with `strict`, NULL among the arguments gives NULL without a call.
final class FunctionEvaluator implements CellEvaluator {
    private final ScalarFunction function;
    private final boolean strict;
    private final Evaluator[] arguments;
    private final Datum[] values;
    private final Datum out = new Datum();

    FunctionEvaluator(ScalarFunction function, boolean strict, Evaluator[] arguments) {
        this.function = function;
        this.strict = strict;
        this.arguments = arguments;
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
        } else {
            function.apply(values, out, context);
        }
        return out;
    }

    @Override
    public Datum cell() {
        return out;
    }
}
