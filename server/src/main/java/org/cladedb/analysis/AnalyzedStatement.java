package org.cladedb.analysis;

import java.util.List;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.types.SqlType;

/// A query or data modification after analysis.
///
/// @param plan its columns are the result's (RETURNING's for modifications)
/// @param parameterTypes the type of each `$n`, none of them UNKNOWN
/// @param kind for the command tag
public record AnalyzedStatement(LogicalNode plan, List<SqlType> parameterTypes, Kind kind) {
    public AnalyzedStatement {
        parameterTypes = List.copyOf(parameterTypes);
    }

    /// What the statement is.
    public enum Kind {
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }
}
