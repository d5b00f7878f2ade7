package org.cladedb.plan.ir;

/// One ORDER BY item.
public record SortKey(TypedExpression expression, boolean descending, boolean nullsFirst) {}
