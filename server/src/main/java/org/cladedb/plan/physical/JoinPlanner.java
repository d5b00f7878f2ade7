package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.common.Cancellation;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.Join;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Orders joins and chooses how each is done: group scan, lookups by key, hash table, or nested
/// loop.
///
/// Inner joins are reordered greedily: the smallest input first, then whatever is joined to what is
/// there and gives least.
final class JoinPlanner {
    /// What one lookup costs, in rows of a scan.
    private static final double LOOKUP_COST = 8;

    private final PhysicalPlanner planner;
    private final GroupJoinBuilder groupJoins;

    JoinPlanner(PhysicalPlanner planner) {
        this.planner = planner;
        groupJoins = new GroupJoinBuilder(planner);
    }

    PhysicalNode plan(Join join) {
        PhysicalNode group = groupJoins.build(join);
        if (group != null) {
            return group;
        }
        if (join.kind() == JoinKind.RIGHT) {
            return outer(JoinKind.LEFT, join.right(), join.left(), join);
        }
        if (join.kind() != JoinKind.INNER) {
            return outer(join.kind(), join.left(), join.right(), join);
        }
        List<Part> parts = new ArrayList<>();
        List<TypedExpression> conditions = new ArrayList<>();
        flatten(join, parts, conditions);
        return order(parts, conditions);
    }

    private PhysicalNode outer(JoinKind kind, LogicalNode left, LogicalNode right, Join join) {
        return pair(
                kind,
                planner.plan(left),
                !LogicalNodes.outerReferences(left).isEmpty(),
                right,
                Expressions.conjuncts(join.condition()));
    }

    /// An input of a set of inner joins.
    private record Part(LogicalNode node, PhysicalNode plan, Set<Integer> outer) {
        double rows() {
            return Estimates.rows(plan);
        }

        /// Whether it is read again and again, for rows of a query around the joins of `all`.
        boolean isRepeated(Set<Integer> all) {
            return !all.containsAll(outer);
        }
    }

    private void flatten(LogicalNode node, List<Part> parts, List<TypedExpression> conditions) {
        if (node instanceof Join join && join.kind() == JoinKind.INNER) {
            PhysicalNode group = groupJoins.build(join);
            if (group == null) {
                flatten(join.left(), parts, conditions);
                flatten(join.right(), parts, conditions);
                conditions.addAll(Expressions.conjuncts(join.condition()));
                return;
            }
            parts.add(new Part(node, group, LogicalNodes.outerReferences(node)));
            return;
        }
        parts.add(new Part(node, planner.plan(node), LogicalNodes.outerReferences(node)));
    }

    private PhysicalNode order(List<Part> parts, List<TypedExpression> conditions) {
        Set<Integer> all = new HashSet<>();
        parts.forEach(part -> part.node().columns().forEach(column -> all.add(column.id())));
        List<Part> remaining = new ArrayList<>(parts);
        List<TypedExpression> open = new ArrayList<>(conditions);
        Part first = smallest(remaining, all);
        remaining.remove(first);
        PhysicalNode current = first.plan();
        boolean repeated = first.isRepeated(all);
        Set<Integer> have = ids(current.columns());
        LogicalNode only = first.node();
        while (!remaining.isEmpty()) {
            PhysicalNode best = null;
            Part bestPart = null;
            List<TypedExpression> bestUsed = List.of();
            boolean bestConnected = false;
            for (Part part : remaining) {
                Cancellation.check();
                if (!isAvailable(part, all, have)) {
                    continue;
                }
                List<TypedExpression> used =
                        applicable(open, all, have, ids(part.node().columns()));
                boolean connected = !used.isEmpty();
                if (bestConnected && !connected) {
                    continue;
                }
                PhysicalNode candidate = pair(JoinKind.INNER, current, repeated, part.node(), used);
                if (only != null && comparesAll(candidate) && part.outer().isEmpty()) {
                    PhysicalNode ranges = rangeLookup(JoinKind.INNER, part.plan(), only, used);
                    candidate = ranges == null ? candidate : ranges;
                }
                if (best == null
                        || connected != bestConnected
                        || Estimates.rows(candidate) < Estimates.rows(best)) {
                    best = candidate;
                    bestPart = part;
                    bestUsed = used;
                    bestConnected = connected;
                }
            }
            if (best == null || bestPart == null) {
                throw new IllegalStateException("lateral inputs depend on each other");
            }
            current = best;
            only = null;
            repeated |= bestPart.isRepeated(all);
            remaining.remove(bestPart);
            open.removeAll(bestUsed);
            have.addAll(ids(bestPart.node().columns()));
        }
        return planner.filtered(current, open);
    }

