package org.cladedb.plan.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
/// clause and the conditions of its joins.
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
        List<Join> joins = new ArrayList<>();
        List<TypedExpression> rest = new ArrayList<>();
        Deque<TypedExpression> open = new ArrayDeque<>(Expressions.conjuncts(filter.predicate()));
        while (!open.isEmpty()) {
            TypedExpression condition = open.removeFirst();
            Join join = join(filter.input(), condition);
            if (join == null) {
                rest.add(condition);
            } else {
                joins.add(withoutConditionsOnLeft(join, open));
            }
        }
        if (joins.isEmpty()) {
            return filter;
        }
        // What else must hold comes first: it may leave few rows, or name a key.
        TypedExpression predicate = Expressions.and(rest);
        LogicalNode input =
                predicate == null ? filter.input() : new Filter(filter.input(), predicate);
        for (Join join : joins) {
            input = new Join(join.kind(), input, join.right(), join.condition(), false);
        }
        return input;
    }

    /// A semi join without those of its conditions that are about the left side alone: they hold
    /// for all right rows or none. They may be EXISTS themselves, and become joins beside this one.
    private static Join withoutConditionsOnLeft(Join join, Deque<TypedExpression> found) {
        if (join.kind() != JoinKind.SEMI) {
            return join;
        }
        List<TypedExpression> kept = new ArrayList<>();
        for (TypedExpression condition : Expressions.conjuncts(join.condition())) {
            boolean movable =
                    !Expressions.refersTo(condition, join.right().columns())
                            && !Expressions.isVolatile(condition);
            if (movable) {
                found.addLast(condition);
            } else {
                kept.add(condition);
            }
        }
        return new Join(join.kind(), join.left(), join.right(), Expressions.and(kept), false);
    }

    private static @Nullable Join join(LogicalNode input, TypedExpression condition) {
        return switch (condition) {
            case Exists exists -> join(input, exists, JoinKind.SEMI);
            case Not(Exists exists) -> join(input, exists, JoinKind.ANTI);
            case TypedExpression _ -> null;
        };
    }

    private static @Nullable Join join(LogicalNode input, Exists exists, JoinKind kind) {
        if (!(exists.plan() instanceof LogicalNode plan)) {
            return null;
        }
        while (plan instanceof Project project) {
            plan = project.input();
        }
        List<OutputColumn> outer = input.columns();
        List<TypedExpression> correlated = new ArrayList<>();
        LogicalNode right = withoutConditionsOn(outer, plan, correlated);
        if (correlated.isEmpty() || LogicalNodes.refersTo(right, outer)) {
            return null;
        }
        return new Join(kind, input, right, Expressions.and(correlated), false);
    }

    /// The node without the conditions that refer to `outer`, as far as they may as well be tested
    /// above it; those are added to `found`.
    private static LogicalNode withoutConditionsOn(
            List<OutputColumn> outer, LogicalNode node, List<TypedExpression> found) {
        return switch (node) {
            case Filter filter -> {
                LogicalNode below = withoutConditionsOn(outer, filter.input(), found);
                TypedExpression own =
                        split(Expressions.conjuncts(filter.predicate()), outer, found);
                yield own == null ? below : new Filter(below, own);
            }
            case Join join when join.lateral() -> join;
            case Join join ->
                    switch (join.kind()) {
                        case INNER -> {
                            LogicalNode left = withoutConditionsOn(outer, join.left(), found);
                            LogicalNode right = withoutConditionsOn(outer, join.right(), found);
                            TypedExpression own =
                                    split(Expressions.conjuncts(join.condition()), outer, found);
                            yield new Join(JoinKind.INNER, left, right, own, false);
                        }
                        case LEFT, SEMI, ANTI ->
                                new Join(
                                        join.kind(),
                                        withoutConditionsOn(outer, join.left(), found),
                                        join.right(),
                                        join.condition(),
                                        false);
                        case RIGHT, FULL -> join;
                    };
            case LogicalNode other -> other;
        };
    }

    /// The conditions that do not refer to `outer`; adds the others to `found`.
    private static @Nullable TypedExpression split(
            List<TypedExpression> conditions,
            List<OutputColumn> outer,
            List<TypedExpression> found) {
        List<TypedExpression> own = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            (Expressions.refersTo(condition, outer) ? found : own).add(condition);
        }
        return Expressions.and(own);
    }
}
