package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.plan.physical.NestedLevel;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

/// Walks physical plans.
final class PhysicalNodes {
    private PhysicalNodes() {}

    /// The inputs of a node, common tables before the body.
    static List<PhysicalNode> inputs(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.SingleRow _,
                    PhysicalNode.Scan _,
                    PhysicalNode.SystemScan _,
                    PhysicalNode.Values _,
                    PhysicalNode.FunctionScan _,
                    PhysicalNode.GroupJoin _,
                    PhysicalNode.NestedGroupScan _,
                    PhysicalNode.CommonTableScan _ ->
                    List.of();
            case PhysicalNode.Filter filter -> List.of(filter.input());
            case PhysicalNode.Project project -> List.of(project.input());
            case PhysicalNode.ProjectSet project -> List.of(project.input());
            case PhysicalNode.HashJoin join -> List.of(join.left(), join.right());
            case PhysicalNode.NestedLoop join -> List.of(join.left(), join.right());
            case PhysicalNode.HashLookup lookup -> List.of(lookup.input());
            case PhysicalNode.Aggregate aggregate -> List.of(aggregate.input());
            case PhysicalNode.Window window -> List.of(window.input());
            case PhysicalNode.Sort sort -> List.of(sort.input());
            case PhysicalNode.Limit limit -> List.of(limit.input());
            case PhysicalNode.Distinct distinct -> List.of(distinct.input());
            case PhysicalNode.Append append -> append.inputs();
            case PhysicalNode.SetDifference operation ->
                    List.of(operation.left(), operation.right());
            case PhysicalNode.With with -> {
                List<PhysicalNode> all = new ArrayList<>();
                for (PhysicalNode.CommonTable table : with.tables()) {
                    all.add(table.plan());
                    if (table.recursive() != null) {
                        all.add(table.recursive());
                    }
                }
                all.add(with.body());
                yield all;
            }
            case PhysicalNode.Insert insert -> List.of(insert.input());
            case PhysicalNode.Update update -> List.of(update.input());
            case PhysicalNode.Delete delete -> List.of(delete.input());
        };
    }

    /// The expressions of a node itself, except those of access paths, which hold no subqueries.
    static List<TypedExpression> expressions(PhysicalNode node) {
        List<TypedExpression> all = new ArrayList<>();
        switch (node) {
            case PhysicalNode.SingleRow _,
                    PhysicalNode.Scan _,
                    PhysicalNode.SystemScan _,
                    PhysicalNode.CommonTableScan _,
                    PhysicalNode.Append _,
                    PhysicalNode.SetDifference _,
                    PhysicalNode.With _ -> {}
            case PhysicalNode.Values values -> values.rows().forEach(all::addAll);
            case PhysicalNode.FunctionScan scan -> all.addAll(scan.calls());
            case PhysicalNode.GroupJoin join ->
                    join.members().forEach(member -> addOptional(member.filter(), all));
            case PhysicalNode.NestedGroupScan scan -> {
                addOptional(scan.filter(), all);
                scan.nested().forEach(nested -> addLevel(nested.level(), all));
            }
            case PhysicalNode.Filter filter -> all.add(filter.predicate());
            case PhysicalNode.Project project -> addAssignments(project.assignments(), all);
            case PhysicalNode.ProjectSet project -> addAssignments(project.assignments(), all);
            case PhysicalNode.HashJoin join -> {
                all.addAll(join.leftKeys());
                all.addAll(join.rightKeys());
                addOptional(join.residual(), all);
            }
            case PhysicalNode.NestedLoop join -> addOptional(join.condition(), all);
            case PhysicalNode.HashLookup lookup -> {
                all.addAll(lookup.keys());
                all.addAll(lookup.probes());
                addOptional(lookup.residual(), all);
            }
            case PhysicalNode.Aggregate aggregate -> {
                addAssignments(aggregate.groups(), all);
                aggregate.calls().forEach(call -> addCall(call, all));
            }
            case PhysicalNode.Window window -> {
                window.calls().forEach(call -> addWindowCall(call, all));
                addOptional(window.wanted().first(), all);
                addOptional(window.wanted().run(), all);
            }
            case PhysicalNode.Sort sort -> {
                addKeys(sort.keys(), all);
                addOptional(sort.limit(), all);
            }
            case PhysicalNode.Limit limit -> {
                addOptional(limit.count(), all);
                addOptional(limit.offset(), all);
                addKeys(limit.tieKeys(), all);
            }
            case PhysicalNode.Distinct distinct -> all.addAll(distinct.on());
            case PhysicalNode.Insert insert -> addInsert(insert.modification(), all);
            case PhysicalNode.Update update -> addUpdate(update.modification(), all);
            case PhysicalNode.Delete delete ->
                    addAssignments(delete.modification().returning(), all);
        }
        return all;
    }

    private static void addOptional(
            @Nullable TypedExpression expression, List<TypedExpression> all) {
        if (expression != null) {
            all.add(expression);
        }
    }

    private static void addAssignments(List<Assignment> assignments, List<TypedExpression> all) {
        assignments.forEach(assignment -> all.add(assignment.expression()));
    }

    private static void addKeys(List<SortKey> keys, List<TypedExpression> all) {
        keys.forEach(key -> all.add(key.expression()));
    }

    private static void addCall(AggregateCall call, List<TypedExpression> all) {
        all.addAll(call.arguments());
        addKeys(call.orderBy(), all);
        addOptional(call.filter(), all);
    }

    private static void addWindowCall(WindowCall call, List<TypedExpression> all) {
        addCall(call.call(), all);
        all.addAll(call.partitionBy());
        addKeys(call.orderBy(), all);
        addOptional(call.frame().startOffset(), all);
        addOptional(call.frame().endOffset(), all);
    }

    private static void addLevel(NestedLevel level, List<TypedExpression> all) {
        addOptional(level.filter(), all);
        for (NestedLevel.Item item : level.items()) {
            switch (item) {
                case NestedLevel.Value value -> all.add(value.expression());
                case NestedLevel.Nested nested -> addLevel(nested.level(), all);
            }
        }
    }

    private static void addInsert(Modification.Insert insert, List<TypedExpression> all) {
        all.addAll(insert.values());
        insert.generated().forEach(generated -> all.add(generated.expression()));
        insert.checks().forEach(check -> all.add(check.expression()));
        addAssignments(insert.returning(), all);
        if (insert.onConflict() != null && insert.onConflict().update() != null) {
            addUpdate(insert.onConflict().update(), all);
        }
    }

    private static void addUpdate(Modification.Update update, List<TypedExpression> all) {
        update.sets().forEach(set -> all.add(set.expression()));
        addOptional(update.condition(), all);
        update.generated().forEach(generated -> all.add(generated.expression()));
        update.checks().forEach(check -> all.add(check.expression()));
        addAssignments(update.returning(), all);
    }

    /// The plans of the subqueries in an expression, not those inside of these plans.
    static List<PhysicalNode> subplans(TypedExpression expression) {
        List<PhysicalNode> found = new ArrayList<>();
        collectSubplans(expression, found::add);
        return found;
    }

    private static void collectSubplans(TypedExpression expression, Consumer<PhysicalNode> found) {
        UnaryOperator<PlanNode> take =
                plan -> {
                    if (plan instanceof PhysicalNode physical) {
                        found.accept(physical);
                    }
                    return plan;
                };
        Expressions.mapChildren(
                expression,
                operand -> {
                    collectSubplans(operand, found);
                    return operand;
                },
                take);
    }

    /// Calls `visitor` for the node and all below it, subqueries included.
    static void forEach(PhysicalNode node, Consumer<PhysicalNode> visitor) {
        visitor.accept(node);
        inputs(node).forEach(input -> forEach(input, visitor));
        for (TypedExpression expression : expressions(node)) {
            subplans(expression).forEach(subplan -> forEach(subplan, visitor));
        }
    }

    /// Whether anything in the tree may read rows of the table: of a common table it is not known.
    static boolean mayRead(PhysicalNode node, int tableOid) {
        boolean[] found = {false};
        forEach(
                node,
                part ->
                        found[0] |=
                                part instanceof PhysicalNode.CommonTableScan
                                        || readsItself(part, tableOid));
        return found[0];
    }

    private static boolean readsItself(PhysicalNode node, int tableOid) {
        return switch (node) {
            case PhysicalNode.Scan scan -> scan.table().oid() == tableOid;
            case PhysicalNode.GroupJoin join -> join.group().members().contains(tableOid);
            case PhysicalNode.NestedGroupScan scan -> scan.group().members().contains(tableOid);
            default -> false;
        };
    }

    /// Whether the plan may give a row of the table it scans more than once.
    static boolean mayRepeatRows(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.Scan _ -> false;
            case PhysicalNode.Filter filter -> mayRepeatRows(filter.input());
            case PhysicalNode.Project project -> mayRepeatRows(project.input());
            case PhysicalNode.Sort sort -> mayRepeatRows(sort.input());
            case PhysicalNode.Limit limit -> mayRepeatRows(limit.input());
            default -> true;
        };
    }
}
