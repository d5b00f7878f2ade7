package org.cladedb.plan.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNode.CommonTable;
import org.cladedb.plan.ir.LogicalNode.CommonTableScan;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.ModificationMapping;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Leaves out what computes only columns that nobody reads: expressions, aggregates, window
/// functions, columns of scans, and outer joins that find at most one row.
///
/// ```
///   Aggregate count(*)                              Aggregate count(*)
///     Project u.id, n := (SELECT …)          =>       u
///       u
/// ```
///
/// What is volatile stays, as often as it is computed now, but below EXISTS; so do set-returning
/// functions, which make rows. Walks down the tree with the numbers of the columns that are read
/// above; `read` has, for each common table, what has been read of it so far.
final class DropUnusedColumns implements Rule {
    @Override
    public LogicalNode apply(LogicalNode plan) {
        return new Walk().drop(plan, ids(plan.columns()));
    }

    private static Set<Integer> ids(List<OutputColumn> columns) {
        Set<Integer> ids = new HashSet<>();
        columns.forEach(column -> ids.add(column.id()));
        return ids;
    }

    /// One application of the rule.
    private static final class Walk {
        private final Map<Integer, Set<Integer>> read = new HashMap<>();

        /// @param needed the columns that are read; may have others than the node's
        LogicalNode drop(LogicalNode node, Set<Integer> needed) {
            return switch (node) {
                case LogicalNode.SingleRow _ -> node;
                case LogicalNode.TableScan scan -> scan(scan, needed);
                case LogicalNode.SystemScan scan -> scan(scan, needed);
                case LogicalNode.Values _, LogicalNode.FunctionScan _ ->
                        LogicalNodes.mapExpressions(node, this::expression);
                case LogicalNode.Filter filter -> {
                    TypedExpression predicate = expression(filter.predicate());
                    Set<Integer> below = with(needed, List.of(predicate));
                    yield new LogicalNode.Filter(drop(filter.input(), below), predicate);
                }
                case LogicalNode.Project project -> project(project, needed);
                case LogicalNode.ProjectSet project -> projectSet(project, needed);
                case LogicalNode.Join join -> join(join, needed);
                case LogicalNode.Aggregate aggregate -> aggregate(aggregate, needed);
                case LogicalNode.Window window -> window(window, needed);
                case LogicalNode.Sort _ -> passing(node, needed);
                case LogicalNode.Limit limit ->
                        passing(limit, limit.withTies() ? with(needed, ties(limit)) : needed);
                case LogicalNode.Distinct distinct ->
                        distinct.on().isEmpty()
                                ? passing(node, ids(distinct.columns()))
                                : passing(node, needed);
                case LogicalNode.SetOperation operation -> setOperation(operation, needed);
                case LogicalNode.With with -> with(with, needed);
                case CommonTableScan scan -> {
                    noteRead(scan, needed);
                    yield scan;
                }
                case LogicalNode.Insert insert -> {
                    LogicalNode.Insert mapped =
                            new LogicalNode.Insert(
                                    insert.input(),
                                    ModificationMapping.map(
                                            insert.modification(), this::expression));
                    yield new LogicalNode.Insert(
                            drop(insert.input(), direct(mapped)), mapped.modification());
                }
                case LogicalNode.Update update -> {
                    LogicalNode.Update mapped =
                            new LogicalNode.Update(
                                    update.input(),
                                    ModificationMapping.map(
                                            update.modification(), this::expression));
                    Set<Integer> below = direct(mapped);
                    below.add(mapped.modification().locator().id());
                    below.addAll(ids(mapped.modification().oldColumns()));
                    yield new LogicalNode.Update(
                            drop(update.input(), below), mapped.modification());
                }
                case LogicalNode.Delete delete -> {
                    LogicalNode.Delete mapped =
                            new LogicalNode.Delete(
                                    delete.input(),
                                    ModificationMapping.map(
                                            delete.modification(), this::expression));
                    Set<Integer> below = direct(mapped);
                    below.add(mapped.modification().locator().id());
                    below.addAll(ids(mapped.modification().rowColumns()));
                    yield new LogicalNode.Delete(
                            drop(delete.input(), below), mapped.modification());
                }
            };
        }

