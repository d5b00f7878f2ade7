package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.catalog.TableGroup;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.Filter;
import org.cladedb.plan.ir.LogicalNode.Project;
import org.cladedb.plan.ir.LogicalNode.Sort;
import org.cladedb.plan.ir.LogicalNode.TableScan;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.NestedSubquery;
import org.jspecify.annotations.Nullable;

/// Turns nested results along a branch of a group into one group scan, whatever the number of
/// levels.
///
/// ```
///   Project c.name, (nested Project o.day, (nested … i …)      NestedGroupScan c { o { i } }
///                      Filter o.customer_id = c.id        =>
///                        o)
///     c
/// ```
///
/// A level needs: the grouping key's equalities in its WHERE, no LIMIT, DISTINCT or aggregation, no
/// order other than that of its own key, and a table that no other level reads, because a row that
/// the scan meets goes to one level. What does not fit stays an expression, run per row.
final class NestedGroupBuilder {
    private final PhysicalPlanner planner;

    NestedGroupBuilder(PhysicalPlanner planner) {
        this.planner = planner;
    }

    /// The projection with its nested columns read by a group scan; null where it does not apply.
    @Nullable PhysicalNode build(Project project) {
        ScanParts parts = ScanParts.of(project.input());
        if (parts == null || parts.scan().locator() != null) {
            return null;
        }
        TableScan scan = parts.scan();
        TableGroup group = planner.catalog().group(scan.table().groupOid());
        AccessPathChooser.Choice choice =
                planner.chooser()
                        .choose(scan.table(), scan.slots(), scan.slotColumns(), parts.conditions());
        boolean scansGroup =
                choice.path() instanceof AccessPath.Full
                        || choice.path() instanceof AccessPath.KeyRange
                        || choice.path() instanceof AccessPath.Below;
        if (group == null || !scansGroup) {
            return null;
        }
        List<PhysicalNode.NestedColumn> nested = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        Set<Integer> tables = new HashSet<>();
        for (Assignment assignment : project.assignments()) {
            NestedLevel level = level(assignment.expression(), GroupingLink.Side.of(scan), tables);
            if (level == null) {
                assignments.add(
                        new Assignment(
                                assignment.column(), planner.physical(assignment.expression())));
            } else {
                nested.add(new PhysicalNode.NestedColumn(assignment.column(), level));
                assignments.add(
                        new Assignment(assignment.column(), assignment.column().reference()));
            }
        }
        if (nested.isEmpty()) {
            return null;
        }
        List<TypedExpression> conditions = new ArrayList<>(parts.conditions());
        conditions.removeAll(choice.used());
        TypedExpression filter = Expressions.and(conditions);
        return new PhysicalNode.Project(
                new PhysicalNode.NestedGroupScan(
                        group,
                        scan.table(),
                        scan.slots(),
                        scan.slotColumns(),
                        planner.physical(choice.path()),
                        planner.statistics().rows(scan.table()),
                        filter == null ? null : planner.physical(filter),
                        nested),
                assignments);
    }

    /// @param tables those that levels read already; grows
    private @Nullable NestedLevel level(
            TypedExpression expression, GroupingLink.Side parent, Set<Integer> tables) {
        if (!(expression instanceof NestedSubquery nested)
                || !(nested.plan() instanceof LogicalNode plan)) {
            return null;
        }
        Shape shape = Shape.of(plan);
        if (shape == null) {
            return null;
        }
        TableScan scan = shape.scan();
        GroupingLink.Side side = GroupingLink.Side.of(scan);
        GroupingLink link = GroupingLink.find(parent, side, shape.conditions());
        if (link == null || !isInKeyOrder(shape, parent) || !tables.add(scan.table().oid())) {
            return null;
        }
        List<NestedLevel.Item> items = new ArrayList<>();
        for (Assignment assignment : shape.assignments()) {
            String name = assignment.column().name();
            NestedLevel below = level(assignment.expression(), side, tables);
            items.add(
                    below == null
                            ? new NestedLevel.Value(name, planner.physical(assignment.expression()))
                            : new NestedLevel.Nested(name, below));
        }
        return prune(shape, link.rest(), items);
    }

