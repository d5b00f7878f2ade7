package org.cladedb.sql.ast;

import org.cladedb.sql.ast.OrderItem.Direction;
import org.cladedb.sql.ast.OrderItem.NullsOrder;
import org.jspecify.annotations.Nullable;

/// One column or expression of an index. A plain column is a [Expression.ColumnReference]; in a
/// group index its name is `table.column` (or longer).
public record IndexElement(
        Expression expression,
        @Nullable QualifiedName collation,
        @Nullable QualifiedName operatorClass,
        Direction direction,
        NullsOrder nulls,
        int position) {}
