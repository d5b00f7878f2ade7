package org.cladedb.exec;

import org.cladedb.types.Datum;

/// Computes one window call, position after position of each partition in order.
interface WindowFunction {
    /// Starts the partition that `order` stands on.
    void startPartition(WindowOrder order, ExecutionContext context);

    /// Writes the value for the row at `position`; may load other rows into the shared cells.
    void compute(WindowOrder order, int position, ExecutionContext context, Datum out);

    /// The first position that the function may load for rows after `position`, which was computed
    /// last: what is before can be forgotten.
    int needed(int position);
}
