package org.cladedb.analysis;

import java.util.List;
import java.util.function.Supplier;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.parser.ParsedStatement;
import org.cladedb.sql.parser.SqlParser;

/// SQL text that the catalog keeps: view queries, defaults, checks. Errors in it have no position,
/// because positions point into the text that the client sent.
final class StoredText {
    private final StatementState state;

    StoredText(StatementState state) {
        this.state = state;
    }

    /// The plan of a view's query, its columns as the view's.
    LogicalNode viewPlan(View view, int position) {
        state.enterView(position);
        try {
            return withoutPosition(() -> {
                SelectStatement query = query(view);
                QueryScope scope = new QueryScope(state, null, view.searchPath());
                return new SelectAnalyzer(scope).analyze(query).buildSettled();
            });
        } finally {
            state.leaveView();
        }
    }

    private static SelectStatement query(View view) {
        List<ParsedStatement> statements = SqlParser.parse(view.query());
        if (statements.size() == 1
                && statements.getFirst().statement() instanceof SelectStatement query) {
            return query;
        }
        throw new DatabaseException(
                SqlState.INTERNAL_ERROR, "view \"" + view.name() + "\" is no query");
    }

    static Expression parse(String text) {
        return withoutPosition(() -> SqlParser.parseExpression(text));
    }

    /// Runs `analysis`, whose errors are about text the client does not see.
    static <T> T withoutPosition(Supplier<T> analysis) {
        try {
            return analysis.get();
        } catch (DatabaseException e) {
            if (e.fields().position() < 0) {
                throw e;
            }
            DatabaseException copy = new DatabaseException(e.state(), e.message(), e);
            if (e.fields().detail() != null) {
                copy = copy.withDetail(e.fields().detail());
            }
            if (e.fields().hint() != null) {
                copy = copy.withHint(e.fields().hint());
            }
            throw copy;
        }
    }
}
