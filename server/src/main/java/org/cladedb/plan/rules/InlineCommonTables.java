package org.cladedb.plan.rules;

import java.util.ArrayList;
import java.util.List;
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
        With rest = with;
        for (CommonTable table : with.tables()) {
            // An earlier one may have been put into this one since.
            CommonTable current =
                    rest.tables().stream()
                            .filter(other -> other.id() == table.id())
                            .findFirst()
                            .orElseThrow();
            if (isMovable(current) && count(rest, current.id()) == 1) {
                rest = inline(rest, current);
            }
        }
        return rest.tables().isEmpty() ? rest.body() : rest;
    }

    private static With inline(With with, CommonTable table) {
        Placement placement = new Placement(table);
        List<CommonTable> tables = new ArrayList<>();
        for (CommonTable other : with.tables()) {
            if (other.id() != table.id()) {
                tables.add(placement.placeInto(other));
            }
        }
        LogicalNode body = placement.placeInto(with.body());
        return placement.done ? new With(tables, body) : with;
    }

    /// Puts `table` where it is read, unless that place may be read again and again.
    private static final class Placement {
        private final CommonTable table;
        private boolean done;

        Placement(CommonTable table) {
            this.table = table;
        }

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
                case CommonTableScan scan when scan.id() == table.id() -> {
                    done = true;
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

    /// How often the table is read in the tree and in the subqueries of its expressions.
    private static int count(LogicalNode node, int id) {
        int[] found = {node instanceof CommonTableScan scan && scan.id() == id ? 1 : 0};
        LogicalNodes.mapChildren(
                node,
                input -> {
                    found[0] += count(input, id);
                    return input;
                });
        LogicalNodes.mapExpressions(
                node,
                expression -> {
                    Expressions.forEachPlan(expression, plan -> found[0] += count(plan, id));
                    return expression;
                });
        return found[0];
    }
}
