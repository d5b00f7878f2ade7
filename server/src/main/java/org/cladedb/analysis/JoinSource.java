package org.cladedb.analysis;

import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.TypedExpression;
import org.jspecify.annotations.Nullable;

/// A join in FROM, of JOIN or of a comma.
record JoinSource(
        JoinKind kind, FromSource left, FromSource right, @Nullable TypedExpression condition)
        implements FromSource {
    @Override
    public LogicalNode build() {
        LogicalNode leftPlan = left.build();
        LogicalNode rightPlan = right.build();
        boolean lateral = LogicalNodes.refersTo(rightPlan, leftPlan.columns());
        return new LogicalNode.Join(kind, leftPlan, rightPlan, condition, lateral);
    }
}
