package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TableRules;
import org.cladedb.plan.ir.TypedExpression;
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

    /// Analyses a query whose rows go into a table that is made for them.
    ///
    /// @param create makes the table for the query's columns, with one column for each, and their
    ///   collations
    public static AnalyzedStatement createAs(
            SelectStatement query,
            AnalysisContext context,
            BiFunction<List<OutputColumn>, List<OutputCollation>, Table> create) {
        StatementState state = new StatementState(context);
        QueryScope inside = QueryScope.root(state).child();
        LogicalNode plan = new SelectAnalyzer(inside).analyze(query).buildSettled();
        Table table = create.apply(plan.columns(), CollationAssignment.outputs(state, plan));
        Coercion coercion = new Coercion(state);
        List<TypedExpression> values = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            values.add(
                    coercion.assignment(
                            new Operand(plan.columns().get(i).reference(), -1),
                            column.type(),
                            column.name()));
        }
        Modification.Insert modification =
                new Modification.Insert(
                        table,
                        values,
                        RowScope.newRow(state, table.oid(), table.columns()),
                        List.of(),
                        List.of(),
                        null,
                        List.of());
        return result(
                state, new LogicalNode.Insert(plan, modification), AnalyzedStatement.Kind.INSERT);
    }

    /// What `table` asks of each row by itself, whoever changes it.
    public static TableRules rules(Table table, AnalysisContext context) {
        StatementState state = new StatementState(context);
        List<OutputColumn> row = RowScope.newRow(state, table.oid(), table.columns());
        StoredExpressions stored = new StoredExpressions(state);
        Map<Integer, TypedExpression> defaults = new HashMap<>();
        for (ForeignKey key : table.constraints().foreignKeys()) {
            if (key.onDelete() == ForeignKey.Action.SET_DEFAULT
                    || key.onUpdate() == ForeignKey.Action.SET_DEFAULT) {
                for (int slot : key.columns()) {
                    defaults.put(slot, stored.defaultValue(table, table.column(slot)));
                }
            }
        }
        return new TableRules(
                table, row, stored.generated(table, row), stored.checks(table, row), defaults);
    }

    private static AnalyzedStatement result(
            StatementState state, LogicalNode plan, AnalyzedStatement.Kind kind) {
        return new AnalyzedStatement(
                ConstantFolding.apply(state, CollationAssignment.apply(state, plan)),
                state.parameters().complete(),
                kind);
    }
}
