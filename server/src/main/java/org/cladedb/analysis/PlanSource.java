package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// A FROM item whose plan is there already: a derived table, view, VALUES or function.
final class PlanSource implements FromSource {
    private final StatementState state;
    private final LogicalNode plan;
    private @Nullable OutputColumn witness;

    PlanSource(StatementState state, LogicalNode plan) {
        this.state = state;
        this.plan = plan;
    }

    /// A column that is never NULL in a row of the plan.
    TypedExpression presence(int position) {
        if (!(plan instanceof LogicalNode.Project)) {
            throw ExpressionAnalyzer.unsupported(
                    "a whole-row reference to this outer-joined item is", position);
        }
        if (witness == null) {
            witness = state.column("present", SqlType.BOOLEAN);
        }
        return witness.reference();
    }

    @Override
    public LogicalNode build() {
        if (witness == null || !(plan instanceof LogicalNode.Project project)) {
            return plan;
        }
        List<Assignment> assignments = new ArrayList<>(project.assignments());
        assignments.add(
                new Assignment(
                        witness, new TypedExpression.Constant(Datum.ofLong(1), SqlType.BOOLEAN)));
        return new LogicalNode.Project(project.input(), assignments);
    }
}
