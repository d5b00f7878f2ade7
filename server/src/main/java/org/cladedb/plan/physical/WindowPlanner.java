package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.plan.physical.PhysicalNode.Window.Wanted;
import org.jspecify.annotations.Nullable;

/// Windows as operators that compute over rows in order: one for the calls of each PARTITION BY and
/// ORDER BY, and a sort below it where its rows do not come in that order.
final class WindowPlanner {
    private final PhysicalPlanner planner;
    private final FirstRows firstRows;

    WindowPlanner(PhysicalPlanner planner, FirstRows firstRows) {
        this.planner = planner;
        this.firstRows = firstRows;
    }

    private record Ordering(List<TypedExpression> partitionBy, List<SortKey> orderBy) {
        List<SortKey> keys() {
            List<SortKey> keys = new ArrayList<>();
            partitionBy.forEach(key -> keys.add(new SortKey(key, false, false)));
            keys.addAll(orderBy);
            return keys;
        }
    }

    /// @param conditions what is asked of the rows above; they need not hold for those given
    PhysicalNode plan(LogicalNode.Window window, List<TypedExpression> conditions) {
        List<List<WindowCall>> steps = steps(window);
        List<WindowCall> top = steps.getLast();
        RunConditions running = RunConditions.of(window, top, conditions);
        PhysicalNode node = input(window, steps, running.wantedRows());
        List<SortKey> sortedBy = ordering(steps.getFirst()).keys();
        for (int i = 0; i < steps.size(); i++) {
            List<WindowCall> calls = steps.get(i);
            List<SortKey> keys = ordering(calls).keys();
            if (!startsWith(sortedBy, keys)) {
                node = sorted(node, keys);
                sortedBy = keys;
            }
            boolean last = i == steps.size() - 1;
            node = node(node, calls, last ? running.wanted(planner) : Wanted.ALL);
        }
        return node;
    }

    /// The rows in the order of the first step.
    ///
    /// @param wanted how many of a partition are wanted
    private PhysicalNode input(
            LogicalNode.Window window, List<List<WindowCall>> steps, double wanted) {
        Ordering ordering = ordering(steps.getFirst());
        PhysicalNode ordinary = sorted(planner.plan(window.input()), ordering.keys());
        return steps.size() > 1 || !ordering.partitionBy().isEmpty()
                ? ordinary
                : firstRows.orOrdinary(ordinary, window.input(), ordering.keys(), wanted);
    }

    private PhysicalNode node(PhysicalNode input, List<WindowCall> calls, Wanted wanted) {
        return new PhysicalNode.Window(
                input,
                calls.stream()
                        .map(call -> LogicalNodes.mapWindow(call, planner::physical))
                        .toList(),
                wanted);
    }

    private PhysicalNode sorted(PhysicalNode node, List<SortKey> keys) {
        return KeyOrder.of(node).satisfies(keys)
                ? node
                : new PhysicalNode.Sort(node, LogicalNodes.mapKeys(keys, planner::physical), null);
    }

    /// A plan for the first rows in the window's order; null when they depend on all rows, or that
    /// order is not the one of `keys`.
    FirstRows.@Nullable Choice first(LogicalNode.Window window, List<SortKey> keys, double wanted) {
        List<List<WindowCall>> steps = steps(window);
        List<WindowCall> calls = steps.getFirst();
        Ordering ordering = ordering(calls);
        if (steps.size() > 1
                || !ordering.partitionBy().isEmpty()
                || !window.calls().stream().allMatch(RunConditions::isRunning)) {
            return null;
        }
        FirstRows.Choice input = firstRows.plan(window.input(), ordering.keys(), wanted);
        if (input == null || !KeyOrder.of(input.node()).satisfies(keys)) {
            return null;
        }
        return new FirstRows.Choice(node(input.node(), calls, Wanted.ALL), input.read());
    }

    /// The calls of each ordering, in the order in which they are computed: later ones first, as in
    /// PostgreSQL, so that rows come in the order of the first; those that need no sort of their
    /// own after the one whose sort they share.
    private static List<List<WindowCall>> steps(LogicalNode.Window window) {
        Map<Ordering, List<WindowCall>> byOrdering = new LinkedHashMap<>();
        for (WindowCall call : window.calls()) {
            byOrdering
                    .computeIfAbsent(
                            new Ordering(call.partitionBy(), call.orderBy()),
                            _ -> new ArrayList<>())
                    .add(call);
        }
        List<List<WindowCall>> left = new ArrayList<>(byOrdering.values());
        List<List<WindowCall>> steps = new ArrayList<>();
        while (!left.isEmpty()) {
            List<WindowCall> next = left.removeLast();
            for (List<WindowCall> other : List.copyOf(left)) {
                List<SortKey> keys = ordering(other).keys();
                if (keys.size() > ordering(next).keys().size()
                        && startsWith(keys, ordering(next).keys())) {
                    left.add(next);
                    left.remove(other);
                    next = other;
                }
            }
            steps.add(next);
            List<SortKey> sortedBy = ordering(next).keys();
            for (List<WindowCall> other : List.copyOf(left)) {
                if (startsWith(sortedBy, ordering(other).keys())) {
                    steps.add(other);
                    left.remove(other);
                }
            }
        }
        return steps;
    }

    private static Ordering ordering(List<WindowCall> calls) {
        WindowCall call = calls.getFirst();
        return new Ordering(call.partitionBy(), call.orderBy());
    }

    private static boolean startsWith(List<SortKey> keys, List<SortKey> beginning) {
        return beginning.size() <= keys.size()
                && keys.subList(0, beginning.size()).equals(beginning);
    }
}
