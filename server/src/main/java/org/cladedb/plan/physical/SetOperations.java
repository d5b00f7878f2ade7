package org.cladedb.plan.physical;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.SetOperation;
import org.cladedb.plan.ir.LogicalNode.SetOperation.Kind;

/// Plans UNION, INTERSECT and EXCEPT. A chain of unions, which may be thousands of arms long,
/// becomes one node that appends them all, below one that drops duplicates.
final class SetOperations {
    private SetOperations() {}

    static PhysicalNode plan(SetOperation operation, PhysicalPlanner planner) {
        if (operation.kind() != Kind.UNION) {
            return new PhysicalNode.SetDifference(
                    operation.kind() == Kind.INTERSECT,
                    operation.all(),
                    planner.plan(operation.left()),
                    planner.plan(operation.right()),
                    operation.columns());
        }
        PhysicalNode all =
                new PhysicalNode.Append(
                        arms(operation).stream().map(planner::plan).toList(), operation.columns());
        return operation.all() ? all : new PhysicalNode.Distinct(all, List.of());
    }

    /// What a union is of, from left to right. Those that drop duplicates may as well do it at once
    /// with a union around them that does, but not below UNION ALL.
    private static List<LogicalNode> arms(SetOperation union) {
        List<LogicalNode> arms = new ArrayList<>();
        Deque<LogicalNode> open = new ArrayDeque<>(List.of(union));
        while (!open.isEmpty()) {
            LogicalNode node = open.pop();
            if (node instanceof SetOperation inner
                    && inner.kind() == Kind.UNION
                    && (inner.all() || !union.all())) {
                open.push(inner.right());
                open.push(inner.left());
            } else {
                arms.add(node);
            }
        }
        return arms;
    }
}
