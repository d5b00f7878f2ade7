package org.cladedb.exec;

import org.cladedb.types.Datum;

/// Rows of the input for which the predicate is true.
final class FilterOperator implements Operator {
    private final Operator input;
    private final Evaluator predicate;
    private final PlanState state;

    FilterOperator(Operator input, Evaluator predicate, PlanState state) {
        this.input = input;
        this.predicate = predicate;
        this.state = state;
    }

    @Override
    public Datum[] row() {
        return input.row();
    }

    @Override
    public void open(ExecutionContext context) {
        input.open(context);
    }

    @Override
    public boolean next() {
        ExecutionContext context = state.context();
        while (input.next()) {
            if (Evaluators.isTrue(predicate, context)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        input.close();
    }
}
