package org.cladedb.exec;

import org.cladedb.types.Datum;

/// A compiled subquery of an expression.
///
/// @param operator run by the evaluator that owns it, open only while it is read
/// @param correlated whether its rows depend on the row around it; if not, they are computed at
///   most once per execution
record Subplan(Operator operator, boolean correlated) {
    Datum[] row() {
        return operator.row();
    }
}
