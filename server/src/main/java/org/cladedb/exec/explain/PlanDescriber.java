package org.cladedb.exec.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cladedb.exec.NodeProfile;
import org.cladedb.exec.PlanProfile;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.Modification;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.plan.physical.PhysicalNode;
import org.jspecify.annotations.Nullable;

/// Turns a plan into what EXPLAIN shows of it.
final class PlanDescriber {
    private final @Nullable PlanProfile profile;
    private final Set<Integer> recursiveTables = new HashSet<>();
    private int subplans;

    PlanDescriber(@Nullable PlanProfile profile) {
        this.profile = profile;
    }

    PlanDescription describe(PhysicalNode node) {
        PlanDescription description = description(node);
        if (profile != null) {
            description.setProfile(profile.of(node));
        }
        return description;
    }

    private PlanDescription description(PhysicalNode node) {
        return switch (node) {
            case PhysicalNode.SingleRow _ -> new PlanDescription("Result");
            case PhysicalNode.Scan scan -> scan(scan);
            case PhysicalNode.SystemScan scan ->
                    new PlanDescription(
                            (scan.key() == null ? "Seq Scan on " : "Lookup on ")
                                    + scan.table().name());
            case PhysicalNode.Values _ -> new PlanDescription("Values Scan on \"*VALUES*\"");
            case PhysicalNode.FunctionScan scan -> functionScan(scan);
            case PhysicalNode.Filter filter -> filter(filter);
            case PhysicalNode.Project project ->
                    projection(describe(project.input()), project.assignments());
            case PhysicalNode.ProjectSet project ->
                    projection(
                            new PlanDescription("ProjectSet").withInput(describe(project.input())),
                            project.assignments());
            case PhysicalNode.HashJoin join -> hashJoin(join);
            case PhysicalNode.NestedLoop join -> nestedLoop(join);
            case PhysicalNode.HashLookup lookup -> hashLookup(lookup);
            case PhysicalNode.GroupJoin join -> GroupDescriptions.join(join, this);
            case PhysicalNode.NestedGroupScan scan -> GroupDescriptions.nestedScan(scan, this);
            case PhysicalNode.Aggregate aggregate -> aggregate(aggregate);
            case PhysicalNode.Window window -> window(window);
            case PhysicalNode.Sort sort -> sort(sort);
            case PhysicalNode.Limit limit -> limit(limit);
            case PhysicalNode.Distinct distinct -> distinct(distinct);
            case PhysicalNode.Append append -> append(append);
            case PhysicalNode.SetDifference operation -> difference(operation);
            case PhysicalNode.With with -> with(with);
            case PhysicalNode.CommonTableScan scan ->
                    new PlanDescription(
                            (recursiveTables.contains(scan.id())
                                            ? "WorkTable Scan on "
                                            : "CTE Scan on ")
                                    + scan.name());
            case PhysicalNode.Insert insert -> insert(insert);
            case PhysicalNode.Update update ->
                    modification("Update on ", update.modification(), update.input());
            case PhysicalNode.Delete delete ->
                    modification("Delete on ", delete.modification(), delete.input());
        };
    }

    /// Prints expressions whose subqueries belong to the node described.
    ExpressionText textFor(PlanDescription owner) {
        return new ExpressionText(plan -> attach(owner, plan));
    }

    private String attach(PlanDescription owner, PlanNode plan) {
        String title = "SubPlan " + ++subplans;
        if (plan instanceof PhysicalNode physical) {
            owner.attach(new PlanDescription.Attached(title, describe(physical)));
        }
        return title;
    }

    private PlanDescription scan(PhysicalNode.Scan scan) {
        PlanDescription description =
                new PlanDescription(PathText.label(scan.path(), scan.table()));
        PathText.addConditions(scan.path(), scan.table(), description, textFor(description));
        return description;
    }

    private PlanDescription functionScan(PhysicalNode.FunctionScan scan) {
        String name =
                scan.calls().getFirst() instanceof TypedExpression.FunctionCall call
                        ? call.function().definition().name()
                        : "expression";
        PlanDescription description = new PlanDescription("Function Scan on " + name);
        return description.with("Function Call", textFor(description).list(scan.calls()));
    }

