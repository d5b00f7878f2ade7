package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.ColumnReference;
import org.cladedb.plan.ir.TypedExpression.Constant;
import org.cladedb.plan.ir.TypedExpression.IsNull;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Plans for the first few rows in some order: by an index in that order, and joins that look up
/// what belongs to each row, rather than all rows and a sort.
final class FirstRows {
    /// How many rows a LIMIT that is not known yet asks for.
    private static final double WANTED = 100;

    private static final TypedExpression ONE = new Constant(Datum.ofLong(1), SqlType.BIGINT);

    private final PhysicalPlanner planner;
    private final JoinPlanner joins;

    FirstRows(PhysicalPlanner planner, JoinPlanner joins) {
        this.planner = planner;
        this.joins = joins;
    }

    /// A plan, and about how many rows are read for those wanted.
    record Choice(PhysicalNode node, double read) {}

    /// How many rows a LIMIT lets through, those of OFFSET included.
    static double wanted(@Nullable TypedExpression count, @Nullable TypedExpression offset) {
        return count(count) + (offset == null ? 0 : count(offset));
    }

    private static double count(@Nullable TypedExpression count) {
        if (count instanceof Constant constant) {
            return constant.value().isNull()
                    ? Double.MAX_VALUE
                    : Math.max(1, constant.value().longValue());
        }
        return count == null ? Double.MAX_VALUE : WANTED;
    }

    /// `ordinary`, or a plan of `node` that gives its first rows by `keys` sooner.
    PhysicalNode orOrdinary(
            PhysicalNode ordinary, LogicalNode node, List<SortKey> keys, double wanted) {
        Choice choice = wanted >= Estimates.TABLE_ROWS ? null : plan(node, keys, wanted);
        return choice != null && choice.read() < Estimates.read(ordinary)
                ? choice.node()
                : ordinary;
    }

    /// Null when no such plan is known.
    @Nullable Choice plan(LogicalNode node, List<SortKey> keys, double wanted) {
        ScanParts parts = ScanParts.of(node);
        if (parts != null) {
            return scan(parts, keys, wanted);
        }
        return switch (node) {
            case LogicalNode.Project project when planner.isOneGroupScan(project) -> null;
            case LogicalNode.Project project -> {
                List<SortKey> below = below(project, keys);
                Choice input = below == null ? null : plan(project.input(), below, wanted);
                yield input == null
                        ? null
                        : new Choice(planner.projected(input.node(), project), input.read());
            }
            case LogicalNode.Filter filter -> {
                List<TypedExpression> conditions = Expressions.conjuncts(filter.predicate());
                double rows = wanted / Math.max(0.001, Selectivity.all(conditions));
                Choice input = plan(filter.input(), keys, rows);
                yield input == null
                        ? null
                        : new Choice(planner.filtered(input.node(), conditions), input.read());
            }
            case LogicalNode.Join join -> joins.first(join, keys, wanted, this);
            case LogicalNode.Window window -> planner.windows().first(window, keys, wanted);
            case LogicalNode _ -> null;
        };
    }

    private static @Nullable List<SortKey> below(LogicalNode.Project project, List<SortKey> keys) {
        List<SortKey> below = new ArrayList<>();
        for (SortKey key : keys) {
            ColumnReference column = definition(project, key.expression());
            if (column == null) {
                return null;
            }
            below.add(new SortKey(column, key.descending(), key.nullsFirst()));
        }
        return below;
    }

    private static @Nullable ColumnReference definition(
            LogicalNode.Project project, TypedExpression expression) {
        for (Assignment assignment : project.assignments()) {
            if (expression instanceof ColumnReference reference
                    && reference.columnId() == assignment.column().id()
                    && assignment.expression() instanceof ColumnReference column) {
                return column;
            }
        }
        return null;
    }

    private @Nullable Choice scan(ScanParts parts, List<SortKey> keys, double wanted) {
        LogicalNode.TableScan scan = parts.scan();
        Choice best = null;
        PhysicalNode ordinary = ordered(planner.scan(scan, parts.conditions()), keys);
        if (ordinary != null) {
            double selectivity =
                    ordinary instanceof PhysicalNode.Filter
                            ? Selectivity.all(parts.conditions())
                            : 1;
            best = new Choice(ordinary, Math.min(Estimates.read(ordinary), wanted / selectivity));
        }
        if (keys.isEmpty()) {
            return best;
        }
        for (AccessPathChooser.Choice path :
                planner.chooser()
                        .inOrder(
                                scan.table(),
                                scan.slots(),
                                scan.slotColumns(),
                                parts.conditions())) {
            PhysicalNode node = ordered(planner.scan(scan, path, parts.conditions()), keys);
            List<TypedExpression> rest = new ArrayList<>(parts.conditions());
            rest.removeAll(path.used());
            double rows = Math.min(path.rows(), wanted / Math.max(1e-6, Selectivity.all(rest)));
            double read = rows * JoinPlanner.LOOKUP_COST;
            if (node != null && (best == null || read < best.read())) {
                best = new Choice(node, read);
            }
        }
        return best;
    }

    /// The node, or its reverse, if it comes in the order of `keys`.
    static @Nullable PhysicalNode ordered(PhysicalNode node, List<SortKey> keys) {
        if (KeyOrder.of(node).satisfies(keys)) {
            return node;
        }
        PhysicalNode reversed = Reversal.reverse(node);
        return reversed != null && KeyOrder.of(reversed).satisfies(keys) ? reversed : null;
    }

    /// `SELECT min(a), max(b) FROM t` by the first rows in order of `a` and `b`; null where that is
    /// no better than reading the input.
    @Nullable PhysicalNode extremes(LogicalNode.Aggregate aggregate, PhysicalNode input) {
        if (!aggregate.groups().isEmpty() || aggregate.calls().isEmpty()) {
            return null;
        }
        PhysicalNode all = null;
        double read = 0;
        for (AggregateCall call : aggregate.calls()) {
            Choice first = extreme(call, aggregate.input());
            if (first == null) {
                return null;
            }
            read += first.read();
            PhysicalNode one =
                    new PhysicalNode.Aggregate(first.node(), List.of(), List.of(call), false);
            all =
                    all == null
                            ? one
                            : new PhysicalNode.NestedLoop(JoinKind.INNER, all, one, null, false);
        }
        return read < Estimates.read(input) ? all : null;
    }

    /// The rows in which a column is not NULL, tested where it comes from.
    private static LogicalNode notNull(LogicalNode node, TypedExpression column) {
        if (node instanceof LogicalNode.Project project) {
            ColumnReference below = definition(project, column);
            if (below != null) {
                return new LogicalNode.Project(
                        notNull(project.input(), below), project.assignments());
            }
        }
        return new LogicalNode.Filter(node, new IsNull(column, true));
    }

    private @Nullable Choice extreme(AggregateCall call, LogicalNode input) {
        boolean max = call.function().definition().name().equals("max");
        if (call.filter() != null
                || call.arguments().size() != 1
                || !(max || call.function().definition().name().equals("min"))) {
            return null;
        }
        TypedExpression argument = call.arguments().getFirst();
        // NULLs are the first in falling order.
        LogicalNode rows = max ? notNull(input, argument) : input;
        Choice first = plan(rows, List.of(new SortKey(argument, max, max)), 1);
        return first == null
                ? null
                : new Choice(
                        new PhysicalNode.Limit(first.node(), ONE, null, List.of()), first.read());
    }
}
