package org.cladedb.exec;

import java.util.List;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.types.SqlType;

/// Compiles subqueries of expressions against the cells of the row around them.
final class SubqueryCompiler {
    private final ExpressionCompiler expressions;
    private final PlanTranslator plans;
    private final PlanState state;
    private int repeated;

    SubqueryCompiler(ExpressionCompiler expressions, PlanTranslator plans, PlanState state) {
        this.expressions = expressions;
        this.plans = plans;
        this.state = state;
    }

    private Subplan subplan(PlanNode plan, Scope scope) {
        if (!(plan instanceof PhysicalNode physical)) {
            throw new IllegalStateException("a physical plan contains a logical subplan");
        }
        Scope inside = scope.subquery();
        int before = repeated;
        Operator operator = plans.translate(physical, inside);
        repeated = inside.isCorrelated() ? before + 1 : before;
        return new Subplan(operator, inside.isCorrelated());
    }

    /// How many subqueries have been compiled so far that are run or read again for each row around
    /// them, not counting those inside of others.
    int repeated() {
        return repeated;
    }

    private Evaluator single(
            PlanNode plan, SubqueryEvaluators.Computation computation, Scope scope) {
        return new SubqueryEvaluators.Single(subplan(plan, scope), computation, state);
    }

    Evaluator scalar(TypedExpression.ScalarSubquery subquery, Scope scope) {
        return single(subquery.plan(), SubqueryEvaluators.scalar(subquery.type()), scope);
    }

    Evaluator exists(TypedExpression.Exists subquery, Scope scope) {
        return single(subquery.plan(), SubqueryEvaluators.exists(), scope);
    }

    Evaluator array(TypedExpression.ArraySubquery subquery, Scope scope) {
        SqlType column = subquery.plan().columns().getFirst().type();
        return single(
                subquery.plan(),
                SubqueryEvaluators.array(subquery.type(), column, state.operatorMemory()),
                scope);
    }

    Evaluator nested(TypedExpression.NestedSubquery subquery, Scope scope) {
        return new NestedEvaluator(
                subplan(subquery.plan(), scope), subquery.plan().columns(), state);
    }

    Evaluator quantified(TypedExpression.QuantifiedSubquery subquery, Scope scope) {
        Subplan plan = subplan(subquery.plan(), scope);
        List<FunctionRegistry.Resolved> operators = subquery.operators();
        CellEvaluator[] left = new CellEvaluator[operators.size()];
        Evaluator[] comparisons = new Evaluator[left.length];
        boolean hashable = !plan.correlated() && (!subquery.all() || left.length == 1);
        for (int i = 0; i < left.length; i++) {
            FunctionRegistry.Resolved operator = operators.get(i);
            left[i] = expressions.compileToCell(subquery.left().get(i), scope);
            hashable =
                    hashable
                            && MembershipCompiler.isMembership(operator, subquery.all())
                            && MembershipCompiler.isHashable(operator);
        }
        if (hashable) {
            List<SqlType> types =
                    operators.stream().map(operator -> operator.argumentTypes().get(1)).toList();
            return new QuantifiedEvaluators.Hashed(left, plan, types, subquery.all(), state);
        }
        if (!plan.correlated()) {
            repeated++;
        }
        List<OutputColumn> columns = subquery.plan().columns();
        Operator rows =
                plan.correlated()
                        ? plan.operator()
                        : new MaterializeOperator(plan.operator(), columns, state);
        for (int i = 0; i < left.length; i++) {
            comparisons[i] =
                    expressions.comparison(operators.get(i), left[i].cell(), rows.row()[i]);
        }
        return new QuantifiedEvaluators.OneByOne(left, comparisons, rows, subquery.all());
    }
}
