package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Passes on each row when it first comes; those that do not fit in memory after the others, read
/// into the cells of the input, which has ended then.
final class DistinctOperator implements SpillingOperator {
    private final Operator input;
    private final WorkSpace space;
    private final DistinctRows distinct;
    private boolean readsInput;

    DistinctOperator(Operator input, List<SqlType> types, WorkSpace space) {
        this.input = input;
        this.space = space;
        distinct = new DistinctRows(types, space);
    }

    @Override
    public Datum[] row() {
        return input.row();
    }

    @Override
    public void open(ExecutionContext context) {
        distinct.clear();
        space.counters().clear();
        input.open(context);
        readsInput = true;
    }

    @Override
    public boolean next() {
        while (true) {
            while (readsInput ? input.next() : distinct.next(input.row())) {
                if (distinct.add(input.row())) {
                    return true;
                }
            }
            if (readsInput) {
                readsInput = false;
                input.close();
            }
            if (!distinct.nextRound()) {
                return false;
            }
        }
    }

    @Override
    public SpillCounters spilled() {
        return space.counters();
    }

    @Override
    public void close() {
        readsInput = false;
        input.close();
        distinct.clear();
    }
}
