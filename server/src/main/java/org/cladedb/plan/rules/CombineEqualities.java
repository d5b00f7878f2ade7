package org.cladedb.plan.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.functions.FunctionRegistry.Resolved;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.Cast;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.plan.ir.TypedExpression.InList;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.cladedb.plan.ir.TypedExpression.Parameter;
import org.jspecify.annotations.Nullable;

/// Makes one list of the values that a column is compared with in an OR, so that they are looked up
/// rather than compared one by one, or sought in an index.
///
/// ```
///   a = 1 OR b > 5 OR a = 2 OR a IN (3, 4)      =>      a IN (1, 2, 3, 4) OR b > 5
/// ```
final class CombineEqualities implements Rule {
    private record Key(int columnId, Resolved equality) {}

    private record Membership(
            ColumnReference column, Resolved equality, List<TypedExpression> items) {
        Key key() {
            return new Key(column.columnId(), equality);
        }
    }

    /// @param place of the first alternative about a column, and of the list in the end
    private record Combination(int place, List<TypedExpression> items) {}

    @Override
    public LogicalNode apply(LogicalNode plan) {
        return LogicalNodes.mapExpressionsDeep(plan, CombineEqualities::rewrite);
    }

    private static TypedExpression rewrite(TypedExpression expression) {
        if (!(expression instanceof Or or)) {
            return Expressions.mapChildren(expression, CombineEqualities::rewrite, plan -> plan);
        }
        List<TypedExpression> alternatives = new ArrayList<>();
        collect(or, alternatives);
        List<TypedExpression> rewritten =
                alternatives.stream().map(CombineEqualities::rewrite).toList();
        List<TypedExpression> combined = combine(rewritten);
        if (combined.size() == 1) {
            return combined.getFirst();
        }
        return combined.equals(or.operands()) ? or : new Or(combined);
    }

    private static void collect(TypedExpression expression, List<TypedExpression> alternatives) {
        if (expression instanceof Or or) {
            or.operands().forEach(operand -> collect(operand, alternatives));
        } else {
            alternatives.add(expression);
        }
    }

    private static List<TypedExpression> combine(List<TypedExpression> alternatives) {
        List<TypedExpression> result = new ArrayList<>();
        Map<Key, Combination> combinations = new HashMap<>();
        IdentityHashMap<Combination, Membership> grown = new IdentityHashMap<>();
        for (TypedExpression alternative : alternatives) {
            Membership membership = membership(alternative);
            if (membership == null) {
                result.add(alternative);
                continue;
            }
            Combination known = combinations.get(membership.key());
            if (known == null) {
                combinations.put(
                        membership.key(),
                        new Combination(result.size(), new ArrayList<>(membership.items())));
                result.add(alternative);
            } else {
                known.items().addAll(membership.items());
                grown.put(known, membership);
            }
        }
        grown.forEach((combination, last) ->
                result.set(
                        combination.place(),
                        new InList(last.column(), combination.items(), last.equality())));
        return result;
    }

    private static @Nullable Membership membership(TypedExpression expression) {
        return switch (expression) {
            case FunctionCall call
                    when call.function().definition().name().equals("=")
                            && call.arguments().size() == 2
                            && call.arguments().getFirst() instanceof ColumnReference column
                            && isFixed(call.arguments().getLast()) ->
                    new Membership(column, call.function(), List.of(call.arguments().getLast()));
            case InList list
                    when list.operand() instanceof ColumnReference column
                            && list.items().stream().allMatch(CombineEqualities::isFixed) ->
                    new Membership(column, list.equality(), list.items());
            case TypedExpression _ -> null;
        };
    }

    /// Whether the expression has one value for a whole execution.
    private static boolean isFixed(TypedExpression expression) {
        return switch (expression) {
            case Constant _, Parameter _ -> true;
            case Cast cast -> isFixed(cast.operand());
            case TypedExpression _ -> false;
        };
    }
}
