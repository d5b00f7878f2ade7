package org.cladedb.analysis;

import java.util.List;
import java.util.TreeSet;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.stored.Layout;
import org.cladedb.stored.SqlPrinter;
import org.cladedb.stored.StoredReferences;
import org.cladedb.types.SqlType;

/// Analyses what a statement defines and gives it the form in which the catalog keeps it. The entry
/// to this package for definitions; stateless. Errors have positions in the statement's text.
public final class StoredDefinitions {
    private StoredDefinitions() {}

    /// A view's query.
    ///
    /// @param columns what it gives
    /// @param collations their collations
    /// @param text as it is stored
    /// @param references what it depends on
    public record Query(
            List<OutputColumn> columns,
            List<OutputCollation> collations,
            String text,
            List<ObjectReference> references) {
        public Query {
            columns = List.copyOf(columns);
            collations = List.copyOf(collations);
            references = List.copyOf(references);
        }
    }

    public static Query query(SelectStatement query, AnalysisContext context) {
        Resolutions resolutions = new Resolutions();
        StatementState state = new StatementState(context, resolutions);
        LogicalNode plan = new SelectAnalyzer(QueryScope.root(state)).analyze(query).buildSettled();
        SelectStatement stored = new StoredQueryWriter(state, resolutions).query(query);
        TreeSet<ObjectReference> references = new TreeSet<>(StoredReferences.of(stored));
        resolutions.neededKeys().forEach(oid -> references.add(new ObjectReference(oid, 0)));
        return new Query(
                plan.columns(),
                CollationAssignment.outputs(state, plan),
                SqlPrinter.print(stored, Layout.LINE),
                List.copyOf(references));
    }

    /// A DEFAULT for a column.
    public static String defaultValue(
            Expression written, String columnName, SqlType type, AnalysisContext context) {
        Resolutions resolutions = new Resolutions();
        StatementState state = new StatementState(context, resolutions);
        new StoredExpressions(state).defaultValue(written, columnName, type);
        return expression(written, state, resolutions);
    }

    /// A CHECK condition over a table's columns (all slots, dropped ones included).
    public static String check(
            Expression written, String table, List<Column> columns, AnalysisContext context) {
        Resolutions resolutions = new Resolutions();
        ExpressionEntry.Row row = new ExpressionEntry.Row(table, columns, context, resolutions);
        CollationAssignment.apply(
                row.state, row.expressions.condition(written, ExpressionKind.CHECK, "CHECK"));
        return expression(written, row.state, resolutions);
    }

    /// The expression of a stored generated column.
    public static String generated(
            Expression written,
            Column column,
            String table,
            List<Column> columns,
            AnalysisContext context) {
        Resolutions resolutions = new Resolutions();
        ExpressionEntry.Row row = new ExpressionEntry.Row(table, columns, context, resolutions);
        ExpressionEntry.generated(written, column, row, columns);
        return expression(written, row.state, resolutions);
    }

    private static String expression(
            Expression written, StatementState state, Resolutions resolutions) {
        Expression stored =
                new StoredQueryWriter(state, resolutions).expressions().unconverted(written);
        return SqlPrinter.print(stored, Layout.LINE);
    }
}
