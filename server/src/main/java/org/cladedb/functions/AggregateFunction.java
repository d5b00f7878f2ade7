package org.cladedb.functions;

import org.cladedb.types.Datum;

/// A bound aggregate: makes one [Accumulator] per group.
@FunctionalInterface
public interface AggregateFunction {
    Accumulator newAccumulator();

    /// The state of one group.
    interface Accumulator {
        /// Takes one row; keeps no cell or bytes of it without copying.
        void add(Datum[] arguments, EvaluationContext context);

        /// Takes back the earliest row that is in the state. False if that is not possible (now);
        /// the state is useless then.
        default boolean remove(Datum[] arguments, EvaluationContext context) {
            return false;
        }

        /// Writes the aggregate of the rows so far; may be called more than once.
        void result(Datum out, EvaluationContext context);

        /// Roughly how much memory it holds beyond a small constant, in bytes.
        default long retainedBytes() {
            return 0;
        }
    }
}
