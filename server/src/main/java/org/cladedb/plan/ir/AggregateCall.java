package org.cladedb.plan.ir;

import java.util.List;
import org.cladedb.functions.FunctionRegistry;
import org.jspecify.annotations.Nullable;

/// An aggregate of an [LogicalNode.Aggregate] node (or over a window).
///
/// @param column what it produces
/// @param filter only rows for which it is true count; null for all
public record AggregateCall(
        OutputColumn column,
        FunctionRegistry.Resolved function,
        List<TypedExpression> arguments,
        boolean distinct,
        List<SortKey> orderBy,
        @Nullable TypedExpression filter) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
        orderBy = List.copyOf(orderBy);
    }
}
