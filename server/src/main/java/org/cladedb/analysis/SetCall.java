package org.cladedb.analysis;

import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;

/// A set-returning function called in a select list.
///
/// @param column stands for its value in the expressions around it
/// @param position where the call stands
/// @param depth 0, or one more than the deepest set-returning call among its arguments
record SetCall(OutputColumn column, TypedExpression call, int position, int depth) {}
