package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.BooleanTest;
import org.cladedb.plan.ir.TypedExpression.Or;
import org.jspecify.annotations.Nullable;

/// Reads a table under an OR by one access path for each alternative.
///
/// ```
///   Filter a = 1 OR b = 2          UNION ALL
///     t                      =>      t by a = 1
///                                    Filter (a = 1) IS NOT TRUE
///                                      t by b = 2
/// ```
///
/// No row comes twice, because each part leaves out the rows of those before it.
final class AlternativePaths {
    private static final int ALTERNATIVES_MAX = 16;
    private static final double PART_MAX = 1.0 / 20;

    private final PhysicalPlanner planner;

    AlternativePaths(PhysicalPlanner planner) {
        this.planner = planner;
    }

    /// Null when no condition is an OR whose alternatives all name few rows by key.
    @Nullable PhysicalNode plan(LogicalNode.TableScan scan, List<TypedExpression> conditions) {
        for (TypedExpression condition : conditions) {
            if (condition instanceof Or or
                    && or.operands().size() <= ALTERNATIVES_MAX
                    && !Expressions.isVolatile(or)
                    && !Expressions.hasSubquery(or)) {
                PhysicalNode node = plan(scan, or, conditions);
                if (node != null) {
                    return node;
                }
            }
        }
        return null;
    }

    private @Nullable PhysicalNode plan(
            LogicalNode.TableScan scan, Or or, List<TypedExpression> conditions) {
        List<AccessPathChooser.Choice> choices = new ArrayList<>();
        double rows = 0;
        for (TypedExpression alternative : or.operands()) {
            AccessPathChooser.Choice choice =
                    planner.chooser()
                            .choose(
                                    scan.table(),
                                    scan.slots(),
                                    scan.slotColumns(),
                                    Expressions.conjuncts(alternative));
            rows += choice.rows();
            if (choice.isFull() || rows > PART_MAX * planner.statistics().rows(scan.table())) {
                return null;
            }
            choices.add(choice);
        }
        List<TypedExpression> rest = new ArrayList<>(conditions);
        rest.remove(or);
        List<PhysicalNode> parts = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            List<TypedExpression> own = Expressions.conjuncts(or.operands().get(i));
            own.addAll(rest);
            parts.add(planner.scan(scan, choices.get(i), own));
            rest.add(new BooleanTest(or.operands().get(i), true, true));
        }
        return new PhysicalNode.Append(parts, scan.columns());
    }
}
