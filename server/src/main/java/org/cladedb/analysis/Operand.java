package org.cladedb.analysis;

import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;

/// An expression with the place where errors about it point.
record Operand(TypedExpression expression, int position) {
    SqlType type() {
        return expression.type();
    }
}
