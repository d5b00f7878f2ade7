package org.cladedb.analysis;

import java.util.List;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;

/// An expression over one row of a table.
///
/// @param columns one a slot of the table, in slot order; what the expression's column references
///   refer to
public record RowExpression(TypedExpression expression, List<OutputColumn> columns) {
    public RowExpression {
        columns = List.copyOf(columns);
    }
}