        /// The expression with the subqueries in it made smaller.
        private TypedExpression expression(TypedExpression expression) {
            return switch (expression) {
                case TypedExpression.Exists exists ->
                        new TypedExpression.Exists(plan(exists.plan(), true, List.of()));
                case TypedExpression.ScalarSubquery scalar ->
                        new TypedExpression.ScalarSubquery(
                                plan(scalar.plan(), false, first(scalar.plan())), scalar.type());
                case TypedExpression.ArraySubquery array ->
                        new TypedExpression.ArraySubquery(
                                plan(array.plan(), false, first(array.plan())), array.type());
                case TypedExpression other ->
                        Expressions.mapChildren(
                                other, this::expression, plan -> plan(plan, false, plan.columns()));
            };
        }

        private static List<OutputColumn> first(PlanNode plan) {
            return plan.columns().subList(0, 1);
        }

        private PlanNode plan(PlanNode plan, boolean rowsOnly, List<OutputColumn> columns) {
            if (!(plan instanceof LogicalNode node)) {
                return plan;
            }
            return drop(rowsOnly ? withoutList(node) : node, ids(columns));
        }

        /// A node with rows where `node` has some: what is in the list does not matter to EXISTS.
        private static LogicalNode withoutList(LogicalNode node) {
            return switch (node) {
                case LogicalNode.Project project -> withoutList(project.input());
                case LogicalNode.Sort sort -> withoutList(sort.input());
                case LogicalNode.Distinct distinct -> withoutList(distinct.input());
                case LogicalNode other -> other;
            };
        }

        private static Set<Integer> with(
                Set<Integer> needed, List<? extends TypedExpression> expressions) {
            Set<Integer> all = new HashSet<>(needed);
            expressions.forEach(expression -> all.addAll(Expressions.references(expression)));
            return all;
        }

        /// The columns that the expressions of the node itself mention.
        private static Set<Integer> direct(LogicalNode node) {
            Set<Integer> ids = new HashSet<>();
            LogicalNodes.mapExpressions(
                    node,
                    expression -> {
                        ids.addAll(Expressions.references(expression));
                        return expression;
                    });
            return ids;
        }

        /// What WITH TIES compares.
        private static List<TypedExpression> ties(LogicalNode.Limit limit) {
            LogicalNode node = limit.input();
            while (node instanceof LogicalNode.Project project) {
                node = project.input();
            }
            return node instanceof LogicalNode.Sort sort
                    ? sort.keys().stream().map(SortKey::expression).toList()
                    : List.of();
        }

        /// For nodes with one input whose columns they hand on.
        private LogicalNode passing(LogicalNode node, Set<Integer> needed) {
            LogicalNode mapped = LogicalNodes.mapExpressions(node, this::expression);
            Set<Integer> below = direct(mapped);
            below.addAll(needed);
            return LogicalNodes.mapChildren(mapped, input -> drop(input, below));
        }

        private static LogicalNode scan(LogicalNode.TableScan scan, Set<Integer> needed) {
            List<Integer> slots = new ArrayList<>();
            List<OutputColumn> columns = new ArrayList<>();
            for (int i = 0; i < scan.slots().size(); i++) {
                if (needed.contains(scan.slotColumns().get(i).id())) {
                    slots.add(scan.slots().get(i));
                    columns.add(scan.slotColumns().get(i));
                }
            }
            return slots.size() == scan.slots().size()
                    ? scan
                    : new LogicalNode.TableScan(scan.table(), slots, columns, scan.locator());
        }

