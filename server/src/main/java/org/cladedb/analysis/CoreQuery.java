package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.sql.ast.QueryBody.DistinctKind;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// One analysed SELECT. Its plan is, from the bottom, with what is absent left out:
///
/// ```
///   FROM ─ Filter (WHERE) ─ Aggregate ─ Filter (HAVING) ─ Window ─ Project or ProjectSet
///        ─ Distinct ─ Sort ─ Distinct (ON) ─ Project or ProjectSet (of what LateTargets chooses)
///        ─ Limit ─ Project (drops hidden columns)
/// ```
final class CoreQuery implements PendingQuery {
    private final StatementState state;
    private final QueryScope scope;
    private final @Nullable FromSource source;
    private final @Nullable TypedExpression where;
    private final Grouping grouping;
    private final Targets targets;
    private final Distinctness distinct;
    private final List<Sorting> order;
    private final Limits limits;

    /// @param explicit whether GROUP BY or HAVING was written
    record Grouping(
            boolean explicit, List<TypedExpression> groups, @Nullable TypedExpression having) {}

    /// @param on the items of DISTINCT ON
    record Distinctness(DistinctKind kind, List<Integer> on) {}

    /// Sorts by the item `index`.
    record Sorting(int index, boolean descending, boolean nullsFirst) {}

    record Limits(
            @Nullable TypedExpression count, @Nullable TypedExpression offset, boolean withTies) {}

    CoreQuery(
            ExpressionAnalyzer expressions,
            @Nullable FromSource source,
            @Nullable TypedExpression where,
            Grouping grouping,
            Targets targets,
            Distinctness distinct,
            List<Sorting> order,
            Limits limits) {
        this.state = expressions.state;
        this.scope = expressions.scope;
        this.source = source;
        this.where = where;
        this.grouping = grouping;
        this.targets = targets;
        this.distinct = distinct;
        this.order = order;
        this.limits = limits;
    }

    @Override
    public List<TargetItem> items() {
        return targets.visible();
    }

    @Override
    public void resolve(int index, SqlType type) {
        targets.resolve(index, type);
    }

    @Override
    public LogicalNode build() {
        LogicalNode plan = source == null ? new LogicalNode.SingleRow() : source.build();
        if (where != null) {
            plan = new LogicalNode.Filter(plan, where);
        }
        List<TypedExpression> values =
                new ArrayList<>(targets.all().stream().map(TargetItem::expression).toList());
        List<SetCall> setCalls = new ArrayList<>(scope.setCalls());
        if (grouping.explicit() || !scope.aggregateCalls().isEmpty()) {
            plan = group(plan, values, setCalls);
        } else {
            plan = window(plan, scope.windowCalls(), values, setCalls);
        }
        setCalls = SetKeys.used(setCalls, values);
        List<OutputColumn> columns = new ArrayList<>();
        targets.all().forEach(target -> columns.add(target.column(state)));
        Set<Integer> late = late(values, setCalls);
        if (late.isEmpty()) {
            plan = sorted(project(plan, columns, values, setCalls), columns);
        } else {
            plan = sorted(early(plan, columns, values, setCalls, late), columns);
            for (int i = 0; i < columns.size(); i++) {
                if (!late.contains(i)) {
                    values.set(i, columns.get(i).reference());
                }
            }
            plan = project(plan, columns, values, setCalls);
        }
        return limited(plan, columns);
    }

    private Set<Integer> late(List<TypedExpression> values, List<SetCall> setCalls) {
        if (order.isEmpty() || distinct.kind() == DistinctKind.ROWS) {
            return Set.of();
        }
        Set<Integer> keys = new HashSet<>(distinct.on());
        order.forEach(sorting -> keys.add(sorting.index()));
        return LateTargets.of(values, keys, setCalls, limits.count() != null);
    }

    /// What rows are sorted by, with the items that are not late and what the late ones need.
    private static LogicalNode early(
            LogicalNode input,
            List<OutputColumn> columns,
            List<TypedExpression> values,
            List<SetCall> setCalls,
            Set<Integer> late) {
        List<Assignment> assignments = new ArrayList<>();
        Set<Integer> needed = new HashSet<>();
        setCalls.forEach(call -> needed.addAll(Expressions.references(call.call())));
        for (int i = 0; i < columns.size(); i++) {
            if (late.contains(i)) {
                needed.addAll(Expressions.references(values.get(i)));
            } else {
                assignments.add(new Assignment(columns.get(i), values.get(i)));
            }
        }
        for (OutputColumn column : input.columns()) {
            if (needed.contains(column.id())) {
                assignments.add(new Assignment(column, column.reference()));
            }
        }
        return new LogicalNode.Project(input, assignments);
    }

