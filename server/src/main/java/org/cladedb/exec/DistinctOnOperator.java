package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// DISTINCT ON: the first of consecutive rows with equal keys.
final class DistinctOnOperator implements Operator {
    private final Operator input;
    private final Evaluator[] keys;
    private final RowEquality equality;
    private final RowBuffer kept;
    private final PlanState state;
    private final Datum[] values;
    private final Datum[] last;

    DistinctOnOperator(Operator input, Evaluator[] keys, List<SqlType> types, PlanState state) {
        this.input = input;
        this.keys = keys;
        this.state = state;
        equality = new RowEquality(types);
        kept = new RowBuffer(types, state.operatorMemory());
        values = new Datum[keys.length];
        last = Datum.row(keys.length);
    }

    @Override
    public Datum[] row() {
        return input.row();
    }

    @Override
    public void open(ExecutionContext context) {
        kept.clear();
        input.open(context);
    }

    @Override
    public boolean next() {
        ExecutionContext context = state.context();
        while (input.next()) {
            for (int i = 0; i < keys.length; i++) {
                values[i] = keys[i].evaluate(context);
            }
            if (kept.size() == 0 || !equality.isEqual(values, last)) {
                kept.clear();
                kept.add(values);
                kept.read(0, last);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        input.close();
        kept.clear();
    }
}
