package org.cladedb.functions;

import org.cladedb.types.Datum;

/// A bound set-returning function.
@FunctionalInterface
public interface SetFunction {
    /// Starts a call; the cells of the arguments are read during this call only, their bytes and
    /// objects until the rows end.
    Rows call(Datum[] arguments, EvaluationContext context);

    /// The rows of one call.
    interface Rows {
        /// Fills `out` (one cell per result column) and returns true, or returns false at the end.
        boolean next(Datum[] out);
    }
}
