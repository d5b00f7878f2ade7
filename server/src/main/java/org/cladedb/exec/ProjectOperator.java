package org.cladedb.exec;

import java.util.Arrays;
import org.cladedb.types.Datum;

/// Computes columns. Their cells are those of the evaluators, so a column that is only passed on
/// costs nothing.
final class ProjectOperator implements Operator {
    private final Operator input;
    private final CellEvaluator[] computed;
    private final PlanState state;
    private final Datum[] row;

    ProjectOperator(Operator input, CellEvaluator[] columns, PlanState state) {
        this.input = input;
        this.state = state;
        row = Arrays.stream(columns).map(CellEvaluator::cell).toArray(Datum[]::new);
        computed =
                Arrays.stream(columns)
                        .filter(column -> !column.isPlain())
                        .toArray(CellEvaluator[]::new);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        input.open(context);
    }

    @Override
    public boolean next() {
        if (!input.next()) {
            return false;
        }
        ExecutionContext context = state.context();
        for (CellEvaluator column : computed) {
            column.evaluate(context);
        }
        return true;
    }

    @Override
    public void close() {
        input.close();
    }
}
