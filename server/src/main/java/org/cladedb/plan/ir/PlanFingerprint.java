package org.cladedb.plan.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The part of a [Fingerprint] that describes subqueries. Columns that a subquery produces, and its
/// common tables, are numbered anew in the order in which they are met, so that two analyses of one
/// text come out alike; columns from outside keep their numbers.
final class PlanFingerprint {
    private final StringBuilder text;
    private final Consumer<TypedExpression> expressions;
    private final Map<Integer, String> columns = new HashMap<>();
    private final Map<Integer, Integer> tables = new HashMap<>();

    /// @param expressions appends an expression to `text`
    PlanFingerprint(StringBuilder text, Consumer<TypedExpression> expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    /// What stands for a column.
    String number(int columnId) {
        return columns.getOrDefault(columnId, Integer.toString(columnId));
    }

    void add(PlanNode plan) {
        if (plan instanceof LogicalNode node) {
            add(node);
        } else {
            text.append("plan ").append(System.identityHashCode(plan));
        }
    }

    private void add(LogicalNode node) {
        text.append(node.getClass().getSimpleName()).append('[');
        if (node instanceof LogicalNode.With with) {
            with.tables().forEach(table -> tables.put(table.id(), tables.size()));
        }
        LogicalNodes.mapChildren(
                node,
                input -> {
                    add(input);
                    return input;
                });
        produce(node.columns());
        text.append(label(node));
        LogicalNodes.mapExpressions(
                node,
                expression -> {
                    expressions.accept(expression);
                    text.append(',');
                    return expression;
                });
        text.append(']');
    }

    private void produce(List<OutputColumn> produced) {
        for (OutputColumn column : produced) {
            text.append(columns.computeIfAbsent(column.id(), _ -> "own" + columns.size()))
                    .append(column.type())
                    .append(' ');
        }
    }

    /// What a node is, but for its inputs, columns and expressions.
    private String label(LogicalNode node) {
        return switch (node) {
            case LogicalNode.SingleRow _,
                    LogicalNode.Filter _,
                    LogicalNode.Project _,
                    LogicalNode.ProjectSet _ ->
                    "";
            case LogicalNode.TableScan scan -> scan.table().oid() + " " + scan.slots();
            case LogicalNode.SystemScan scan ->
                    scan.table().schema() + "." + scan.table().name() + " " + scan.slots();
            case LogicalNode.Values values -> Integer.toString(values.rows().size());
            case LogicalNode.FunctionScan scan -> scan.calls().size() + " " + scan.ordinality();
            case LogicalNode.Join join ->
                    join.kind() + " " + join.lateral() + " " + (join.condition() != null);
            case LogicalNode.Aggregate aggregate -> aggregate(aggregate);
            case LogicalNode.Window window -> window(window);
            case LogicalNode.Sort sort -> keys(sort.keys());
            case LogicalNode.Limit limit ->
                    (limit.count() != null) + " " + (limit.offset() != null) + limit.withTies();
            case LogicalNode.Distinct distinct -> Integer.toString(distinct.on().size());
            case LogicalNode.SetOperation operation -> operation.kind() + " " + operation.all();
            case LogicalNode.With with ->
                    with.tables().stream()
                            .map(table -> table.recursive() != null ? "r" : "")
                            .toList()
                            .toString();
            case LogicalNode.CommonTableScan scan ->
                    "common " + tables.getOrDefault(scan.id(), -scan.id());
            case LogicalNode.Insert _, LogicalNode.Update _, LogicalNode.Delete _ ->
                    "modification " + System.identityHashCode(node);
        };
    }

    private static String aggregate(LogicalNode.Aggregate aggregate) {
        StringBuilder label = new StringBuilder().append(aggregate.groups().size());
        aggregate.calls().forEach(call -> append(label, call));
        return label.toString();
    }

    private static String window(LogicalNode.Window window) {
        StringBuilder label = new StringBuilder();
        for (WindowCall call : window.calls()) {
            append(label, call.call());
            WindowCall.Frame frame = call.frame();
            label.append(call.partitionBy().size()).append(keys(call.orderBy()));
            label.append(frame.mode()).append(frame.start()).append(frame.end());
        }
        return label.toString();
    }

    private static void append(StringBuilder label, AggregateCall call) {
        label.append(' ')
                .append(call.function().definition().name())
                .append(call.function().definition().variadic())
                .append(call.arguments().size())
                .append(call.distinct())
                .append(keys(call.orderBy()))
                .append(call.filter() != null);
    }

    private static String keys(List<SortKey> keys) {
        StringBuilder label = new StringBuilder();
        keys.forEach(key -> label.append(key.descending()).append(key.nullsFirst()).append(' '));
        return label.toString();
    }
}
