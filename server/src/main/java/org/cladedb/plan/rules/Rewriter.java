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
    private final Rule last;

    /// @param last is applied once, to the whole statement, and goes into subqueries by itself
    private Rewriter(List<Rule> rules, Rule last) {
        this.rules = rules;
        this.last = last;
    }

    /// The rules in their order.
    public static Rewriter standard() {
        return new Rewriter(
                List.of(
                        new InlineCommonTables(),
                        new FactorAlternatives(),
                        new CombineEqualities(),
                        new PushFilterDown(),
                        new TurnExistsIntoSemiJoin(),
                        new DelayNestedSubqueries()),
                new DropUnusedColumns());
    }

    public LogicalNode rewrite(LogicalNode plan) {
        return last.apply(rewriteDeep(plan));
    }

    private LogicalNode rewriteDeep(LogicalNode plan) {
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
        return plan instanceof LogicalNode logical ? rewriteDeep(logical) : plan;
    }
}
