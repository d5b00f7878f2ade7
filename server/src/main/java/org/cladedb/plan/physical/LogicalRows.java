package org.cladedb.plan.physical;

import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.TypedExpression;

/// How many rows a subquery may give whose plan is not made yet: enough to choose whether a table
/// is found by them.
final class LogicalRows {
    private static final double UNKNOWN = 1_000;
    private static final double FUNCTION = 100;
    private static final double SET = 10;

    private LogicalRows() {}

    static double of(LogicalNode node, Statistics statistics) {
        return switch (node) {
            case LogicalNode.SingleRow _ -> 1;
            case LogicalNode.TableScan scan -> statistics.rows(scan.table());
            case LogicalNode.Values values -> values.rows().size();
            case LogicalNode.Filter filter -> ofFilter(filter, statistics);
            case LogicalNode.FunctionScan _ -> FUNCTION;
            case LogicalNode.Project project -> of(project.input(), statistics);
            case LogicalNode.ProjectSet project -> of(project.input(), statistics) * SET;
            case LogicalNode.Sort sort -> of(sort.input(), statistics);
            case LogicalNode.Distinct distinct -> of(distinct.input(), statistics);
            case LogicalNode.Limit limit ->
                    Math.min(
                            FirstRows.wanted(limit.count(), limit.offset()),
                            of(limit.input(), statistics));
            case LogicalNode.Aggregate aggregate ->
                    aggregate.groups().isEmpty()
                            ? 1
                            : Math.max(1, of(aggregate.input(), statistics) / 10);
            case LogicalNode.SetOperation operation ->
                    of(operation.left(), statistics) + of(operation.right(), statistics);
            case LogicalNode _ -> UNKNOWN;
        };
    }

    /// A filter over a table may name a key of it.
    private static double ofFilter(LogicalNode.Filter filter, Statistics statistics) {
        ScanParts parts = ScanParts.of(filter);
        if (parts != null) {
            LogicalNode.TableScan scan = parts.scan();
            for (TypedExpression condition : parts.conditions()) {
                Condition known = Condition.of(condition, scan.slotColumns());
                if (known != null && known.kind() == Condition.Kind.EQUAL) {
                    return Estimates.LIST_LENGTH;
                }
            }
        }
        return Math.max(1, of(filter.input(), statistics) * Selectivity.of(filter.predicate()));
    }
}