    private PlanDescription filter(PhysicalNode.Filter filter) {
        PlanDescription description = describe(filter.input());
        NodeProfile before = description.profile();
        String label = filter.once() ? "One-Time Filter" : "Filter";
        description.with(label, textFor(description).of(filter.predicate()));
        NodeProfile after = profile == null ? null : profile.of(filter);
        if (!filter.once() && before != null && after != null && after.loops() > 0) {
            long removed = Math.round((double) (before.rows() - after.rows()) / after.loops());
            description.with("Rows Removed by Filter", Long.toString(removed));
        }
        return description;
    }

    /// A projection is not shown, but its subqueries are.
    private PlanDescription projection(PlanDescription input, List<Assignment> assignments) {
        ExpressionText text = textFor(input);
        assignments.forEach(assignment -> text.of(assignment.expression()));
        return input;
    }

    private static String joinLabel(String name, String join, JoinKind kind) {
        return name
                + switch (kind) {
                    case INNER -> join;
                    case LEFT -> " Left Join";
                    case RIGHT -> " Right Join";
                    case FULL -> " Full Join";
                    case SEMI -> " Semi Join";
                    case ANTI -> " Anti Join";
                };
    }

    private PlanDescription hashJoin(PhysicalNode.HashJoin join) {
        PlanDescription description = new PlanDescription(joinLabel("Hash", " Join", join.kind()));
        ExpressionText text = textFor(description);
        description.with("Hash Cond", equalities(join.leftKeys(), join.rightKeys(), text));
        if (join.residual() != null) {
            description.with("Join Filter", text.of(join.residual()));
        }
        PlanDescription hash =
                withBatches(join, new PlanDescription("Hash")).withInput(describe(join.right()));
        return description.withInput(describe(join.left())).withInput(hash);
    }

