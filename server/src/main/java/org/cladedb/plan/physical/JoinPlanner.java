package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.common.Cancellation;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.Join;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
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
    static final double LOOKUP_COST = 8;

    private static final double KEPT_MAX = 0.5;
    private static final double KEPT_MIN = 0.001;

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
        PhysicalNode ordinary =
                pair(
                        kind,
                        Left.of(planner.plan(left), !LogicalNodes.outerReferences(left).isEmpty()),
                        right,
                        Expressions.conjuncts(join.condition()));
        if (kind != JoinKind.SEMI) {
            return ordinary;
        }
        PhysicalNode turned = turned(join);
        return turned != null && Estimates.read(turned) < Estimates.read(ordinary)
                ? turned
                : ordinary;
    }

    /// A semi join whose right side names few keys, as an inner join that finds the left rows by
    /// them:
    ///
    /// ```
    ///   SemiJoin a.id = b.x               Join a.id = b.x
    ///     a                        =>       Distinct (Project b.x  b)
    ///     b                                 a
    /// ```
    ///
    /// Null where the left side is no table, or its rows are not found by columns of the right.
    private @Nullable PhysicalNode turned(Join join) {
        List<OutputColumn> left = join.left().columns();
        List<OutputColumn> right = join.right().columns();
        if (ScanParts.of(join.left()) == null
                || join.condition() == null
                || !LogicalNodes.outerReferences(join).isEmpty()
                || LogicalNodes.refersTo(join.right(), left)) {
            return null;
        }
        List<TypedExpression> leftKeys = new ArrayList<>();
        List<TypedExpression> rightKeys = new ArrayList<>();
        for (TypedExpression condition : Expressions.conjuncts(join.condition())) {
            if (!addKeys(condition, left, right, leftKeys, rightKeys)) {
                return null;
            }
        }
        Map<Integer, Assignment> keys = new LinkedHashMap<>();
        for (TypedExpression key : rightKeys) {
            if (!(key instanceof ColumnReference reference)) {
                return null;
            }
            OutputColumn column =
                    OutputColumn.computed(reference.columnId(), reference.name(), reference.type());
            keys.put(column.id(), new Assignment(column, reference));
        }
        LogicalNode distinct =
                new LogicalNode.Distinct(
                        new LogicalNode.Project(join.right(), List.copyOf(keys.values())),
                        List.of());
        PhysicalNode inner =
                planner.plan(
                        new Join(JoinKind.INNER, distinct, join.left(), join.condition(), false));
        List<Assignment> own =
                left.stream()
                        .map(column ->
                                new Assignment(
                                        column,
                                        new ColumnReference(
                                                column.id(), column.type(), column.name())))
                        .toList();
        return new PhysicalNode.Project(inner, own);
    }

    /// What is to be joined with one more input.
    ///
    /// @param rowsMax how many of its rows are wanted
    /// @param repeated whether it is read again and again with other rows, so that a hash table of
    ///   the right side had better be made once for all of them
    /// @param ordered whether the result must come in its order
    private record Left(PhysicalNode node, double rowsMax, boolean repeated, boolean ordered) {
        static Left of(PhysicalNode node, boolean repeated) {
            return new Left(node, Double.MAX_VALUE, repeated, false);
        }

        double rows() {
            return Math.max(1, Math.min(rowsMax, Estimates.rows(node)));
        }

        Left with(PhysicalNode joined, boolean repeatedToo) {
            return new Left(joined, rowsMax, repeated || repeatedToo, ordered);
        }
    }

    /// A plan that gives the first `wanted` rows in the order of `keys` soon; null when none is
    /// known.
    FirstRows.@Nullable Choice first(
            Join join, List<SortKey> keys, double wanted, FirstRows firstRows) {
        PhysicalNode group = groupJoins.build(join);
        if (group != null) {
            PhysicalNode ordered = FirstRows.ordered(group, keys);
            return ordered == null ? null : new FirstRows.Choice(ordered, wanted);
        }
        return switch (join.kind()) {
            case FULL -> null;
            case INNER -> firstOfInner(join, keys, wanted, firstRows);
            case LEFT, SEMI, ANTI, RIGHT -> firstOfOuter(join, keys, wanted, firstRows);
        };
    }

    private FirstRows.@Nullable Choice firstOfOuter(
            Join join, List<SortKey> keys, double wanted, FirstRows firstRows) {
        boolean right = join.kind() == JoinKind.RIGHT;
        boolean all = right || join.kind() == JoinKind.LEFT;
        LogicalNode kept = right ? join.right() : join.left();
        double rows = all ? wanted : wanted / kept(join);
        FirstRows.Choice left = firstRows.plan(kept, keys, rows);
        if (left == null) {
            return null;
        }
        boolean repeated = !LogicalNodes.outerReferences(kept).isEmpty();
        PhysicalNode node =
                pair(
                        right ? JoinKind.LEFT : join.kind(),
                        new Left(left.node(), rows, repeated, true),
                        right ? join.left() : join.right(),
                        Expressions.conjuncts(join.condition()));
        return checked(node, 1, left.read(), keys, rows);
    }

    /// Which part of the left rows a semi join or anti join keeps, roughly: no more than half, and
    /// no more values of a semi join than its right side has.
    private double kept(Join join) {
        List<TypedExpression> leftKeys = new ArrayList<>();
        List<TypedExpression> rightKeys = new ArrayList<>();
        for (TypedExpression condition : Expressions.conjuncts(join.condition())) {
            addKeys(condition, join.left().columns(), join.right().columns(), leftKeys, rightKeys);
        }
        if (leftKeys.isEmpty() || join.kind() != JoinKind.SEMI) {
            return KEPT_MAX;
        }
        PhysicalNode right = planner.plan(join.right());
        double found =
                Math.min(Estimates.rows(right), DistinctValues.of(right, rightKeys))
                        / DistinctValues.of(planner.plan(join.left()), leftKeys);
        return Math.clamp(found, KEPT_MIN, KEPT_MAX);
    }

    private FirstRows.@Nullable Choice firstOfInner(
            Join join, List<SortKey> keys, double wanted, FirstRows firstRows) {
        List<Part> parts = new ArrayList<>();
        List<TypedExpression> conditions = new ArrayList<>();
        flatten(join, parts, conditions);
        Set<Integer> all = columnIds(parts);
        Part start = keys.isEmpty() ? smallest(parts, all) : holder(parts, keys);
        if (start == null || !isAvailable(start, all, Set.of())) {
            return null;
        }
        parts.remove(start);
        double rows = wanted;
        for (Part part : parts) {
            ScanParts scan = ScanParts.of(part.node());
            rows /= scan == null ? 1 : Math.max(1e-6, Selectivity.all(scan.conditions()));
        }
        FirstRows.Choice left = firstRows.plan(start.node(), keys, rows);
        if (left == null) {
            return null;
        }
        Left first = new Left(left.node(), rows, start.isRepeated(all), true);
        int joins = parts.size();
        PhysicalNode node = extend(first, null, parts, conditions, all);
        return checked(node, joins, left.read(), keys, rows);
    }

    private static @Nullable Part holder(List<Part> parts, List<SortKey> keys) {
        for (Part part : parts) {
            Set<Integer> ids = ids(part.node().columns());
            if (keys.stream()
                    .allMatch(key -> ids.containsAll(Expressions.references(key.expression())))) {
                return part;
            }
        }
        return null;
    }

    /// With what is read of all inputs for `rows` rows of the leftmost, under so many joins; null
    /// where the order was lost.
    private static FirstRows.@Nullable Choice checked(
            PhysicalNode node, int joins, double leftRead, List<SortKey> keys, double rows) {
        if (!KeyOrder.of(node).satisfies(keys)) {
            return null;
        }
        double read = leftRead;
        PhysicalNode current = node;
        for (int open = joins; open > 0; ) {
            switch (current) {
                case PhysicalNode.NestedLoop loop -> {
                    double right = Estimates.read(loop.right());
                    read += loop.rescan() ? rows * (right + LOOKUP_COST) : right;
                    current = loop.left();
                    open--;
                }
                case PhysicalNode.HashJoin join -> {
                    read += Estimates.read(join.right());
                    current = join.left();
                    open--;
                }
                case PhysicalNode.Filter filter -> current = filter.input();
                case PhysicalNode _ -> {
                    return null;
                }
            }
        }
        return new FirstRows.Choice(node, read);
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
        Set<Integer> all = columnIds(parts);
        List<Part> remaining = new ArrayList<>(parts);
        Part first = smallest(remaining, all);
        remaining.remove(first);
        return extend(
                Left.of(first.plan(), first.isRepeated(all)),
                first.node(),
                remaining,
                conditions,
                all);
    }

    private static Set<Integer> columnIds(List<Part> parts) {
        Set<Integer> all = new HashSet<>();
        parts.forEach(part -> all.addAll(ids(part.node().columns())));
        return all;
    }

    /// Joins all of `remaining`, which is then empty, to `first`: whatever gives least next.
    ///
    /// @param start what `first` is a plan of, if it may as well be on the other side of a join
    private PhysicalNode extend(
            Left first,
            @Nullable LogicalNode start,
            List<Part> remaining,
            List<TypedExpression> conditions,
            Set<Integer> all) {
        LogicalNode only = start;
        Left current = first;
        List<TypedExpression> open = new ArrayList<>(conditions);
        Set<Integer> have = ids(current.node().columns());
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
                PhysicalNode candidate = pair(JoinKind.INNER, current, part.node(), used);
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
            current = current.with(best, bestPart.isRepeated(all));
            only = null;
            remaining.remove(bestPart);
            open.removeAll(bestUsed);
            have.addAll(ids(bestPart.node().columns()));
        }
        return planner.filtered(current.node(), open);
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
    private PhysicalNode pair(
            JoinKind kind, Left outer, LogicalNode right, List<TypedExpression> conditions) {
        PhysicalNode left = outer.node();
        PhysicalNode lookup = lookup(kind, outer, right, conditions);
        if (lookup == null) {
            lookup = lookupOfJoin(kind, outer, right, conditions);
        }
        if (lookup == null && kind != JoinKind.RIGHT && kind != JoinKind.FULL) {
            PhysicalNode found = planner.system().joined(outer.rows(), right, conditions);
            lookup =
                    found == null
                            ? null
                            : new PhysicalNode.NestedLoop(kind, left, found, null, true);
        }
        if (lookup != null) {
            return lookup;
        }
        if (outer.repeated() && kind != JoinKind.RIGHT && kind != JoinKind.FULL) {
            PhysicalNode found = planner.hashLookup(right, conditions);
            if (found != null) {
                return new PhysicalNode.NestedLoop(kind, left, found, null, true);
            }
        }
        Set<Integer> lateral = LogicalNodes.outerReferences(right);
        lateral.retainAll(ids(left.columns()));
        TypedExpression condition = Expressions.and(conditions);
        TypedExpression physicalCondition = condition == null ? null : planner.physical(condition);
        PhysicalNode rightPlan = planner.plan(right);
        if (!lateral.isEmpty()) {
            return new PhysicalNode.NestedLoop(kind, left, rightPlan, physicalCondition, true);
        }
        PhysicalNode hash = hash(kind, outer, rightPlan, conditions);
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
            JoinKind kind, Left left, LogicalNode right, List<TypedExpression> conditions) {
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
        double found =
                joined.rows()
                        * Estimates.more(
                                left.node(),
                                scan.table(),
                                planner.statistics().rows(scan.table()),
                                joined.path());
        double lookups = left.rows() * (found * Estimates.fetchCost(joined.path()) + LOOKUP_COST);
        if (joined.isFull() || joined.rows() >= alone.rows() || lookups > alone.rows()) {
            return null;
        }
        return new PhysicalNode.NestedLoop(
                kind, left.node(), planner.scan(scan, joined, all), null, true);
    }

    /// The same where the right side of a semi join is a join itself.
    private @Nullable PhysicalNode lookupOfJoin(
            JoinKind kind, Left left, LogicalNode right, List<TypedExpression> conditions) {
        if ((kind != JoinKind.SEMI && kind != JoinKind.ANTI)
                || !(right instanceof Join)
                || conditions.isEmpty()) {
            return null;
        }
        PhysicalNode inside = planner.plan(narrowed(right, conditions));
        double lookups = left.rows() * (Estimates.read(inside) + LOOKUP_COST);
        return lookups < Estimates.read(planner.plan(right))
                ? new PhysicalNode.NestedLoop(kind, left.node(), inside, null, true)
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
            JoinKind kind, Left outer, PhysicalNode right, List<TypedExpression> conditions) {
        PhysicalNode left = outer.node();
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
                        && !outer.ordered()
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

    /// Whether the keys say all that the condition says; where they say less, or there are none, it
    /// must be tested.
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
        boolean days = isDateWithTime(one, other) || isDateWithTime(other, one);
        if (days) {
            one = asDate(one);
            other = asDate(other);
        }
        if (!isHashable(one, other)) {
            return false;
        }
        if (onlyOf(one, left, right) && onlyOf(other, right, left)) {
            leftKeys.add(one);
            rightKeys.add(other);
            return !days;
        }
        if (onlyOf(one, right, left) && onlyOf(other, left, right)) {
            leftKeys.add(other);
            rightKeys.add(one);
            return !days;
        }
        return false;
    }

    private static boolean isDateWithTime(TypedExpression one, TypedExpression other) {
        return one.type().kind() == TypeKind.DATE && ImpliedCondition.isTime(other.type());
    }

    private static TypedExpression asDate(TypedExpression value) {
        return ImpliedCondition.isTime(value.type()) ? ImpliedCondition.asDate(value) : value;
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