    private static Part smallest(List<Part> parts, Set<Integer> all) {
        Part best = null;
        for (Part part : parts) {
            if (isAvailable(part, all, Set.of()) && (best == null || part.rows() < best.rows())) {
                best = part;
            }
        }
        if (best == null) {
            throw new IllegalStateException("lateral inputs depend on each other");
        }
        return best;
    }

    private static boolean isAvailable(Part part, Set<Integer> all, Set<Integer> have) {
        for (int id : part.outer()) {
            if (all.contains(id) && !have.contains(id)) {
                return false;
            }
        }
        return true;
    }

    private static List<TypedExpression> applicable(
            List<TypedExpression> conditions,
            Set<Integer> all,
            Set<Integer> have,
            Set<Integer> added) {
        List<TypedExpression> result = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            boolean complete = true;
            boolean touches = false;
            for (int id : Expressions.references(condition)) {
                touches |= added.contains(id);
                complete &= !all.contains(id) || have.contains(id) || added.contains(id);
            }
            if (complete && touches) {
                result.add(condition);
            }
        }
        return result;
    }

    private static Set<Integer> ids(List<OutputColumn> columns) {
        Set<Integer> ids = new HashSet<>();
        columns.forEach(column -> ids.add(column.id()));
        return ids;
    }

    /// Joins what is planned with one more input.
    ///
    /// @param repeated whether `left` is read again and again with other rows, so that a hash table
    ///   of `right` had better be made once for all of them
    private PhysicalNode pair(
            JoinKind kind,
            PhysicalNode left,
            boolean repeated,
            LogicalNode right,
            List<TypedExpression> conditions) {
        PhysicalNode lookup = lookup(kind, left, right, conditions);
        if (lookup == null) {
            lookup = lookupOfJoin(kind, left, right, conditions);
        }
        if (lookup == null && kind != JoinKind.RIGHT && kind != JoinKind.FULL) {
            PhysicalNode found = planner.system().joined(Estimates.rows(left), right, conditions);
            lookup =
                    found == null
                            ? null
                            : new PhysicalNode.NestedLoop(kind, left, found, null, true);
        }
        if (lookup != null) {
            return lookup;
        }
        if (repeated && kind != JoinKind.RIGHT && kind != JoinKind.FULL) {
            PhysicalNode found = planner.hashLookup(right, conditions);
            if (found != null) {
                return new PhysicalNode.NestedLoop(kind, left, found, null, true);
            }
        }
        Set<Integer> outer = LogicalNodes.outerReferences(right);
        outer.retainAll(ids(left.columns()));
        TypedExpression condition = Expressions.and(conditions);
        TypedExpression physicalCondition = condition == null ? null : planner.physical(condition);
        PhysicalNode rightPlan = planner.plan(right);
        if (!outer.isEmpty()) {
            return new PhysicalNode.NestedLoop(kind, left, rightPlan, physicalCondition, true);
        }
        PhysicalNode hash = hash(kind, left, rightPlan, conditions);
        if (hash != null) {
            return hash;
        }
        PhysicalNode ranges = rangeLookup(kind, left, right, conditions);
        return ranges != null
                ? ranges
                : new PhysicalNode.NestedLoop(kind, left, rightPlan, physicalCondition, false);
    }

    private static boolean comparesAll(PhysicalNode node) {
        return node instanceof PhysicalNode.NestedLoop loop && !loop.rescan();
    }

    /// Finds the right rows between two bounds that a left row gives, where nothing better than
    /// comparing all with all is known.
    private @Nullable PhysicalNode rangeLookup(
            JoinKind kind, PhysicalNode left, LogicalNode right, List<TypedExpression> conditions) {
        ScanParts parts = ScanParts.of(right);
        if (parts == null || kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
            return null;
        }
        LogicalNode.TableScan scan = parts.scan();
        List<TypedExpression> all = new ArrayList<>(conditions);
        all.addAll(parts.conditions());
        AccessPathChooser.Choice choice =
                planner.chooser().choose(scan.table(), scan.slots(), scan.slotColumns(), all);
        AccessPath.Bounds bounds =
                switch (choice.path()) {
                    case AccessPath.KeyRange range -> range.bounds();
                    case AccessPath.IndexRange range -> range.bounds();
                    case AccessPath.Full _, AccessPath.Below _, AccessPath.Each _ -> null;
                };
        boolean narrow =
                bounds != null
                        && (!bounds.equal().isEmpty()
                                || (bounds.lower() != null && bounds.upper() != null));
        return narrow
                ? new PhysicalNode.NestedLoop(
                        kind, left, planner.scan(scan, choice, all), null, true)
                : null;
    }

    /// For few left rows: finds the matching right rows by key for each.
    private @Nullable PhysicalNode lookup(
            JoinKind kind, PhysicalNode left, LogicalNode right, List<TypedExpression> conditions) {
        ScanParts parts = ScanParts.of(right);
        if (parts == null
                || kind == JoinKind.RIGHT
                || kind == JoinKind.FULL
                || conditions.isEmpty()) {
            return null;
        }
        LogicalNode.TableScan scan = parts.scan();
        List<TypedExpression> all = new ArrayList<>(conditions);
        all.addAll(parts.conditions());
        AccessPathChooser.Choice joined =
                planner.chooser().choose(scan.table(), scan.slots(), scan.slotColumns(), all);
        AccessPathChooser.Choice alone =
                planner.chooser()
                        .choose(scan.table(), scan.slots(), scan.slotColumns(), parts.conditions());
        double lookups = Estimates.rows(left) * (joined.rows() + LOOKUP_COST);
        if (joined.isFull() || joined.rows() >= alone.rows() || lookups > alone.rows()) {
            return null;
        }
        return new PhysicalNode.NestedLoop(kind, left, planner.scan(scan, joined, all), null, true);
    }

    /// The same where the right side of a semi join is a join itself.
    private @Nullable PhysicalNode lookupOfJoin(
            JoinKind kind, PhysicalNode left, LogicalNode right, List<TypedExpression> conditions) {
        if ((kind != JoinKind.SEMI && kind != JoinKind.ANTI)
                || !(right instanceof Join)
                || conditions.isEmpty()) {
            return null;
        }
        PhysicalNode inside = planner.plan(narrowed(right, conditions));
        double lookups = Estimates.rows(left) * (Estimates.read(inside) + LOOKUP_COST);
        return lookups < Estimates.read(planner.plan(right))
                ? new PhysicalNode.NestedLoop(kind, left, inside, null, true)
                : null;
    }

    /// The node with `conditions` on it as far down as they can be tested.
    private static LogicalNode narrowed(LogicalNode node, List<TypedExpression> conditions) {
        if (conditions.isEmpty()) {
            return node;
        }
        if (!(node instanceof Join join)
                || join.lateral()
                || join.kind() == JoinKind.RIGHT
                || join.kind() == JoinKind.FULL) {
            return filtered(node, conditions);
        }
        List<TypedExpression> onLeft = new ArrayList<>();
        List<TypedExpression> onRight = new ArrayList<>();
        List<TypedExpression> onBoth = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            if (!Expressions.refersTo(condition, join.right().columns())) {
                onLeft.add(condition);
            } else if (!Expressions.refersTo(condition, join.left().columns())
                    && join.kind() == JoinKind.INNER) {
                onRight.add(condition);
            } else {
                onBoth.add(condition);
            }
        }
        LogicalNode narrowed =
                new Join(
                        join.kind(),
                        narrowed(join.left(), onLeft),
                        narrowed(join.right(), onRight),
                        join.condition(),
                        false);
        return filtered(narrowed, onBoth);
    }

    private static LogicalNode filtered(LogicalNode node, List<TypedExpression> conditions) {
        if (node instanceof LogicalNode.Filter filter) {
            List<TypedExpression> all = Expressions.conjuncts(filter.predicate());
            all.addAll(conditions);
            return filtered(filter.input(), all);
        }
        TypedExpression predicate = Expressions.and(conditions);
        return predicate == null ? node : new LogicalNode.Filter(node, predicate);
    }

    private @Nullable PhysicalNode hash(
            JoinKind kind,
            PhysicalNode left,
            PhysicalNode right,
            List<TypedExpression> conditions) {
        List<TypedExpression> leftKeys = new ArrayList<>();
        List<TypedExpression> rightKeys = new ArrayList<>();
        List<TypedExpression> rest = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            if (!addKeys(condition, left.columns(), right.columns(), leftKeys, rightKeys)) {
                rest.add(condition);
            }
        }
        if (leftKeys.isEmpty()) {
            return null;
        }
        TypedExpression residual = Expressions.and(rest);
        TypedExpression physicalResidual = residual == null ? null : planner.physical(residual);
        boolean swap =
                (kind == JoinKind.INNER || kind == JoinKind.LEFT)
                        && Estimates.rows(right) > 2 * Estimates.rows(left);
        return swap
                ? new PhysicalNode.HashJoin(
                        kind == JoinKind.LEFT ? JoinKind.RIGHT : kind,
                        right,
                        left,
                        planner.physicalList(rightKeys),
                        planner.physicalList(leftKeys),
                        physicalResidual)
                : new PhysicalNode.HashJoin(
                        kind,
                        left,
                        right,
                        planner.physicalList(leftKeys),
                        planner.physicalList(rightKeys),
                        physicalResidual);
    }

    private static boolean addKeys(
            TypedExpression condition,
            List<OutputColumn> left,
            List<OutputColumn> right,
            List<TypedExpression> leftKeys,
            List<TypedExpression> rightKeys) {
        if (!(condition instanceof FunctionCall call)
                || call.arguments().size() != 2
                || !call.function().definition().name().equals("=")
                || Expressions.isVolatile(condition)) {
            return false;
        }
        TypedExpression one = call.arguments().get(0);
        TypedExpression other = call.arguments().get(1);
        if (!isHashable(one, other)) {
            return false;
        }
        if (onlyOf(one, left, right) && onlyOf(other, right, left)) {
            leftKeys.add(one);
            rightKeys.add(other);
            return true;
        }
        if (onlyOf(one, right, left) && onlyOf(other, left, right)) {
            leftKeys.add(other);
            rightKeys.add(one);
            return true;
        }
        return false;
    }

    private static boolean isHashable(TypedExpression one, TypedExpression other) {
        TypeKind kind = one.type().kind();
        return Condition.sameEncoding(one.type(), other.type())
                && kind != TypeKind.JSON
                && kind != TypeKind.RECORD;
    }

    private static boolean onlyOf(
            TypedExpression expression, List<OutputColumn> own, List<OutputColumn> other) {
        return Expressions.refersTo(expression, own) && !Expressions.refersTo(expression, other);
    }
}
