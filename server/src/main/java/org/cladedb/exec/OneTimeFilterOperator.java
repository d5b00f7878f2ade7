package org.cladedb.exec;

import org.cladedb.types.Datum;

/// All rows of the input or none: the predicate, which does not depend on them, is tested when the
/// operator is opened, and the input is not even opened when it is not true.
final class OneTimeFilterOperator implements Operator {
    private final Operator input;
    private final Evaluator predicate;
    private boolean passes;

    OneTimeFilterOperator(Operator input, Evaluator predicate) {
        this.input = input;
        this.predicate = predicate;
    }

    @Override
    public Datum[] row() {
        return input.row();
    }

    @Override
    public void open(ExecutionContext context) {
        passes = Evaluators.isTrue(predicate, context);
        if (passes) {
            input.open(context);
        }
    }

    @Override
    public boolean next() {
        return passes && input.next();
    }

    @Override
    public void close() {
        passes = false;
        input.close();
    }
}
