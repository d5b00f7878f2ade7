package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.TypedExpression;

/// `**`: the tables below a table, each as a nested result named like it, to any depth.
final class DeepStar {
    private static final int DEPTH_MAX = 64;

    private final ExpressionAnalyzer expressions;
    private final int depth;

    DeepStar(ExpressionAnalyzer expressions) {
        this(expressions, 0);
    }

    private DeepStar(ExpressionAnalyzer expressions, int depth) {
        this.expressions = expressions;
        this.depth = depth;
    }

    /// One nested column a child table of what `parent` stands for; none if it is no table.
    List<TargetItem> branches(RangeItem parent, int position) {
        if (depth > DEPTH_MAX) {
            throw new DatabaseException(
                            SqlState.STATEMENT_TOO_COMPLEX, "table groups are nested too deeply")
                    .at(position);
        }
        List<TargetItem> branches = new ArrayList<>();
        if (parent.relation() instanceof Table table) {
            for (Table child : expressions.state.catalog().childTables(table)) {
                LogicalNode plan = plan(parent, table, child, position);
                branches.add(
                        new TargetItem(
                                child.name(),
                                SubqueryAnalyzer.nested(plan, position),
                                position,
                                0,
                                0));
            }
        }
        return branches;
    }

    private LogicalNode plan(RangeItem parent, Table parentTable, Table child, int position) {
        QueryScope scope = expressions.scope.child();
        ExpressionAnalyzer inner = new ExpressionAnalyzer(scope);
        TableSource source = new TableSource(inner.state, child);
        RangeItem item = new FromAnalyzer(inner).table(source, child, null);
        scope.items().add(item);
        List<TargetItem> targets = new ArrayList<>();
        for (ScopeColumn column : item.columns()) {
            targets.add(TargetItem.of(inner.state, column.name(), column.read(), position));
        }
        targets.addAll(new DeepStar(inner, depth + 1).branches(item, position));
        TypedExpression condition = condition(inner, source, parent, parentTable, child, position);
        List<Assignment> assignments = new ArrayList<>();
        for (TargetItem target : targets) {
            assignments.add(new Assignment(target.column(inner.state), target.expression()));
        }
        return new LogicalNode.Project(
                new LogicalNode.Filter(source.build(), condition), assignments);
    }

    private static TypedExpression condition(
            ExpressionAnalyzer inner,
            TableSource source,
            RangeItem parent,
            Table parentTable,
            Table child,
            int position) {
        ForeignKey key = child.groupingForeignKey().orElseThrow();
        List<TypedExpression> equalities = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            TypedExpression own = source.column(key.columns().get(i)).reference();
            TypedExpression outer =
                    parentColumn(
                            parent, parentTable.column(key.referencedColumns().get(i)).number());
            inner.state.locate(outer, position);
            equalities.add(
                    inner.operators.binary(
                            "=",
                            new Operand(own, position),
                            new Operand(outer, position),
                            position));
        }
        TypedExpression condition = Expressions.and(equalities);
        if (condition == null) {
            throw new IllegalStateException("a foreign key without columns");
        }
        return condition;
    }

    private static TypedExpression parentColumn(RangeItem parent, int slot) {
        for (ScopeColumn column : parent.columns()) {
            if (column.columnNumber() == slot) {
                return column.read();
            }
        }
        throw new IllegalStateException("no column for slot " + slot);
    }
}
