package org.cladedb.sql.ast;

import java.util.List;

/// WITH and its common table expressions.
public record WithClause(boolean recursive, List<CommonTableExpression> tables, int position) {
    public WithClause {
        tables = List.copyOf(tables);
    }
}
