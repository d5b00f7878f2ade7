package org.cladedb.analysis;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;

/// The entry to this package. Stateless.
public final class Analyzer {
    private Analyzer() {}

    /// Analyses a query or data modification.
    ///
    /// @throws DatabaseException the first error, with its position in the statement's text
    public static AnalyzedStatement analyze(Statement statement, AnalysisContext context) {
        StatementState state = new StatementState(context);
        QueryScope scope = QueryScope.root(state);
        return switch (statement) {
            case SelectStatement select -> {
                LogicalNode plan = new SelectAnalyzer(scope).analyze(select).buildSettled();
                yield result(state, plan, AnalyzedStatement.Kind.SELECT);
            }
            default ->
                    throw new DatabaseException(
                            SqlState.INTERNAL_ERROR,
                            "no plan for " + statement.getClass().getSimpleName());
        };
    }

    private static AnalyzedStatement result(
            StatementState state, LogicalNode plan, AnalyzedStatement.Kind kind) {
        return new AnalyzedStatement(plan, state.parameters().complete(), kind);
    }
}
