package org.cladedb.plan.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.Filter;
import org.cladedb.plan.ir.LogicalNode.Limit;
import org.cladedb.plan.ir.LogicalNode.Project;
import org.cladedb.plan.ir.LogicalNode.Sort;
import org.cladedb.plan.ir.LogicalNode.TableScan;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.NestedSubquery;
import org.cladedb.plan.physical.KeyOrder;

/// Computes nested results after sorting and limiting rather than before, so that trees are neither
/// built for rows that are dropped nor carried through a sort.
///
/// ```
///   [Limit] Sort k                          Project a, (nested n)
///     Project a, k, (nested n)        =>      [Limit] Sort k
///       X                                       Project a, k, columns that n needs
///                                                 X
/// ```
///
/// Does not apply where the rows already come in the order asked for: one group scan then gives
/// order and nesting at once.
final class DelayNestedSubqueries implements Rule {
    @Override
    public LogicalNode apply(LogicalNode plan) {
        LogicalNode node = LogicalNodes.mapChildren(plan, this::apply);
        return switch (node) {
            case Limit limit when limit.input() instanceof Sort sort -> {
                Split split = split(sort);
                yield split == null
                        ? limit
                        : split.above(
                                new Limit(
                                        split.sort(),
                                        limit.count(),
                                        limit.offset(),
                                        limit.withTies()));
            }
            case Sort sort -> {
                Split split = split(sort);
                yield split == null ? sort : split.above(split.sort());
            }
            case LogicalNode other -> other;
        };
    }

    private record Split(Sort sort, List<Assignment> assignments) {
        LogicalNode above(LogicalNode input) {
            return new Project(input, assignments);
        }
    }

    private static @org.jspecify.annotations.Nullable Split split(Sort sort) {
        if (!(sort.input() instanceof Project project) || isOrderedAlready(sort, project)) {
            return null;
        }
        Set<Integer> keyReferences = new HashSet<>();
        for (SortKey key : sort.keys()) {
            keyReferences.addAll(Expressions.references(key.expression()));
        }
        List<Assignment> below = new ArrayList<>();
        List<Assignment> above = new ArrayList<>();
        Set<Integer> needed = new HashSet<>();
        boolean delayed = false;
        for (Assignment assignment : project.assignments()) {
            OutputColumn column = assignment.column();
            if (assignment.expression() instanceof NestedSubquery nested
                    && !keyReferences.contains(column.id())) {
                delayed = true;
                needed.addAll(Expressions.references(nested));
                above.add(assignment);
            } else {
                below.add(assignment);
                above.add(new Assignment(column, column.reference()));
            }
        }
        if (!delayed) {
            return null;
        }
        for (OutputColumn column : project.input().columns()) {
            if (needed.contains(column.id())) {
                below.add(new Assignment(column, column.reference()));
            }
        }
        return new Split(new Sort(new Project(project.input(), below), sort.keys()), above);
    }

    private static boolean isOrderedAlready(Sort sort, Project project) {
        List<TypedExpression> conditions = new ArrayList<>();
        LogicalNode input = project.input();
        while (input instanceof Filter filter) {
            conditions.addAll(Expressions.conjuncts(filter.predicate()));
            input = filter.input();
        }
        if (!(input instanceof TableScan scan)) {
            return false;
        }
        List<SortKey> keys = new ArrayList<>();
        for (SortKey key : sort.keys()) {
            TypedExpression expression =
                    Expressions.replaceColumns(
                            key.expression(), id -> definition(project.assignments(), id));
            keys.add(new SortKey(expression, key.descending(), key.nullsFirst()));
        }
        return KeyOrder.ofScan(scan, conditions).satisfies(keys);
    }

    private static @org.jspecify.annotations.Nullable TypedExpression definition(
            List<Assignment> assignments, int columnId) {
        for (Assignment assignment : assignments) {
            if (assignment.column().id() == columnId) {
                return assignment.expression();
            }
        }
        return null;
    }
}
