package org.cladedb.analysis;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.Statement;

/// The entry to this package for statements. Stateless; see [ExpressionEntry] for expressions.
public final class Analyzer {
    private Analyzer() {}

    /// Analyses a query or data modification.
    ///
    /// @param statement a [SelectStatement] or [ModifyStatement]
    /// @throws DatabaseException the first error, with its position in the statement's text
    public static AnalyzedStatement analyze(Statement statement, AnalysisContext context) {
        StatementState state = new StatementState(context);
        QueryScope scope = QueryScope.root(state);
        return switch (statement) {
            case SelectStatement select -> {
                LogicalNode plan = new SelectAnalyzer(scope).analyze(select).buildSettled();
                yield result(state, plan, AnalyzedStatement.Kind.SELECT);
            }
            case ModifyStatement.Insert insert ->
                    result(
                            state,
                            new InsertAnalyzer(scope).analyze(insert),
                            AnalyzedStatement.Kind.INSERT);
            case ModifyStatement.Update update ->
                    result(
                            state,
                            new UpdateAnalyzer(scope).update(update),
                            AnalyzedStatement.Kind.UPDATE);
            case ModifyStatement.Delete delete ->
                    result(
                            state,
                            new UpdateAnalyzer(scope).delete(delete),
                            AnalyzedStatement.Kind.DELETE);
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
