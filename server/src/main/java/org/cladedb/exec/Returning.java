package org.cladedb.exec;

import java.util.List;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Modification;
import org.cladedb.types.Datum;

/// The rows of RETURNING, kept until all changes are made.
final class Returning {
    private final Evaluator[] evaluators;
    private final Datum[] values;
    private final RowBuffer rows;
    private final Datum[] row;
    private int position;

    Returning(Modification modification, ExpressionCompiler compiler, Scope scope) {
        List<Assignment> columns = modification.returning();
        evaluators =
                compiler.compileAll(columns.stream().map(Assignment::expression).toList(), scope);
        values = Datum.row(evaluators.length);
        rows = RowBuffer.of(modification.returningColumns(), compiler.state());
        row = Datum.row(evaluators.length);
    }

    Datum[] row() {
        return row;
    }

    /// Computes and keeps a row.
    void add(ExecutionContext context) {
        if (evaluators.length > 0) {
            Evaluators.evaluateAll(evaluators, context, values);
            rows.add(values);
        }
    }

    boolean next() {
        if (position == rows.size()) {
            return false;
        }
        rows.read(position++, row);
        return true;
    }

    void clear() {
        position = 0;
        rows.clear();
    }
}
