package org.cladedb.sql.parser;

import java.util.List;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.SelectStatement;

/// What stood between parentheses where a query or expressions may stand.
sealed interface Parenthesized {
    record Query(SelectStatement query) implements Parenthesized {}

    /// One or more expressions.
    record Values(List<Expression> expressions) implements Parenthesized {
        public Values {
            expressions = List.copyOf(expressions);
        }
    }
}
