package org.cladedb.exec;

import java.util.List;
import org.cladedb.functions.AggregateFunction;
import org.cladedb.functions.EvaluationContext;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Passes on each distinct combination of arguments once, when it first comes.
final class DistinctAccumulator implements AggregateFunction.Accumulator {
    private final AggregateFunction.Accumulator target;
    private final DistinctRows distinct;
    private final Datum[] cells;

    DistinctAccumulator(
            AggregateFunction.Accumulator target, List<SqlType> types, WorkSpace space) {
        this.target = target;
        distinct = new DistinctRows(types, space);
        cells = Datum.row(types.size());
    }

    @Override
    public void add(Datum[] arguments, EvaluationContext context) {
        if (distinct.add(arguments)) {
            target.add(arguments, context);
        }
    }

    @Override
    public void result(Datum out, EvaluationContext context) {
        while (distinct.nextRound()) {
            while (distinct.next(cells)) {
                if (distinct.add(cells)) {
                    target.add(cells, context);
                }
            }
        }
        target.result(out, context);
    }

    @Override
    public long retainedBytes() {
        return target.retainedBytes();
    }
}
