package org.cladedb.plan.rules;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.Filter;
import org.cladedb.plan.ir.LogicalNode.Join;
import org.cladedb.plan.ir.LogicalNode.Project;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.Exists;
import org.cladedb.plan.ir.TypedExpression.Not;
import org.jspecify.annotations.Nullable;

/// Makes a semi join (or anti join) of a correlated EXISTS whose correlation is only in its WHERE
/// clause.
///
/// ```
///   Filter EXISTS (Project (Filter b.a = a.id  b))      SemiJoin b.a = a.id
///     a                                            =>     a
///                                                         b
/// ```
final class TurnExistsIntoSemiJoin implements Rule {
    @Override
    public LogicalNode apply(LogicalNode plan) {
        LogicalNode node = LogicalNodes.mapChildren(plan, this::apply);
        return node instanceof Filter filter ? unnest(filter) : node;
    }

    private LogicalNode unnest(Filter filter) {
        LogicalNode input = filter.input();
        List<TypedExpression> conditions = Expressions.conjuncts(filter.predicate());
        List<TypedExpression> rest = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            Join join =
                    switch (condition) {
                        case Exists exists -> join(input, exists, JoinKind.SEMI);
                        case Not(Exists exists) -> join(input, exists, JoinKind.ANTI);
                        case TypedExpression _ -> null;
                    };
            if (join == null) {
                rest.add(condition);
            } else {
                input = join;
            }
        }
        if (rest.size() == conditions.size()) {
            return filter;
        }
        TypedExpression predicate = Expressions.and(rest);
        return predicate == null ? input : new Filter(input, predicate);
    }

    private static @Nullable Join join(LogicalNode input, Exists exists, JoinKind kind) {
        if (!(exists.plan() instanceof LogicalNode plan)) {
            return null;
        }
        while (plan instanceof Project project) {
            plan = project.input();
        }
        if (!(plan instanceof Filter filter)) {
            return null;
        }
        List<OutputColumn> outer = input.columns();
        List<TypedExpression> correlated = new ArrayList<>();
        List<TypedExpression> own = new ArrayList<>();
        for (TypedExpression condition : Expressions.conjuncts(filter.predicate())) {
            (Expressions.refersTo(condition, outer) ? correlated : own).add(condition);
        }
        if (correlated.isEmpty() || LogicalNodes.refersTo(filter.input(), outer)) {
            return null;
        }
        TypedExpression ownPredicate = Expressions.and(own);
        LogicalNode right =
                ownPredicate == null ? filter.input() : new Filter(filter.input(), ownPredicate);
        return new Join(kind, input, right, Expressions.and(correlated), false);
    }
}
