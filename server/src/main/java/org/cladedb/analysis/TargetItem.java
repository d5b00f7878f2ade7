package org.cladedb.analysis;

import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;

/// One column of a select list: its name, its value, and where it was written.
///
/// @param tableOid the table whose column it is unchanged, else 0
/// @param columnNumber that column's slot, else 0
record TargetItem(
        String name, TypedExpression expression, int position, int tableOid, int columnNumber) {

    static TargetItem of(
            StatementState state, String name, TypedExpression expression, int position) {
        if (expression instanceof TypedExpression.ColumnReference reference) {
            OutputColumn origin = state.origin(reference.columnId());
            if (origin != null) {
                return new TargetItem(
                        name, expression, position, origin.tableOid(), origin.columnNumber());
            }
        }
        return new TargetItem(name, expression, position, 0, 0);
    }

    SqlType type() {
        return expression.type();
    }

    Operand operand() {
        return new Operand(expression, position);
    }

    TargetItem with(TypedExpression newExpression) {
        return new TargetItem(name, newExpression, position, tableOid, columnNumber);
    }

    TargetItem named(String newName) {
        return new TargetItem(newName, expression, position, tableOid, columnNumber);
    }

    /// A new output column for this item.
    OutputColumn column(StatementState state) {
        return state.column(name, type(), tableOid, columnNumber);
    }
}
