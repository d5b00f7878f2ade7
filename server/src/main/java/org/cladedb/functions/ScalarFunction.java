package org.cladedb.functions;

import org.cladedb.types.Datum;

/// A bound function: computes one value. May keep scratch buffers, so each plan instance binds its
/// own.
@FunctionalInterface
public interface ScalarFunction {
    /// Writes the result into `out`, which is no element of `arguments`. When the definition is
    /// strict no argument is NULL. Bytes of `out` stay valid until the next call.
    void apply(Datum[] arguments, Datum out, EvaluationContext context);
}
