package org.cladedb.plan.ir;

/// A computed column and how to compute it. An expression that only reads a column makes a new
/// column too.
public record Assignment(OutputColumn column, TypedExpression expression) {}
