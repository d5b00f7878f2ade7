package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Prints logical plans on one line, columns as `name#id`.
final class PlanText {
    private PlanText() {}

    static String of(PlanNode plan) {
        return switch ((LogicalNode) plan) {
            case LogicalNode.SingleRow _ -> "row";
            case LogicalNode.TableScan scan ->
                    "scan " + scan.table().name() + columns(scan.columns());
            case LogicalNode.SystemScan scan ->
                    "scan " + scan.table().name() + columns(scan.columns());
            case LogicalNode.Values values ->
                    "values"
                            + values.rows().stream().map(PlanText::list).toList()
                            + columns(values.columns());
            case LogicalNode.FunctionScan scan ->
                    "functions" + list(scan.calls()) + columns(scan.columns());
            case LogicalNode.Filter filter ->
                    "filter(" + of(filter.input()) + ", " + of(filter.predicate()) + ")";
            case LogicalNode.Project project ->
                    "project(" + of(project.input()) + ", " + assigned(project.assignments()) + ")";
            case LogicalNode.ProjectSet project ->
                    "set(" + of(project.input()) + ", " + assigned(project.assignments()) + ")";
            case LogicalNode.Join join ->
                    join.kind().name().toLowerCase(java.util.Locale.ROOT)
                            + (join.lateral() ? " lateral" : "")
                            + "("
                            + of(join.left())
                            + ", "
                            + of(join.right())
                            + (join.condition() == null ? "" : ", " + of(join.condition()))
                            + ")";
            case LogicalNode.Aggregate aggregate ->
                    "aggregate("
                            + of(aggregate.input())
                            + ", "
                            + assigned(aggregate.groups())
                            + ", "
                            + aggregate.calls().stream().map(PlanText::call).toList()
                            + ")";
            case LogicalNode.Window window ->
                    "window("
                            + of(window.input())
                            + ", "
                            + window.calls().stream()
                                    .map(call ->
                                            call(call.call())
                                                    + " by "
                                                    + list(call.partitionBy())
                                                    + keys(call.orderBy()))
                                    .toList()
                            + ")";
            case LogicalNode.Sort sort ->
                    "sort(" + of(sort.input()) + ", " + keys(sort.keys()) + ")";
            case LogicalNode.Limit limit ->
                    "limit("
                            + of(limit.input())
                            + (limit.count() == null ? "" : ", " + of(limit.count()))
                            + (limit.offset() == null ? "" : " offset " + of(limit.offset()))
                            + (limit.withTies() ? " ties" : "")
                            + ")";
            case LogicalNode.Distinct distinct ->
                    "distinct(" + of(distinct.input()) + ", " + list(distinct.on()) + ")";
            case LogicalNode.SetOperation operation ->
                    operation.kind().name().toLowerCase(java.util.Locale.ROOT)
                            + (operation.all() ? " all(" : "(")
                            + of(operation.left())
                            + ", "
                            + of(operation.right())
                            + ")"
                            + columns(operation.columns());
            case LogicalNode.With with ->
                    "with("
                            + with.tables().stream()
                                    .map(table ->
                                            table.name()
                                                    + " = "
                                                    + of(table.plan())
                                                    + (table.recursive() == null
                                                            ? ""
                                                            : " then " + of(table.recursive())))
                                    .toList()
                            + ", "
                            + of(with.body())
                            + ")";
            case LogicalNode.CommonTableScan scan ->
                    "read " + scan.name() + columns(scan.columns());
            case LogicalNode.Insert insert -> insert(insert);
            case LogicalNode.Update update -> update(of(update.input()), update.modification());
            case LogicalNode.Delete delete ->
                    "delete("
                            + of(delete.input())
                            + ", by "
                            + column(delete.modification().locator())
                            + ")"
                            + assigned(delete.modification().returning());
        };
    }