    private LogicalNode group(
            LogicalNode input, List<TypedExpression> values, List<SetCall> setCalls) {
        SetKeys keys = new SetKeys(state, setCalls);
        LogicalNode rows = keys.compute(input, grouping.groups());
        GroupRewriter rewriter =
                new GroupRewriter(scope, grouping.groups().stream().map(keys::rewrite).toList());
        values.replaceAll(value -> rewriter.rewrite(keys.rewrite(value)));
        setCalls.replaceAll(call ->
                new SetCall(
                        call.column(),
                        rewriter.rewrite(call.call()),
                        call.position(),
                        call.depth()));
        TypedExpression having =
                grouping.having() == null ? null : rewriter.rewrite(grouping.having());
        List<WindowCall> windows = new ArrayList<>();
        for (WindowCall call : scope.windowCalls()) {
            windows.add(LogicalNodes.mapWindow(call, part -> rewriter.rewrite(keys.rewrite(part))));
        }
        LogicalNode plan =
                new LogicalNode.Aggregate(rows, rewriter.groups(), scope.aggregateCalls());
        if (having != null) {
            plan = new LogicalNode.Filter(plan, having);
        }
        return window(plan, windows, values, setCalls);
    }

    private LogicalNode window(
            LogicalNode input,
            List<WindowCall> calls,
            List<TypedExpression> values,
            List<SetCall> setCalls) {
        if (calls.isEmpty()) {
            return input;
        }
        List<TypedExpression> parts = new ArrayList<>();
        for (WindowCall call : calls) {
            parts.addAll(call.partitionBy());
            call.orderBy().forEach(key -> parts.add(key.expression()));
        }
        SetKeys sets = new SetKeys(state, setCalls);
        LogicalNode rows = sets.compute(input, parts);
        values.replaceAll(sets::rewrite);
        WindowKeys keys = new WindowKeys(state);
        parts.replaceAll(sets::rewrite);
        rows = keys.compute(rows, parts);
        values.replaceAll(keys::rewrite);
        return new LogicalNode.Window(
                rows,
                calls.stream()
                        .map(call -> LogicalNodes.mapWindow(call, sets::rewrite))
                        .map(keys::rewrite)
                        .toList());
    }

    private LogicalNode project(
            LogicalNode input,
            List<OutputColumn> columns,
            List<TypedExpression> values,
            List<SetCall> setCalls) {
        if (!setCalls.isEmpty()) {
            return new SetProjection(state, setCalls).project(input, columns, values);
        }
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            assignments.add(new Assignment(columns.get(i), values.get(i)));
        }
        return new LogicalNode.Project(input, assignments);
    }

    private LogicalNode sorted(LogicalNode projected, List<OutputColumn> columns) {
        LogicalNode plan = projected;
        if (distinct.kind() == DistinctKind.ROWS) {
            plan = new LogicalNode.Distinct(plan, List.of());
        }
        List<SortKey> keys = sortKeys(columns);
        if (!keys.isEmpty()) {
            plan = new LogicalNode.Sort(plan, keys);
        }
        if (distinct.kind() == DistinctKind.ON) {
            List<TypedExpression> on = new ArrayList<>();
            distinct.on().forEach(index -> on.add(columns.get(index).reference()));
            plan = new LogicalNode.Distinct(plan, on);
        }
        return plan;
    }

    private LogicalNode limited(LogicalNode sorted, List<OutputColumn> columns) {
        LogicalNode plan = sorted;
        if (limits.count() != null || limits.offset() != null) {
            plan = new LogicalNode.Limit(plan, limits.count(), limits.offset(), limits.withTies());
        }
        return targets.hasHidden() ? dropHidden(plan, columns) : plan;
    }

    /// The keys of ORDER BY; DISTINCT ON sorts by its expressions where ORDER BY does not.
    private List<SortKey> sortKeys(List<OutputColumn> columns) {
        List<SortKey> keys = new ArrayList<>();
        for (Sorting sorting : order) {
            keys.add(
                    new SortKey(
                            columns.get(sorting.index()).reference(),
                            sorting.descending(),
                            sorting.nullsFirst()));
        }
        for (int index : distinct.on()) {
            if (order.stream().noneMatch(sorting -> sorting.index() == index)) {
                keys.add(new SortKey(columns.get(index).reference(), false, false));
            }
        }
        return keys;
    }

    private LogicalNode dropHidden(LogicalNode plan, List<OutputColumn> columns) {
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < items().size(); i++) {
            OutputColumn column = columns.get(i);
            assignments.add(
                    new Assignment(
                            state.column(
                                    column.name(),
                                    column.type(),
                                    column.tableOid(),
                                    column.columnNumber()),
                            column.reference()));
        }
        return new LogicalNode.Project(plan, assignments);
    }
}
