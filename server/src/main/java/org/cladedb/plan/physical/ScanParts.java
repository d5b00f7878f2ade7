package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.TypedExpression;
import org.jspecify.annotations.Nullable;

/// A table scan and the conditions right above it.
record ScanParts(LogicalNode.TableScan scan, List<TypedExpression> conditions) {
    /// Takes filters off a scan; null when something else is below them.
    static @Nullable ScanParts of(LogicalNode node) {
        List<TypedExpression> conditions = new ArrayList<>();
        LogicalNode current = node;
        while (current instanceof LogicalNode.Filter filter) {
            conditions.addAll(Expressions.conjuncts(filter.predicate()));
            current = filter.input();
        }
        return current instanceof LogicalNode.TableScan scan
                ? new ScanParts(scan, conditions)
                : null;
    }
}