    private static String insert(LogicalNode.Insert insert) {
        Modification.Insert modification = insert.modification();
        Modification.OnConflict conflict = modification.onConflict();
        return "insert("
                + of(insert.input())
                + ", "
                + list(modification.values())
                + " as "
                + columns(modification.rowColumns())
                + generated(modification.generated())
                + checks(modification.checks())
                + (conflict == null
                        ? ""
                        : " conflict "
                                + conflict.indexOid()
                                + (conflict.update() == null
                                        ? " nothing"
                                        : " " + update("", conflict.update())))
                + ")"
                + assigned(modification.returning());
    }

    private static String update(String input, Modification.Update update) {
        return "update("
                + input
                + ", "
                + update.sets().stream()
                        .map(set -> set.slot() + " = " + of(set.expression()))
                        .toList()
                + (update.condition() == null ? "" : " where " + of(update.condition()))
                + generated(update.generated())
                + checks(update.checks())
                + ")"
                + assigned(update.returning());
    }

    private static String generated(List<Modification.Generated> generated) {
        return generated.isEmpty()
                ? ""
                : " generated "
                        + generated.stream()
                                .map(part -> part.slot() + " = " + of(part.expression()))
                                .toList();
    }

    private static String checks(List<Modification.Check> checks) {
        return checks.isEmpty()
                ? ""
                : " checks "
                        + checks.stream()
                                .map(check -> check.name() + ": " + of(check.expression()))
                                .toList();
    }

    private static String call(AggregateCall call) {
        return call.function().definition().name()
                + (call.distinct() ? " distinct" : "")
                + list(call.arguments())
                + (call.orderBy().isEmpty() ? "" : keys(call.orderBy()))
                + (call.filter() == null ? "" : " filter " + of(call.filter()))
                + " "
                + column(call.column());
    }

    private static String keys(List<SortKey> keys) {
        return keys.stream()
                .map(key ->
                        of(key.expression())
                                + (key.descending() ? " desc" : "")
                                + (key.nullsFirst() ? " nulls first" : ""))
                .toList()
                .toString();
    }

    private static String assigned(List<Assignment> assignments) {
        return assignments.stream()
                .map(each -> column(each.column()) + " = " + of(each.expression()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    static String column(OutputColumn column) {
        return column.name() + "#" + column.id();
    }

    private static String columns(List<OutputColumn> columns) {
        return columns.stream().map(PlanText::column).collect(Collectors.joining(" ", "(", ")"));
    }

    private static String list(List<TypedExpression> expressions) {
        return expressions.stream().map(PlanText::of).collect(Collectors.joining(", ", "(", ")"));
    }

    static String of(TypedExpression expression) {
        return switch (expression) {
            case TypedExpression.Constant constant -> constant(constant.value(), constant.type());
            case TypedExpression.Parameter parameter ->
                    "$" + (parameter.index() + 1) + "::" + TypeText.of(parameter.type());
            case TypedExpression.ColumnReference reference ->
                    reference.name() + "#" + reference.columnId();
            case TypedExpression.FunctionCall call ->
                    call.function().definition().name() + list(call.arguments());
            case TypedExpression.Cast cast -> of(cast.operand()) + "::" + TypeText.of(cast.type());
            default -> {
                List<String> parts = new ArrayList<>();
                Expressions.mapChildren(
                        expression,
                        operand -> {
                            parts.add(of(operand));
                            return operand;
                        },
                        plan -> {
                            parts.add(of(plan));
                            return plan;
                        });
                yield expression.getClass().getSimpleName()
                        + parts.stream().collect(Collectors.joining(", ", "(", ")"));
            }
        };
    }

    private static String constant(Datum value, SqlType type) {
        if (value.isNull()) {
            return "null::" + TypeText.of(type);
        }
        return switch (type.form()) {
            case LONG -> value.longValue() + "::" + TypeText.of(type);
            case DOUBLE -> value.doubleValue() + "::" + TypeText.of(type);
            case BYTES -> "'" + value.text() + "'::" + TypeText.of(type);
            case NUMERIC -> value.numericValue() + "::numeric";
            case INTERVAL, ARRAY, ROW, NONE -> "constant::" + TypeText.of(type);
        };
    }
}
