package org.cladedb.plan.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cladedb.plan.ir.LogicalNode.Aggregate;
import org.cladedb.plan.ir.LogicalNode.CommonTable;
import org.cladedb.plan.ir.LogicalNode.CommonTableScan;
import org.cladedb.plan.ir.LogicalNode.Delete;
import org.cladedb.plan.ir.LogicalNode.Distinct;
import org.cladedb.plan.ir.LogicalNode.Filter;
import org.cladedb.plan.ir.LogicalNode.FunctionScan;
import org.cladedb.plan.ir.LogicalNode.Insert;
import org.cladedb.plan.ir.LogicalNode.Join;
import org.cladedb.plan.ir.LogicalNode.Limit;
import org.cladedb.plan.ir.LogicalNode.Project;
import org.cladedb.plan.ir.LogicalNode.ProjectSet;
import org.cladedb.plan.ir.LogicalNode.SetOperation;
import org.cladedb.plan.ir.LogicalNode.SingleRow;
import org.cladedb.plan.ir.LogicalNode.Sort;
import org.cladedb.plan.ir.LogicalNode.SystemScan;
import org.cladedb.plan.ir.LogicalNode.TableScan;
import org.cladedb.plan.ir.LogicalNode.Update;
import org.cladedb.plan.ir.LogicalNode.Values;
import org.cladedb.plan.ir.LogicalNode.Window;
import org.cladedb.plan.ir.LogicalNode.With;
import org.jspecify.annotations.Nullable;

/// Walks and rewrites logical plans.
@SuppressWarnings("ReferenceEquality") // by instance: equals would walk whole trees
public final class LogicalNodes {
    private LogicalNodes() {}

    /// Rewrites the direct inputs of `node`.
    public static LogicalNode mapChildren(LogicalNode node, UnaryOperator<LogicalNode> inputs) {
        return map(node, inputs, UnaryOperator.identity());
    }

    /// Rewrites the direct expressions of `node`, not those of its inputs.
    public static LogicalNode mapExpressions(
            LogicalNode node, UnaryOperator<TypedExpression> expressions) {
        return map(node, UnaryOperator.identity(), expressions);
    }

    /// Rewrites every expression of the whole tree (each once; `expressions` descends by itself).
    public static LogicalNode mapExpressionsDeep(
            LogicalNode node, UnaryOperator<TypedExpression> expressions) {
        return map(node, input -> mapExpressionsDeep(input, expressions), expressions);
    }

    /// Calls `visitor` for every expression in the tree and everything inside it.
    public static void forEachExpression(LogicalNode node, Consumer<TypedExpression> visitor) {
        mapExpressionsDeep(
                node,
                expression -> {
                    Expressions.forEach(expression, visitor);
                    return expression;
                });
    }

    /// The numbers of all columns mentioned anywhere in the tree.
    public static Set<Integer> references(LogicalNode node) {
        Set<Integer> ids = new HashSet<>();
        mapExpressionsDeep(
                node,
                expression -> {
                    Expressions.collectReferences(expression, ids);
                    return expression;
                });
        return ids;
    }

    /// Whether the tree mentions any column of `columns`.
    public static boolean refersTo(LogicalNode node, List<OutputColumn> columns) {
        Set<Integer> ids = references(node);
        return columns.stream().anyMatch(column -> ids.contains(column.id()));
    }

    /// The numbers of columns that the tree mentions but does not produce: its correlation.
    public static Set<Integer> outerReferences(LogicalNode node) {
        Set<Integer> ids = references(node);
        removeProduced(node, ids);
        return ids;
    }

    private static void removeProduced(LogicalNode node, Set<Integer> ids) {
        node.columns().forEach(column -> ids.remove(column.id()));
        switch (node) {
            case Insert insert -> removeColumns(insert.modification().rowColumns(), ids);
            case Update update -> removeColumns(update.modification().rowColumns(), ids);
            case LogicalNode _ -> {}
        }
        map(
                node,
                input -> {
                    removeProduced(input, ids);
                    return input;
                },
                expression -> {
                    Expressions.forEachPlan(expression, plan -> removeProduced(plan, ids));
                    return expression;
                });
    }

    private static void removeColumns(List<OutputColumn> columns, Set<Integer> ids) {
        columns.forEach(column -> ids.remove(column.id()));
    }

