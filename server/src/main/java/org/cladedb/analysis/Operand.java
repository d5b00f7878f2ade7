package org.cladedb.analysis;

import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;

/// An expression with the place where errors about it point.
record Operand(TypedExpression expression, int position) {
    SqlType type() {
        return expression.type();
    }

    /// As functions and operators take it: a nested result is json.
    Operand asValue() {
        return type().isNestedResult()
                ? new Operand(
                        new TypedExpression.Cast(expression, SqlType.JSON, false, position),
                        position)
                : this;
    }
}