        private static LogicalNode scan(LogicalNode.SystemScan scan, Set<Integer> needed) {
            List<Integer> slots = new ArrayList<>();
            List<OutputColumn> columns = new ArrayList<>();
            for (int i = 0; i < scan.slots().size(); i++) {
                if (needed.contains(scan.columns().get(i).id())) {
                    slots.add(scan.slots().get(i));
                    columns.add(scan.columns().get(i));
                }
            }
            return slots.size() == scan.slots().size()
                    ? scan
                    : new LogicalNode.SystemScan(scan.table(), slots, columns);
        }

        private LogicalNode project(LogicalNode.Project project, Set<Integer> needed) {
            List<Assignment> kept = new ArrayList<>();
            for (Assignment assignment : project.assignments()) {
                if (needed.contains(assignment.column().id())
                        || Expressions.isVolatile(assignment.expression())) {
                    kept.add(mapped(assignment));
                }
            }
            LogicalNode input = drop(project.input(), with(Set.of(), expressions(kept)));
            return kept.isEmpty() ? input : new LogicalNode.Project(input, kept);
        }

        private Assignment mapped(Assignment assignment) {
            return new Assignment(assignment.column(), expression(assignment.expression()));
        }

        private static List<TypedExpression> expressions(List<Assignment> assignments) {
            return assignments.stream().map(Assignment::expression).toList();
        }

        private LogicalNode projectSet(LogicalNode.ProjectSet project, Set<Integer> needed) {
            List<Assignment> kept = new ArrayList<>();
            for (Assignment assignment : project.assignments()) {
                if (needed.contains(assignment.column().id())
                        || isSet(assignment.expression())
                        || Expressions.isVolatile(assignment.expression())) {
                    kept.add(mapped(assignment));
                }
            }
            return new LogicalNode.ProjectSet(
                    drop(project.input(), with(Set.of(), expressions(kept))), kept);
        }

        private static boolean isSet(TypedExpression expression) {
            return expression instanceof TypedExpression.FunctionCall call
                    && call.function().definition().implementation()
                            instanceof FunctionDefinition.SetReturning;
        }

        private LogicalNode join(LogicalNode.Join join, Set<Integer> needed) {
            if (join.kind() == JoinKind.LEFT
                    && join.right().columns().stream()
                            .noneMatch(column -> needed.contains(column.id()))
                    && UniqueRows.matchAtMostOne(join)) {
                return drop(join.left(), needed);
            }
            TypedExpression condition =
                    join.condition() == null ? null : expression(join.condition());
            Set<Integer> below = condition == null ? needed : with(needed, List.of(condition));
            LogicalNode right = drop(join.right(), below);
            Set<Integer> left = below;
            if (join.lateral()) {
                left = new HashSet<>(below);
                left.addAll(LogicalNodes.references(right));
            }
            return new LogicalNode.Join(
                    join.kind(), drop(join.left(), left), right, condition, join.lateral());
        }

        private LogicalNode aggregate(LogicalNode.Aggregate aggregate, Set<Integer> needed) {
            List<AggregateCall> kept = new ArrayList<>();
            for (AggregateCall call : aggregate.calls()) {
                if (needed.contains(call.column().id()) || isVolatile(call)) {
                    kept.add(call);
                }
            }
            LogicalNode mapped =
                    LogicalNodes.mapExpressions(
                            new LogicalNode.Aggregate(aggregate.input(), aggregate.groups(), kept),
                            this::expression);
            Set<Integer> below = direct(mapped);
            return LogicalNodes.mapChildren(mapped, input -> drop(input, below));
        }

        private static boolean isVolatile(AggregateCall call) {
            TypedExpression filter = call.filter();
            return call.arguments().stream().anyMatch(Expressions::isVolatile)
                    || (filter != null && Expressions.isVolatile(filter));
        }