    private boolean isInKeyOrder(Shape shape, GroupingLink.Side parent) {
        if (shape.sortKeys().isEmpty()) {
            return true;
        }
        AccessPath below = new AccessPath.Below(parent.table(), List.of(), false);
        PhysicalNode scan =
                new PhysicalNode.Scan(
                        shape.scan().table(),
                        shape.scan().slots(),
                        shape.scan().slotColumns(),
                        null,
                        below,
                        Estimates.CHILD_ROWS);
        return KeyOrder.of(scan).satisfies(shape.sortKeys());
    }

    /// Leaves out the slots that only served the join.
    private NestedLevel prune(
            Shape shape, List<TypedExpression> conditions, List<NestedLevel.Item> items) {
        Set<Integer> used = new HashSet<>();
        conditions.forEach(condition -> used.addAll(Expressions.references(condition)));
        shape.assignments()
                .forEach(
                        assignment -> used.addAll(Expressions.references(assignment.expression())));
        TableScan scan = shape.scan();
        List<Integer> slots = new ArrayList<>();
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < scan.slots().size(); i++) {
            OutputColumn column = scan.slotColumns().get(i);
            if (used.contains(column.id())) {
                slots.add(scan.slots().get(i));
                columns.add(column);
            }
        }
        TypedExpression filter = Expressions.and(conditions);
        return new NestedLevel(
                scan.table(),
                slots,
                columns,
                filter == null ? null : planner.physical(filter),
                items);
    }

    /// A subquery reduced to its parts: what it selects, from one scan, under conditions, in an
    /// order.
    private record Shape(
            TableScan scan,
            List<TypedExpression> conditions,
            List<SortKey> sortKeys,
            List<Assignment> assignments) {

        static @Nullable Shape of(LogicalNode plan) {
            List<Assignment> assignments = null;
            List<SortKey> keys = List.of();
            LogicalNode node = plan;
            while (true) {
                switch (node) {
                    case Project project -> {
                        Map<Integer, TypedExpression> definitions = definitions(project);
                        assignments =
                                assignments == null
                                        ? project.assignments()
                                        : substitute(assignments, definitions);
                        keys = keys.stream().map(key -> substitute(key, definitions)).toList();
                        node = project.input();
                    }
                    case Sort sort -> {
                        if (!keys.isEmpty()) {
                            return null;
                        }
                        keys = sort.keys();
                        node = sort.input();
                    }
                    case Filter _, TableScan _ -> {
                        ScanParts parts = ScanParts.of(node);
                        return parts == null
                                        || assignments == null
                                        || parts.scan().locator() != null
                                ? null
                                : new Shape(parts.scan(), parts.conditions(), keys, assignments);
                    }
                    case LogicalNode _ -> {
                        return null;
                    }
                }
            }
        }

        private static Map<Integer, TypedExpression> definitions(Project project) {
            Map<Integer, TypedExpression> definitions = new HashMap<>();
            for (Assignment assignment : project.assignments()) {
                definitions.put(assignment.column().id(), assignment.expression());
            }
            return definitions;
        }

        private static List<Assignment> substitute(
                List<Assignment> assignments, Map<Integer, TypedExpression> definitions) {
            return assignments.stream()
                    .map(assignment ->
                            new Assignment(
                                    assignment.column(),
                                    Expressions.replaceColumns(
                                            assignment.expression(), definitions::get)))
                    .toList();
        }

        private static SortKey substitute(SortKey key, Map<Integer, TypedExpression> definitions) {
            return new SortKey(
                    Expressions.replaceColumns(key.expression(), definitions::get),
                    key.descending(),
                    key.nullsFirst());
        }
    }
}
