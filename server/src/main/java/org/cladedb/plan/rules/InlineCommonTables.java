package org.cladedb.plan.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.CommonTable;
import org.cladedb.plan.ir.LogicalNode.CommonTableScan;
import org.cladedb.plan.ir.LogicalNode.Join;
import org.cladedb.plan.ir.LogicalNode.Project;
import org.cladedb.plan.ir.LogicalNode.With;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;

/// Puts a common table that is read in one place there, so that conditions and limits reach it.
///
/// ```
///   With w = (X)                Filter w.a = 1
///     Filter w.a = 1      =>      Project w.a := x.a
///       w                           X
/// ```
///
/// Does not apply to recursive and MATERIALIZED ones, to what is volatile, and where the place is
/// read again for each row of another input.
final class InlineCommonTables implements Rule {
    @Override
    public LogicalNode apply(LogicalNode plan) {
        LogicalNode node = LogicalNodes.mapChildren(plan, this::apply);
        return node instanceof With with ? inline(with) : node;
    }

    private static LogicalNode inline(With with) {
        Map<Integer, Integer> reads = new HashMap<>();
        count(with, reads);
        Placement placement = new Placement();
        List<CommonTable> tables = new ArrayList<>();
        for (CommonTable table : with.tables()) {
            CommonTable placed = placement.placeInto(table);
            tables.add(placed);
            if (isMovable(table) && reads.getOrDefault(table.id(), 0) == 1) {
                placement.movable.put(table.id(), placed);
            }
        }
        LogicalNode body = placement.placeInto(with.body());
        tables.removeIf(table -> placement.done.contains(table.id()));
        return tables.isEmpty() ? body : new With(tables, body);
    }

    /// Puts tables where they are read, unless that place may be read again and again. What was put
    /// into a table goes with it, and is not visited again.
    private static final class Placement {
        private final Map<Integer, CommonTable> movable = new HashMap<>();
        private final Set<Integer> done = new HashSet<>();

        CommonTable placeInto(CommonTable reader) {
            return reader.recursive() != null
                    ? reader
                    : new CommonTable(
                            reader.id(),
                            reader.name(),
                            placeInto(reader.plan()),
                            null,
                            reader.unionAll(),
                            reader.materialized());
        }

        LogicalNode placeInto(LogicalNode node) {
            return switch (node) {
                case CommonTableScan scan -> {
                    CommonTable table = movable.get(scan.id());
                    if (table == null) {
                        yield scan;
                    }
                    done.add(scan.id());
                    yield renamed(scan, table);
                }
                case Join join when join.lateral() ->
                        new Join(
                                join.kind(),
                                placeInto(join.left()),
                                join.right(),
                                join.condition(),
                                true);
                case With with ->
                        new With(
                                with.tables().stream().map(this::placeInto).toList(),
                                placeInto(with.body()));
                case LogicalNode other -> LogicalNodes.mapChildren(other, this::placeInto);
            };
        }
    }

    private static LogicalNode renamed(CommonTableScan scan, CommonTable table) {
        List<OutputColumn> computed = table.plan().columns();
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < computed.size(); i++) {
            assignments.add(new Assignment(scan.columns().get(i), computed.get(i).reference()));
        }
        return new Project(table.plan(), assignments);
    }

    private static boolean isMovable(CommonTable table) {
        if (table.materialized() || table.recursive() != null) {
            return false;
        }
        boolean[] isVolatile = {false};
        LogicalNodes.mapExpressionsDeep(
                table.plan(),
                expression -> {
                    isVolatile[0] |= Expressions.isVolatile(expression);
                    return expression;
                });
        return !isVolatile[0];
    }

    /// Counts how often each table is read in the tree and in the subqueries of its expressions.
    private static void count(LogicalNode node, Map<Integer, Integer> reads) {
        if (node instanceof CommonTableScan scan) {
            reads.merge(scan.id(), 1, Integer::sum);
        }
        LogicalNodes.mapChildren(
                node,
                input -> {
                    count(input, reads);
                    return input;
                });
        LogicalNodes.mapExpressions(
                node,
                expression -> {
                    Expressions.forEachPlan(expression, plan -> count(plan, reads));
                    return expression;
                });
    }
}
