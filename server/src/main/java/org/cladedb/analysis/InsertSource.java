package org.cladedb.analysis;

import java.util.Map;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.TypedExpression;

/// The rows to insert.
///
/// @param values by slot, over the plan's columns; slots without one get their default
record InsertSource(LogicalNode plan, Map<Integer, TypedExpression> values) {
    InsertSource {
        values = Map.copyOf(values);
    }

    /// DEFAULT VALUES.
    static InsertSource defaults() {
        return new InsertSource(new LogicalNode.SingleRow(), Map.of());
    }
}
