package org.cladedb.plan.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.Index;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;

/// Proves that no two rows have the same values in some columns.
final class UniqueRows {
    private UniqueRows() {}

    /// Whether each left row meets at most one right row.
    static boolean matchAtMostOne(LogicalNode.Join join) {
        Set<Integer> equal = new HashSet<>();
        List<OutputColumn> columns = join.right().columns();
        for (TypedExpression condition : Expressions.conjuncts(join.condition())) {
            if (Expressions.isVolatile(condition)) {
                return false;
            }
            if (condition instanceof FunctionCall call
                    && call.arguments().size() == 2
                    && call.function().definition().name().equals("=")) {
                addEqual(call.arguments().get(0), call.arguments().get(1), columns, equal);
                addEqual(call.arguments().get(1), call.arguments().get(0), columns, equal);
            }
        }
        return isUnique(join.right(), equal);
    }

    private static void addEqual(
            TypedExpression side,
            TypedExpression other,
            List<OutputColumn> columns,
            Set<Integer> equal) {
        if (side instanceof ColumnReference reference && !Expressions.refersTo(other, columns)) {
            equal.add(reference.columnId());
        }
    }

    /// Whether the rows differ in the columns `equal`.
    private static boolean isUnique(LogicalNode node, Set<Integer> equal) {
        return switch (node) {
            case LogicalNode.SingleRow _ -> true;
            case LogicalNode.TableScan scan -> isUnique(scan, equal);
            case LogicalNode.Filter filter -> isUnique(filter.input(), equal);
            case LogicalNode.Sort sort -> isUnique(sort.input(), equal);
            case LogicalNode.Limit limit -> isUnique(limit.input(), equal);
            case LogicalNode.Project project -> isUnique(project, equal);
            case LogicalNode.Distinct distinct ->
                    isUnique(distinct.input(), equal)
                            || (distinct.on().isEmpty() && hasAll(distinct.columns(), equal));
            case LogicalNode.Aggregate aggregate ->
                    hasAll(aggregate.groups().stream().map(Assignment::column).toList(), equal);
            case LogicalNode.SetOperation operation ->
                    !operation.all() && hasAll(operation.columns(), equal);
            case LogicalNode.SystemScan _,
                    LogicalNode.Values _,
                    LogicalNode.FunctionScan _,
                    LogicalNode.ProjectSet _,
                    LogicalNode.Join _,
                    LogicalNode.Window _,
                    LogicalNode.With _,
                    LogicalNode.CommonTableScan _,
                    LogicalNode.Insert _,
                    LogicalNode.Update _,
                    LogicalNode.Delete _ ->
                    false;
        };
    }

    private static boolean hasAll(List<OutputColumn> columns, Set<Integer> equal) {
        return columns.stream().allMatch(column -> equal.contains(column.id()));
    }

    private static boolean isUnique(LogicalNode.TableScan scan, Set<Integer> equal) {
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < scan.slots().size(); i++) {
            if (equal.contains(scan.slotColumns().get(i).id())) {
                slots.add(scan.slots().get(i));
            }
        }
        return scan.table().indexes().stream()
                .anyMatch(index ->
                        index.unique()
                                && index.predicate() == null
                                && index.columns().stream()
                                        .map(Index.IndexColumn::slot)
                                        .allMatch(slots::contains));
    }

    private static boolean isUnique(LogicalNode.Project project, Set<Integer> equal) {
        Set<Integer> below = new HashSet<>();
        for (Assignment assignment : project.assignments()) {
            if (equal.contains(assignment.column().id())
                    && assignment.expression() instanceof ColumnReference reference) {
                below.add(reference.columnId());
            }
        }
        return isUnique(project.input(), below);
    }
}
