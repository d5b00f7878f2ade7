package org.cladedb.plan.physical;

import org.cladedb.plan.ir.TypedExpression;

/// How some rows of a system table are found: by a column that equals `value`, or, where `any`, an
/// element of that array. The value mentions no columns of the table. What is found may hold other
/// rows besides, so the condition is tested all the same.
public record SystemKey(int slot, TypedExpression value, boolean any) {}
