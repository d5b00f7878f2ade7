package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.ModifyStatement;
import org.cladedb.sql.ast.TableExpression;
import org.jspecify.annotations.Nullable;

/// UPDATE and DELETE: statements that find rows of a table first.
final class UpdateAnalyzer {
    private final QueryScope scope;
    private final StatementState state;
    private final ExpressionAnalyzer expressions;

    UpdateAnalyzer(QueryScope scope) {
        this.scope = scope;
        this.state = scope.state();
        this.expressions = new ExpressionAnalyzer(scope);
    }

    LogicalNode update(ModifyStatement.Update update) {
        List<LogicalNode.CommonTable> tables =
                update.with() == null ? List.of() : new WithAnalyzer(scope).analyze(update.with());
        WriteTarget target = WriteTarget.find(scope, update.table(), update.alias(), "update");
        TableSource scan = scan(target);
        List<OutputColumn> oldRow = scan.allColumns();
        FromSource source = source(scan, update.from());
        TypedExpression condition = where(update.where());
        List<Modification.SetSlot> sets =
                SetClause.analyze(expressions, target, update.assignments());
        List<OutputColumn> newRow = target.newRow(state);
        StoredExpressions stored = new StoredExpressions(state);
        List<Modification.Generated> generated = stored.generated(target.table(), newRow);
        List<Modification.Check> checks = stored.checks(target.table(), newRow);
        showNewRow(target, newRow);
        Modification.Update modification =
                new Modification.Update(
                        target.table(),
                        scan.locator(),
                        oldRow,
                        sets,
                        null,
                        newRow,
                        generated,
                        checks,
                        WriteTarget.returning(expressions, update.returning()));
        return with(tables, new LogicalNode.Update(input(source, condition), modification));
    }

    LogicalNode delete(ModifyStatement.Delete delete) {
        List<LogicalNode.CommonTable> tables =
                delete.with() == null ? List.of() : new WithAnalyzer(scope).analyze(delete.with());
        WriteTarget target = WriteTarget.find(scope, delete.table(), delete.alias(), "delete from");
        TableSource scan = scan(target);
        List<OutputColumn> row = scan.allColumns();
        FromSource source = source(scan, delete.using());
        TypedExpression condition = where(delete.where());
        Modification.Delete modification =
                new Modification.Delete(
                        target.table(),
                        scan.locator(),
                        row,
                        WriteTarget.returning(expressions, delete.returning()));
        return with(tables, new LogicalNode.Delete(input(source, condition), modification));
    }

    private TableSource scan(WriteTarget target) {
        Table table = target.table();
        TableSource scan = new TableSource(state, table);
        RangeItem item =
                new RangeItem(
                        target.alias(),
                        table,
                        !target.alias().equals(table.name()),
                        scan.scopeColumns());
        scan.own(scope, item);
        item.presence(scan::presence);
        item.makeTarget();
        scope.add(item);
        return scan;
    }

    /// What FROM or USING adds to the target, which its items cannot see, not even by LATERAL.
    private FromSource source(TableSource scan, List<TableExpression> from) {
        scope.items().forEach(target -> target.lateral(true, false));
        FromSource source = new FromAnalyzer(expressions).analyze(scan, from);
        return source == null ? scan : source;
    }

    private @Nullable TypedExpression where(@Nullable Expression where) {
        return where == null ? null : expressions.condition(where, ExpressionKind.WHERE, "WHERE");
    }

    private static LogicalNode input(FromSource source, @Nullable TypedExpression condition) {
        LogicalNode plan = source.build();
        return condition == null ? plan : new LogicalNode.Filter(plan, condition);
    }

    private static LogicalNode with(List<LogicalNode.CommonTable> tables, LogicalNode node) {
        return tables.isEmpty() ? node : new LogicalNode.With(tables, node);
    }

    /// In RETURNING the target's name means the new row.
    private void showNewRow(WriteTarget target, List<OutputColumn> newRow) {
        List<RangeItem> visible = new ArrayList<>(scope.items());
        visible.set(0, target.item(scope, newRow));
        scope.swapItems(visible);
    }
}
