package org.cladedb.exec;

/// A plan that changes rows. All changes are made by `open`; the rows are those of RETURNING.
public interface ModificationOperator extends Operator {
    /// How many rows the execution affected, for the command tag; 0 for plans that change nothing.
    long affected();
}
