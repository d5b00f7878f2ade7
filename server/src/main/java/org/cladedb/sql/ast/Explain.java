package org.cladedb.sql.ast;

import java.util.List;

/// EXPLAIN; the old syntax's ANALYZE and VERBOSE are options without a value.
public record Explain(List<Option> options, Statement statement, int position)
        implements Statement {
    public Explain {
        options = List.copyOf(options);
    }
}
