package org.cladedb.sql.ast;

import java.util.List;

/// One `name [(columns)] AS [[NOT] MATERIALIZED] (statement)` of a WITH clause.
///
/// @param statement a [SelectStatement] or a [ModifyStatement]
public record CommonTableExpression(
        String name,
        List<String> columns,
        Materialization materialization,
        Statement statement,
        int position) {
    public CommonTableExpression {
        columns = List.copyOf(columns);
    }

    public enum Materialization {
        DEFAULT,
        ALWAYS,
        NEVER
    }
}