    private static LogicalNode map(
            LogicalNode node,
            UnaryOperator<LogicalNode> inputs,
            UnaryOperator<TypedExpression> expressions) {
        return switch (node) {
            case SingleRow _, TableScan _, SystemScan _, CommonTableScan _ -> node;
            case Values values ->
                    new Values(
                            values.rows().stream()
                                    .map(row -> Expressions.mapList(row, expressions))
                                    .toList(),
                            values.columns());
            case FunctionScan scan -> {
                List<TypedExpression> calls = Expressions.mapList(scan.calls(), expressions);
                yield calls == scan.calls()
                        ? scan
                        : new FunctionScan(calls, scan.ordinality(), scan.columns());
            }
            case Filter filter -> {
                LogicalNode input = inputs.apply(filter.input());
                TypedExpression predicate = expressions.apply(filter.predicate());
                yield input == filter.input() && predicate == filter.predicate()
                        ? filter
                        : new Filter(input, predicate);
            }
            case Project project -> {
                LogicalNode input = inputs.apply(project.input());
                List<Assignment> assignments = mapAssignments(project.assignments(), expressions);
                yield input == project.input() && assignments == project.assignments()
                        ? project
                        : new Project(input, assignments);
            }
            case ProjectSet project ->
                    new ProjectSet(
                            inputs.apply(project.input()),
                            mapAssignments(project.assignments(), expressions));
            case Join join -> {
                LogicalNode left = inputs.apply(join.left());
                LogicalNode right = inputs.apply(join.right());
                TypedExpression condition = mapOptional(join.condition(), expressions);
                yield left == join.left() && right == join.right() && condition == join.condition()
                        ? join
                        : new Join(join.kind(), left, right, condition, join.lateral());
            }
            case Aggregate aggregate ->
                    new Aggregate(
                            inputs.apply(aggregate.input()),
                            mapAssignments(aggregate.groups(), expressions),
                            aggregate.calls().stream()
                                    .map(call -> mapCall(call, expressions))
                                    .toList());
            case Window window ->
                    new Window(
                            inputs.apply(window.input()),
                            window.calls().stream()
                                    .map(call -> mapWindow(call, expressions))
                                    .toList());
            case Sort sort ->
                    new Sort(inputs.apply(sort.input()), mapKeys(sort.keys(), expressions));
            case Limit limit ->
                    new Limit(
                            inputs.apply(limit.input()),
                            mapOptional(limit.count(), expressions),
                            mapOptional(limit.offset(), expressions),
                            limit.withTies());
            case Distinct distinct ->
                    new Distinct(
                            inputs.apply(distinct.input()),
                            Expressions.mapList(distinct.on(), expressions));
            case SetOperation operation ->
                    new SetOperation(
                            operation.kind(),
                            operation.all(),
                            inputs.apply(operation.left()),
                            inputs.apply(operation.right()),
                            operation.columns());
            case With with ->
                    new With(
                            with.tables().stream().map(table -> mapTable(table, inputs)).toList(),
                            inputs.apply(with.body()));
            case Insert insert ->
                    new Insert(
                            inputs.apply(insert.input()),
                            ModificationMapping.map(insert.modification(), expressions));
            case Update update ->
                    new Update(
                            inputs.apply(update.input()),
                            ModificationMapping.map(update.modification(), expressions));
            case Delete delete ->
                    new Delete(
                            inputs.apply(delete.input()),
                            ModificationMapping.map(delete.modification(), expressions));
        };
    }

    private static CommonTable mapTable(CommonTable table, UnaryOperator<LogicalNode> inputs) {
        LogicalNode recursive = table.recursive();
        return new CommonTable(
                table.id(),
                table.name(),
                inputs.apply(table.plan()),
                recursive == null ? null : inputs.apply(recursive),
                table.unionAll(),
                table.materialized());
    }

    static List<Assignment> mapAssignments(
            List<Assignment> assignments, UnaryOperator<TypedExpression> expressions) {
        List<Assignment> mapped = new ArrayList<>(assignments.size());
        boolean changed = false;
        for (Assignment assignment : assignments) {
            TypedExpression expression = expressions.apply(assignment.expression());
            changed |= expression != assignment.expression();
            mapped.add(
                    expression == assignment.expression()
                            ? assignment
                            : new Assignment(assignment.column(), expression));
        }
        return changed ? mapped : assignments;
    }

    /// Rewrites the expressions of sort keys.
    public static List<SortKey> mapKeys(
            List<SortKey> keys, UnaryOperator<TypedExpression> expressions) {
        return keys.stream()
                .map(key ->
                        new SortKey(
                                expressions.apply(key.expression()),
                                key.descending(),
                                key.nullsFirst()))
                .toList();
    }

    /// Rewrites the expressions of an aggregate call.
    public static AggregateCall mapCall(
            AggregateCall call, UnaryOperator<TypedExpression> expressions) {
        return new AggregateCall(
                call.column(),
                call.function(),
                Expressions.mapList(call.arguments(), expressions),
                call.distinct(),
                mapKeys(call.orderBy(), expressions),
                mapOptional(call.filter(), expressions));
    }

    /// Rewrites the expressions of a window call.
    public static WindowCall mapWindow(
            WindowCall window, UnaryOperator<TypedExpression> expressions) {
        WindowCall.Frame frame = window.frame();
        return new WindowCall(
                mapCall(window.call(), expressions),
                Expressions.mapList(window.partitionBy(), expressions),
                mapKeys(window.orderBy(), expressions),
                new WindowCall.Frame(
                        frame.mode(),
                        frame.start(),
                        mapOptional(frame.startOffset(), expressions),
                        frame.end(),
                        mapOptional(frame.endOffset(), expressions)));
    }

    private static @Nullable TypedExpression mapOptional(
            @Nullable TypedExpression expression, UnaryOperator<TypedExpression> expressions) {
        return expression == null ? null : expressions.apply(expression);
    }
}
