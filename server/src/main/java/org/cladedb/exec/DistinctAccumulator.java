package org.cladedb.exec;

import java.util.List;
import org.cladedb.functions.AggregateFunction;
import org.cladedb.functions.EvaluationContext;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Passes on each distinct combination of arguments once, when it first comes.
final class DistinctAccumulator implements AggregateFunction.Accumulator {
    private final AggregateFunction.Accumulator target;
    private final RowSet seen;

    DistinctAccumulator(
            AggregateFunction.Accumulator target, List<SqlType> types, MemoryAccount memory) {
        this.target = target;
        seen = new RowSet(types, memory);
    }

    @Override
    public void add(Datum[] arguments, EvaluationContext context) {
        if (seen.add(arguments)) {
            target.add(arguments, context);
        }
    }

    @Override
    public void result(Datum out, EvaluationContext context) {
        target.result(out, context);
    }

    @Override
    public long retainedBytes() {
        return target.retainedBytes();
    }
}
