package org.cladedb.ddl;

import org.cladedb.analysis.Analyzer;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Table;

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
                Analyzer.analyzeGenerated(expression, table, column, context.analysis());
            } else if (!expression.startsWith("nextval(")) {
                Analyzer.analyzeDefault(expression, column, context.analysis());
            }
        }
        for (Constraints.CheckConstraint check : table.constraints().checks()) {
            Analyzer.analyzeCheck(check.expression(), table, context.analysis());
        }
    }
}
