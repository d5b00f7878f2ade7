package org.cladedb.exec;

import org.cladedb.types.Datum;

/// A compiled expression.
@FunctionalInterface
public interface Evaluator {
    /// Computes the value; the cell returned is the evaluator's own or a column's: read it before
    /// the next call, never change it.
    Datum evaluate(ExecutionContext context);
}
