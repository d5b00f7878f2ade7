package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Table;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.jspecify.annotations.Nullable;

/// The conditions that join a child table to its grouping parent.
///
/// @param used the equalities of the grouping key, which physical nearness stands for
/// @param rest all other conditions
record GroupingLink(List<TypedExpression> used, List<TypedExpression> rest) {
    /// One side of a join along a grouping key.
    record Side(Table table, List<Integer> slots, List<OutputColumn> columns) {
        static Side of(org.cladedb.plan.ir.LogicalNode.TableScan scan) {
            return new Side(scan.table(), scan.slots(), scan.slotColumns());
        }

        private int slot(OutputColumn column) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).id() == column.id()) {
                    return slots.get(i);
                }
            }
            return 0;
        }
    }

    /// Finds the grouping key's equalities among `conditions`; null when they are not all there.
    static @Nullable GroupingLink find(Side parent, Side child, List<TypedExpression> conditions) {
        ForeignKey key = child.table().groupingForeignKey().orElse(null);
        if (key == null || key.referencedTableOid() != parent.table().oid()) {
            return null;
        }
        List<TypedExpression> used = new ArrayList<>();
        List<TypedExpression> rest = new ArrayList<>(conditions);
        for (int i = 0; i < key.columns().size(); i++) {
            TypedExpression equality =
                    equality(
                            parent,
                            key.referencedColumns().get(i),
                            child,
                            key.columns().get(i),
                            rest);
            if (equality == null) {
                return null;
            }
            used.add(equality);
            rest.remove(equality);
        }
        return new GroupingLink(used, rest);
    }

    private static @Nullable TypedExpression equality(
            Side parent,
            int parentSlot,
            Side child,
            int childSlot,
            List<TypedExpression> conditions) {
        for (TypedExpression condition : conditions) {
            if (condition instanceof FunctionCall call
                    && call.arguments().size() == 2
                    && call.function().definition().name().equals("=")) {
                TypedExpression left = call.arguments().get(0);
                TypedExpression right = call.arguments().get(1);
                if ((isSlot(left, parent, parentSlot) && isSlot(right, child, childSlot))
                        || (isSlot(right, parent, parentSlot) && isSlot(left, child, childSlot))) {
                    return condition;
                }
            }
        }
        return null;
    }

    private static boolean isSlot(TypedExpression expression, Side side, int slot) {
        OutputColumn column = Condition.column(expression, side.columns());
        return column != null && side.slot(column) == slot;
    }
}
