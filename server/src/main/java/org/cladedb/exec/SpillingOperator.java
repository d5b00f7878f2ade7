package org.cladedb.exec;

/// An operator that goes on on disk when its memory is full.
interface SpillingOperator extends Operator {
    /// What it wrote to disk since it was opened.
    SpillCounters spilled();
}