    static String equalities(
            List<TypedExpression> left, List<TypedExpression> right, ExpressionText text) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            parts.add("(" + text.of(left.get(i)) + " = " + text.of(right.get(i)) + ")");
        }
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join(" AND ", parts) + ")";
    }

    private PlanDescription nestedLoop(PhysicalNode.NestedLoop join) {
        PlanDescription description =
                new PlanDescription(joinLabel("Nested Loop", "", join.kind()));
        if (join.condition() != null) {
            description.with("Join Filter", textFor(description).of(join.condition()));
        }
        PlanDescription right = describe(join.right());
        return description
                .withInput(describe(join.left()))
                .withInput(
                        join.rescan()
                                ? right
                                : new PlanDescription("Materialize").withInput(right));
    }

    private PlanDescription hashLookup(PhysicalNode.HashLookup lookup) {
        PlanDescription description = new PlanDescription("Hash Lookup");
        ExpressionText text = textFor(description);
        description.with("Hash Cond", equalities(lookup.keys(), lookup.probes(), text));
        if (lookup.residual() != null) {
            description.with("Filter", text.of(lookup.residual()));
        }
        return description.withInput(describe(lookup.input()));
    }

    private PlanDescription aggregate(PhysicalNode.Aggregate aggregate) {
        String name = aggregate.sorted() ? "GroupAggregate" : "HashAggregate";
        boolean plain = aggregate.groups().isEmpty();
        PlanDescription description = new PlanDescription(plain ? "Aggregate" : name);
        ExpressionText text = textFor(description);
        if (!plain) {
            List<TypedExpression> keys =
                    aggregate.groups().stream().map(Assignment::expression).toList();
            description.with("Group Key", text.list(keys));
        }
        aggregate.calls().forEach(call -> text.list(call.arguments()));
        return withBatches(aggregate, description).withInput(describe(aggregate.input()));
    }

    private PlanDescription window(PhysicalNode.Window window) {
        PlanDescription description = new PlanDescription("WindowAgg");
        ExpressionText text = textFor(description);
        WindowCall first = window.calls().getFirst();
        if (!first.partitionBy().isEmpty()) {
            description.with("Partition Key", text.list(first.partitionBy()));
        }
        if (!first.orderBy().isEmpty()) {
            description.with("Order Key", sortKeys(first.orderBy(), text));
        }
        List<TypedExpression> running = new ArrayList<>();
        running.addAll(Expressions.conjuncts(window.wanted().first()));
        running.addAll(Expressions.conjuncts(window.wanted().run()));
        if (!running.isEmpty()) {
            description.with(
                    "Run Condition",
                    running.stream().map(text::of).collect(Collectors.joining(" AND ")));
        }
        return description.withInput(describe(window.input()));
    }

    private static String sortKeys(List<SortKey> keys, ExpressionText text) {
        return keys.stream().map(key -> sortKey(key, text)).collect(Collectors.joining(", "));
    }

    private static String sortKey(SortKey key, ExpressionText text) {
        String expression = text.of(key.expression()) + (key.descending() ? " DESC" : "");
        if (key.nullsFirst() == key.descending()) {
            return expression;
        }
        return expression + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
    }

    private PlanDescription sort(PhysicalNode.Sort sort) {
        PlanDescription description = new PlanDescription("Sort");
        description.with("Sort Key", sortKeys(sort.keys(), textFor(description)));
        if (diskBytes(sort) > 0) {
            description.with("Sort Method", "external merge  Disk: " + diskKilobytes(sort));
        } else if (sort.limit() != null) {
            description.with("Sort Method", "top-N");
        }
        return description.withInput(describe(sort.input()));
    }

    private long diskBytes(PhysicalNode node) {
        NodeProfile counted = profile == null ? null : profile.of(node);
        return counted == null ? 0 : counted.diskBytes();
    }

    private String diskKilobytes(PhysicalNode node) {
        return (diskBytes(node) + 1023) / 1024 + "kB";
    }

    /// Says into how many parts a hashing node divided its rows, if it did not keep them in memory.
    private PlanDescription withBatches(PhysicalNode node, PlanDescription description) {
        NodeProfile counted = profile == null ? null : profile.of(node);
        if (counted != null && counted.diskBytes() > 0) {
            String disk = "  Disk Usage: " + diskKilobytes(node);
            description.with("Batches", counted.batches() + disk);
        }
        return description;
    }

    private PlanDescription limit(PhysicalNode.Limit limit) {
        return new PlanDescription("Limit").withInput(describe(limit.input()));
    }

    private PlanDescription distinct(PhysicalNode.Distinct distinct) {
        if (!distinct.on().isEmpty()) {
            return new PlanDescription("Unique").withInput(describe(distinct.input()));
        }
        PlanDescription description =
                new PlanDescription("HashAggregate").with("Group Key", names(distinct.columns()));
        return withBatches(distinct, description).withInput(describe(distinct.input()));
    }

    private static String names(List<OutputColumn> columns) {
        return columns.stream().map(OutputColumn::name).collect(Collectors.joining(", "));
    }

    private PlanDescription append(PhysicalNode.Append append) {
        PlanDescription description = new PlanDescription("Append");
        append.inputs().forEach(input -> description.withInput(describe(input)));
        return description;
    }

    private PlanDescription difference(PhysicalNode.SetDifference operation) {
        String kind = operation.intersect() ? "Intersect" : "Except";
        return withBatches(
                        operation,
                        new PlanDescription("HashSetOp " + kind + (operation.all() ? " All" : "")))
                .withInput(describe(operation.left()))
                .withInput(describe(operation.right()));
    }

    private PlanDescription with(PhysicalNode.With with) {
        List<PlanDescription.Attached> tables = new ArrayList<>();
        for (PhysicalNode.CommonTable table : with.tables()) {
            tables.add(new PlanDescription.Attached("CTE " + table.name(), commonTable(table)));
        }
        PlanDescription body = describe(with.body());
        tables.forEach(body::attach);
        return body;
    }

    private PlanDescription commonTable(PhysicalNode.CommonTable table) {
        PhysicalNode recursive = table.recursive();
        if (recursive == null) {
            return describe(table.plan());
        }
        PlanDescription union =
                new PlanDescription("Recursive Union").withInput(describe(table.plan()));
        recursiveTables.add(table.id());
        union.withInput(describe(recursive));
        recursiveTables.remove(table.id());
        return union;
    }

    private PlanDescription insert(PhysicalNode.Insert insert) {
        PlanDescription description =
                modification("Insert on ", insert.modification(), insert.input());
        Modification.OnConflict onConflict = insert.modification().onConflict();
        if (onConflict != null) {
            description.with(
                    "Conflict Resolution", onConflict.update() == null ? "NOTHING" : "UPDATE");
        }
        return description;
    }

    private PlanDescription modification(
            String verb, Modification modification, PhysicalNode input) {
        return new PlanDescription(verb + modification.table().name()).withInput(describe(input));
    }
}
