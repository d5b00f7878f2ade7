package org.cladedb.exec;

import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Finds rows of a hash table, which is filled once per execution of the plan, by key values that
/// change from one `open` to the next.
final class HashLookupOperator implements Operator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final JoinKeys probes;
    private final JoinBuild build;
    private final @Nullable Evaluator residual;
    private final PlanState state;
    private int candidate = JoinHashTable.NONE;
    private long filledFor;
    private int work;

    HashLookupOperator(
            JoinKeys probes, JoinBuild build, @Nullable Evaluator residual, PlanState state) {
        this.probes = probes;
        this.build = build;
        this.residual = residual;
        this.state = state;
        state.whenClosed(build::clear);
    }

    @Override
    public Datum[] row() {
        return build.row();
    }

    @Override
    public void open(ExecutionContext context) {
        if (filledFor != state.execution()) {
            build.fill(context);
            filledFor = state.execution();
        }
        candidate = probes.evaluate(context) ? build.first(probes.hash()) : JoinHashTable.NONE;
    }

    @Override
    public boolean next() {
        ExecutionContext context = state.context();
        while (candidate != JoinHashTable.NONE) {
            int number = candidate;
            candidate = build.next(number);
            if ((++work & CANCEL_CHECK_MASK) == 0) {
                context.checkCancelled();
            }
            build.read(number);
            if (probes.isEqual(build.keys())
                    && (residual == null || Evaluators.isTrue(residual, context))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        candidate = JoinHashTable.NONE;
    }
}
