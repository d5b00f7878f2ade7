package org.cladedb.plan.rules;

import java.util.List;
import org.cladedb.common.Cancellation;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.TypedExpression;

/// Applies the rules in order, innermost subqueries first.
public final class Rewriter {
    private final List<Rule> rules;

    private Rewriter(List<Rule> rules) {
        this.rules = rules;
    }

    /// The rules in their order.
    public static Rewriter standard() {
        return new Rewriter(
                List.of(
                        new InlineCommonTables(),
                        new CombineEqualities(),
                        new PushFilterDown(),
                        new TurnExistsIntoSemiJoin(),
                        new DelayNestedSubqueries()));
    }

    public LogicalNode rewrite(LogicalNode plan) {
        Cancellation.check();
        LogicalNode result = LogicalNodes.mapExpressionsDeep(plan, this::rewriteSubqueries);
        for (Rule rule : rules) {
            result = rule.apply(result);
        }
        return result;
    }

    private TypedExpression rewriteSubqueries(TypedExpression expression) {
        return Expressions.mapChildren(expression, this::rewriteSubqueries, this::rewritePlan);
    }

    private PlanNode rewritePlan(PlanNode plan) {
        return plan instanceof LogicalNode logical ? rewrite(logical) : plan;
    }
}
