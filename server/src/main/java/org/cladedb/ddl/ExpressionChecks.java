package org.cladedb.ddl;

import org.cladedb.analysis.ExpressionEntry;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Table;
import org.cladedb.sql.parser.SqlParser;

/// Has analysis look at the expressions that a table will store, so that mistakes are reported when
/// they are made.
final class ExpressionChecks {
    private ExpressionChecks() {}

    static void check(DdlContext context, Table table) {
        for (Column column : table.columns()) {
            String expression = column.defaultExpression();
            if (column.dropped() || expression == null) {
                continue;
            }
            if (column.generation() == Column.Generation.STORED) {
                ExpressionEntry.generated(
                        SqlParser.parseExpression(expression),
                        column,
                        table.name(),
                        table.columns(),
                        context.analysis());
            } else if (!expression.startsWith("nextval(")) {
                ExpressionEntry.defaultValue(
                        SqlParser.parseExpression(expression),
                        column.name(),
                        column.type(),
                        context.analysis());
            }
        }
        for (Constraints.CheckConstraint check : table.constraints().checks()) {
            ExpressionEntry.check(
                    SqlParser.parseExpression(check.expression()),
                    table.name(),
                    table.columns(),
                    context.analysis());
        }
    }
}
