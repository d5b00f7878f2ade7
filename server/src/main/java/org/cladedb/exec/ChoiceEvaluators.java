package org.cladedb.exec;

import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.jspecify.annotations.Nullable;

/// Expressions that give one of their operands. Their result is the operand's own cell.
final class ChoiceEvaluators {
    private ChoiceEvaluators() {}

    /// CASE; without ELSE `otherwise` gives NULL.
    record Case(Evaluator[] conditions, Evaluator[] results, Evaluator otherwise)
            implements Evaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            for (int i = 0; i < conditions.length; i++) {
                if (Evaluators.isTrue(conditions[i], context)) {
                    return results[i].evaluate(context);
                }
            }
            return otherwise.evaluate(context);
        }
    }

    /// COALESCE.
    record Coalesce(Evaluator[] operands) implements Evaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            int last = operands.length - 1;
            for (int i = 0; i < last; i++) {
                Datum value = operands[i].evaluate(context);
                if (!value.isNull()) {
                    return value;
                }
            }
            return operands[last].evaluate(context);
        }
    }

    /// NULLIF; `equality` compares the cells of `left` and `right`, which it does not evaluate.
    record NullIf(CellEvaluator left, CellEvaluator right, Evaluator equality, Datum nothing)
            implements Evaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            Datum value = left.evaluate(context);
            right.evaluate(context);
            return Evaluators.isTrue(equality, context) ? nothing : value;
        }
    }

    /// GREATEST (`sign` 1) and LEAST (-1).
    record Extreme(Evaluator[] operands, DatumComparator comparator, int sign, Datum nothing)
            implements Evaluator {
        @Override
        public Datum evaluate(ExecutionContext context) {
            @Nullable Datum best = null;
            for (Evaluator operand : operands) {
                Datum value = operand.evaluate(context);
                if (!value.isNull()
                        && (best == null || comparator.compare(best, value) * sign < 0)) {
                    best = value;
                }
            }
            return best == null ? nothing : best;
        }
    }
}