        private LogicalNode window(LogicalNode.Window window, Set<Integer> needed) {
            List<WindowCall> kept =
                    window.calls().stream()
                            .filter(call -> needed.contains(call.call().column().id()))
                            .toList();
            return kept.isEmpty()
                    ? drop(window.input(), needed)
                    : passing(new LogicalNode.Window(window.input(), kept), needed);
        }

        private LogicalNode setOperation(LogicalNode.SetOperation operation, Set<Integer> needed) {
            boolean appends =
                    operation.all() && operation.kind() == LogicalNode.SetOperation.Kind.UNION;
            List<Integer> positions = new ArrayList<>();
            for (int i = 0; i < operation.columns().size(); i++) {
                if (!appends || needed.contains(operation.columns().get(i).id())) {
                    positions.add(i);
                }
            }
            if (positions.isEmpty() && !operation.columns().isEmpty()) {
                positions.add(0);
            }
            return new LogicalNode.SetOperation(
                    operation.kind(),
                    operation.all(),
                    exactly(operation.left(), positions),
                    exactly(operation.right(), positions),
                    positions.stream().map(operation.columns()::get).toList());
        }

        /// The node with the columns at `positions` and no others.
        private LogicalNode exactly(LogicalNode node, List<Integer> positions) {
            List<OutputColumn> columns = positions.stream().map(node.columns()::get).toList();
            LogicalNode dropped = drop(node, ids(columns));
            return dropped.columns().equals(columns)
                    ? dropped
                    : new LogicalNode.Project(
                            dropped,
                            columns.stream()
                                    .map(column -> new Assignment(column, column.reference()))
                                    .toList());
        }

        private void noteRead(CommonTableScan scan, Set<Integer> needed) {
            Set<Integer> positions = read.computeIfAbsent(scan.id(), _ -> new HashSet<>());
            for (int i = 0; i < scan.columns().size(); i++) {
                if (needed.contains(scan.columns().get(i).id())) {
                    positions.add(i);
                }
            }
        }

        /// Readers come before what they read: the body first, then the tables from the last on.
        private LogicalNode with(LogicalNode.With with, Set<Integer> needed) {
            boolean recursive = with.tables().stream().anyMatch(table -> table.recursive() != null);
            LogicalNode body = drop(with.body(), needed);
            List<CommonTable> tables = new ArrayList<>();
            for (CommonTable table : with.tables().reversed()) {
                tables.addFirst(recursive ? whole(table) : asRead(table));
            }
            return new LogicalNode.With(tables, body);
        }

        private CommonTable whole(CommonTable table) {
            LogicalNode recursive = table.recursive();
            return replaced(
                    table,
                    drop(table.plan(), ids(table.plan().columns())),
                    recursive == null ? null : drop(recursive, ids(recursive.columns())));
        }

        /// The table with NULL for columns that nobody reads.
        private CommonTable asRead(CommonTable table) {
            Set<Integer> positions = read.getOrDefault(table.id(), Set.of());
            List<OutputColumn> columns = table.plan().columns();
            Set<Integer> needed = new HashSet<>();
            positions.forEach(position -> needed.add(columns.get(position).id()));
            LogicalNode dropped = drop(table.plan(), needed);
            if (dropped.columns().equals(columns)) {
                return replaced(table, dropped, null);
            }
            Set<Integer> there = ids(dropped.columns());
            List<Assignment> assignments = new ArrayList<>();
            for (OutputColumn column : columns) {
                TypedExpression value =
                        there.contains(column.id())
                                ? column.reference()
                                : new TypedExpression.Constant(new Datum(), column.type());
                assignments.add(new Assignment(column, value));
            }
            return replaced(table, new LogicalNode.Project(dropped, assignments), null);
        }

        private static CommonTable replaced(
                CommonTable table, LogicalNode plan, @Nullable LogicalNode recursive) {
            return new CommonTable(
                    table.id(),
                    table.name(),
                    plan,
                    recursive,
                    table.unionAll(),
                    table.materialized());
        }
    }
}
