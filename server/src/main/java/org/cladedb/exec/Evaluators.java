package org.cladedb.exec;

import org.cladedb.types.Datum;

/// Small steps that evaluators and operators share.
final class Evaluators {
    private Evaluators() {}

    /// Whether a condition holds: true, neither false nor NULL.
    static boolean isTrue(Evaluator condition, ExecutionContext context) {
        Datum value = condition.evaluate(context);
        return !value.isNull() && value.booleanValue();
    }

    /// Evaluates all into `out`, whose cells share the bytes of the results.
    static void evaluateAll(Evaluator[] evaluators, ExecutionContext context, Datum[] out) {
        for (int i = 0; i < evaluators.length; i++) {
            out[i].copyFrom(evaluators[i].evaluate(context));
        }
    }
}
