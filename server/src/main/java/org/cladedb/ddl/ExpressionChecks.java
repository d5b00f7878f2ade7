package org.cladedb.ddl;

import java.util.Map;
import java.util.function.Consumer;
import org.cladedb.analysis.ExpressionEntry;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.parser.SqlParser;

/// Has analysis look at the expressions that a table will store, so that mistakes are reported when
/// they are made.
final class ExpressionChecks {
    private final DdlContext context;
    private final Map<String, Expression> written;

    private ExpressionChecks(DdlContext context, Map<String, Expression> written) {
        this.context = context;
        this.written = written;
    }

    /// Checks a changed table; errors have no position.
    static void check(DdlContext context, Table table) {
        check(context, table, Map.of());
    }

    /// @param written the expressions as they stand in the statement, for positions
    static void check(DdlContext context, Table table, Map<String, Expression> written) {
        new ExpressionChecks(context, written).check(table);
    }

    private void check(Table table) {
        for (Column column : table.columns()) {
            String expression = column.defaultExpression();
            if (column.dropped() || expression == null) {
                continue;
            }
            if (column.generation() == Column.Generation.STORED) {
                analyze(
                        expression,
                        parsed ->
                                ExpressionEntry.generated(
                                        parsed,
                                        column,
                                        table.name(),
                                        table.columns(),
                                        context.analysis()));
            } else if (!isMade(expression)) {
                analyze(
                        expression,
                        parsed ->
                                ExpressionEntry.defaultValue(
                                        parsed, column.name(), column.type(), context.analysis()));
            }
        }
        for (Constraints.CheckConstraint check : table.constraints().checks()) {
            analyze(
                    check.expression(),
                    parsed ->
                            ExpressionEntry.check(
                                    parsed, table.name(), table.columns(), context.analysis()));
        }
    }

    /// Whether it is the default of a serial column, whose sequence is not in the catalog yet.
    private boolean isMade(String expression) {
        return expression.startsWith("nextval(") && !written.containsKey(expression);
    }

    private void analyze(String text, Consumer<Expression> analysis) {
        Expression original = written.get(text);
        if (original != null) {
            analysis.accept(original);
            return;
        }
        try {
            analysis.accept(SqlParser.parseExpression(text));
        } catch (DatabaseException failure) {
            throw failure.movedTo(-1);
        }
    }
}
