package org.cladedb.plan.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.Fingerprint;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.And;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.jspecify.annotations.Nullable;

/// Takes what all alternatives have in common out of an OR, so that it can be joined by, sought, or
/// tested early.
///
/// ```
///   (a = b AND x > 1) OR (a = b AND y > 1)      =>      a = b AND (x > 1 OR y > 1)
/// ```
final class FactorAlternatives implements Rule {
    @Override
    public LogicalNode apply(LogicalNode plan) {
        return LogicalNodes.mapExpressionsDeep(plan, FactorAlternatives::rewrite);
    }

    private static TypedExpression rewrite(TypedExpression expression) {
        TypedExpression mapped =
                Expressions.mapChildren(expression, FactorAlternatives::rewrite, plan -> plan);
        if (!(mapped instanceof Or or) || or.operands().stream().noneMatch(And.class::isInstance)) {
            return mapped;
        }
        TypedExpression factored = factored(or);
        return factored == null ? or : factored;
    }

    private static @Nullable TypedExpression factored(Or or) {
        List<Map<String, TypedExpression>> arms = new ArrayList<>();
        for (TypedExpression operand : or.operands()) {
            Map<String, TypedExpression> arm = new LinkedHashMap<>();
            Expressions.conjuncts(operand)
                    .forEach(part -> arm.putIfAbsent(Fingerprint.of(part), part));
            arms.add(arm);
        }
        Set<String> common = new HashSet<>(arms.getFirst().keySet());
        arms.forEach(arm -> common.retainAll(arm.keySet()));
        arms.getFirst()
                .forEach((key, part) -> {
                    if (Expressions.isVolatile(part)) {
                        common.remove(key);
                    }
                });
        if (common.isEmpty()) {
            return null;
        }
        List<TypedExpression> conjuncts = new ArrayList<>();
        arms.getFirst()
                .forEach((key, part) -> {
                    if (common.contains(key)) {
                        conjuncts.add(part);
                    }
                });
        List<TypedExpression> rests = new ArrayList<>();
        for (Map<String, TypedExpression> arm : arms) {
            arm.keySet().removeAll(common);
            TypedExpression rest = Expressions.and(List.copyOf(arm.values()));
            if (rest == null) {
                // This alternative asks for nothing more, so that the others do not matter.
                return Expressions.and(conjuncts);
            }
            rests.add(rest);
        }
        conjuncts.add(new Or(rests));
        return new And(conjuncts);
    }
}
