package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.IsNull;
import org.jspecify.annotations.Nullable;

/// The conditions on one scan by which its rows may be found by key, by slot.
final class SlotConditions {
    private final Map<Integer, List<Condition>> bySlot = new HashMap<>();
    private final Set<Integer> notNull = new HashSet<>();

    /// Those among `conditions` for a scan of `slots` called `columns`.
    SlotConditions(
            List<Integer> slots, List<OutputColumn> columns, List<TypedExpression> conditions) {
        for (TypedExpression expression : conditions) {
            Condition condition = Condition.of(expression, columns);
            if (condition == null) {
                condition = ImpliedCondition.of(expression, columns);
            }
            if (condition != null) {
                int slot = slotOf(condition.columnId(), slots, columns);
                bySlot.computeIfAbsent(slot, _ -> new ArrayList<>()).add(condition);
            } else if (expression instanceof IsNull test && test.negated()) {
                OutputColumn column = Condition.column(test.operand(), columns);
                if (column != null) {
                    notNull.add(slotOf(column.id(), slots, columns));
                }
            }
        }
    }

    private static int slotOf(int columnId, List<Integer> slots, List<OutputColumn> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).id() == columnId) {
                return slots.get(i);
            }
        }
        return 0;
    }

    boolean isEmpty() {
        return bySlot.isEmpty();
    }

    @Nullable Condition find(int slot, Condition.Kind kind) {
        for (Condition condition : bySlot.getOrDefault(slot, List.of())) {
            if (condition.kind() == kind) {
                return condition;
            }
        }
        return null;
    }

    /// What is known of an ordered key: its leading columns equal to values, then a range of the
    /// next, or a list of values for it.
    ///
    /// @param used conditions that the bounds stand for
    /// @param next the list for the column after the equal ones; null for none, or when there are
    ///   bounds
    record Found(AccessPath.Bounds bounds, List<TypedExpression> used, @Nullable Condition next) {
        boolean isEmpty() {
            return bounds.equal().isEmpty() && bounds.lower() == null && bounds.upper() == null;
        }
    }

    /// What the conditions say of the key whose columns are `slots`.
    Found find(List<Integer> slots) {
        List<TypedExpression> equal = new ArrayList<>();
        List<TypedExpression> used = new ArrayList<>();
        int position = 0;
        for (; position < slots.size(); position++) {
            Condition condition = find(slots.get(position), Condition.Kind.EQUAL);
            if (condition == null) {
                break;
            }
            equal.add(condition.value());
            used.addAll(condition.covered());
        }
        Condition lower = null;
        Condition upper = null;
        Condition next = null;
        boolean anyValue = false;
        if (position < slots.size()) {
            int slot = slots.get(position);
            lower = first(slot, Condition.Kind.GREATER_EQUAL, Condition.Kind.GREATER);
            upper = first(slot, Condition.Kind.LESS_EQUAL, Condition.Kind.LESS);
            boolean bounded = lower != null || upper != null;
            next = bounded ? null : find(slot, Condition.Kind.ANY);
            anyValue = !bounded && notNull.contains(slot);
        }
        AccessPath.Bounds bounds =
                new AccessPath.Bounds(
                        equal,
                        lower == null ? null : lower.value(),
                        lower != null && lower.kind() == Condition.Kind.GREATER_EQUAL,
                        upper == null ? null : upper.value(),
                        upper != null && upper.kind() == Condition.Kind.LESS_EQUAL,
                        anyValue);
        if (lower != null) {
            used.addAll(lower.covered());
        }
        if (upper != null) {
            used.addAll(upper.covered());
        }
        return new Found(bounds, used, next);
    }

    private @Nullable Condition first(int slot, Condition.Kind one, Condition.Kind other) {
        Condition found = find(slot, one);
        return found == null ? find(slot, other) : found;
    }
}
