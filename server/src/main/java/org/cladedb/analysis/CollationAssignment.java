package org.cladedb.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.types.SqlType;

/// Finds the collation of every expression of a statement, from the tables up, and takes the
/// COLLATE clauses out of it. Since all collations compare bytes, what remains of them are the
/// errors: two explicit ones where one is wanted, and calls that have none, which fail when they
/// are made.
///
/// Only statements that mention a collation other than the default come here.
final class CollationAssignment {
    private final StatementState state;
    private final CollationDerivation derivation;
    private final Map<Integer, Collated> columns = new HashMap<>();
    private final Map<Integer, List<Collated>> commonTables = new HashMap<>();

    CollationAssignment(StatementState state) {
        this.state = state;
        derivation = new CollationDerivation(this);
    }

    /// The plan without COLLATE.
    static LogicalNode apply(StatementState state, LogicalNode plan) {
        return state.hasCollations() ? new CollationAssignment(state).assign(plan) : plan;
    }

    /// The collations of the plan's output, after the errors of all of it.
    static List<OutputCollation> outputs(StatementState state, LogicalNode plan) {
        CollationAssignment assignment = new CollationAssignment(state);
        if (state.hasCollations()) {
            assignment.assign(plan);
        }
        return OutputCollation.of(plan.columns(), assignment.of(plan.columns()));
    }

    /// The expression of a stored definition without COLLATE.
    static TypedExpression apply(StatementState state, TypedExpression expression) {
        return state.hasCollations()
                ? new CollationAssignment(state).derivation.derive(expression).expression()
                : expression;
    }

    LogicalNode assign(LogicalNode node) {
        return switch (node) {
            case LogicalNode.With with -> with(with);
            case LogicalNode.CommonTableScan scan -> {
                List<Collated> defined = commonTables.getOrDefault(scan.id(), List.of());
                for (int i = 0; i < defined.size(); i++) {
                    columns.put(scan.columns().get(i).id(), defined.get(i).referenced(-1));
                }
                yield scan;
            }
            case LogicalNode.Values values -> values(values);
            case LogicalNode.FunctionScan scan -> function(scan);
            case LogicalNode.Project project ->
                    new LogicalNode.Project(
                            assign(project.input()), assignments(project.assignments()));
            case LogicalNode.ProjectSet project ->
                    new LogicalNode.ProjectSet(
                            assign(project.input()), assignments(project.assignments()));
            case LogicalNode.Aggregate aggregate -> aggregate(aggregate);
            case LogicalNode.Window window -> {
                LogicalNode input = assign(window.input());
                yield new LogicalNode.Window(
                        input, window.calls().stream().map(this::window).toList());
            }
            case LogicalNode.Sort sort ->
                    new LogicalNode.Sort(assign(sort.input()), keys(sort.keys()));
            case LogicalNode.Distinct distinct -> distinct(distinct);
            case LogicalNode.SetOperation operation -> setOperation(operation);
            case LogicalNode.SingleRow _,
                    LogicalNode.TableScan _,
                    LogicalNode.SystemScan _,
                    LogicalNode.Filter _,
                    LogicalNode.Join _,
                    LogicalNode.Limit _,
                    LogicalNode.Insert _,
                    LogicalNode.Update _,
                    LogicalNode.Delete _ ->
                    LogicalNodes.mapExpressions(
                            LogicalNodes.mapChildren(node, this::assign),
                            expression -> derivation.derive(expression).expression());
        };
    }

    /// What is known of a column; its type's collation where it comes from a table.
    Collated column(int id, SqlType type) {
        Collated known = columns.get(id);
        if (known != null) {
            return known;
        }
        if (!Collations.isCollatable(type)) {
            return Collated.NONE;
        }
        String given = state.collation(id);
        return Collated.implicit(given == null ? Collations.ofType(type) : given, -1);
    }

    /// The collations of a plan's columns.
    List<Collated> of(List<OutputColumn> outputs) {
        return outputs.stream().map(output -> column(output.id(), output.type())).toList();
    }

    StatementState state() {
        return state;
    }

    private List<Assignment> assignments(List<Assignment> assignments) {
        List<Assignment> result = new ArrayList<>(assignments.size());
        Map<Integer, Collated> found = new HashMap<>();
        for (Assignment assignment : assignments) {
            CollationDerivation.Derived derived = derivation.derive(assignment.expression());
            found.put(assignment.column().id(), derived.collated());
            result.add(new Assignment(assignment.column(), derived.expression()));
        }
        columns.putAll(found);
        return result;
    }

    private LogicalNode with(LogicalNode.With with) {
        List<LogicalNode.CommonTable> tables = new ArrayList<>();
        for (LogicalNode.CommonTable table : with.tables()) {
            LogicalNode plan = assign(table.plan());
            List<Collated> first = of(plan.columns());
            commonTables.put(table.id(), first);
            LogicalNode recursive = table.recursive() == null ? null : assign(table.recursive());
            if (recursive != null) {
                RecursiveCollations.check(table, first, of(recursive.columns()));
            }
            tables.add(
                    new LogicalNode.CommonTable(
                            table.id(),
                            table.name(),
                            plan,
                            recursive,
                            table.unionAll(),
                            table.materialized()));
        }
        return new LogicalNode.With(tables, assign(with.body()));
    }

    private LogicalNode values(LogicalNode.Values values) {
        List<List<TypedExpression>> rows = new ArrayList<>();
        List<Collated> merged = new ArrayList<>();
        for (List<TypedExpression> row : values.rows()) {
            List<TypedExpression> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                CollationDerivation.Derived derived = derivation.derive(row.get(i));
                cells.add(derived.expression());
                if (rows.isEmpty()) {
                    merged.add(derived.collated());
                } else {
                    merged.set(i, merged.get(i).with(derived.collated()));
                }
            }
            rows.add(cells);
        }
        for (int i = 0; i < merged.size(); i++) {
            // Of a single row the collation is as strong as in a select list.
            Collated collated = merged.get(i);
            columns.put(
                    values.columns().get(i).id(),
                    rows.size() == 1 ? collated : collated.referenced(collated.position()));
        }
        return new LogicalNode.Values(rows, values.columns());
    }

    private LogicalNode function(LogicalNode.FunctionScan scan) {
        List<TypedExpression> calls = new ArrayList<>();
        int next = 0;
        for (TypedExpression call : scan.calls()) {
            CollationDerivation.Derived derived = derivation.derive(call);
            calls.add(derived.expression());
            if (call.type() instanceof SqlType.Row row) {
                next += row.fields().size();
            } else {
                columns.put(scan.columns().get(next).id(), derived.collated());
                next++;
            }
        }
        return new LogicalNode.FunctionScan(calls, scan.ordinality(), scan.columns());
    }

    private LogicalNode aggregate(LogicalNode.Aggregate aggregate) {
        LogicalNode input = assign(aggregate.input());
        List<Assignment> groups = assignments(aggregate.groups());
        for (Assignment group : groups) {
            requireSortable(
                    columns.getOrDefault(group.column().id(), Collated.NONE),
                    group.expression().type());
        }
        List<AggregateCall> calls = aggregate.calls().stream().map(this::call).toList();
        return new LogicalNode.Aggregate(input, groups, calls);
    }

    /// An aggregate or window call, whose column gets the collation of the arguments.
    private AggregateCall call(AggregateCall call) {
        List<TypedExpression> arguments = new ArrayList<>();
        Collated merged = Collated.NONE;
        for (TypedExpression argument : call.arguments()) {
            CollationDerivation.Derived derived = derivation.derive(argument);
            if (call.distinct()) {
                requireSortable(derived.collated(), argument.type());
            }
            arguments.add(derived.expression());
            merged = merged.with(derived.collated());
        }
        columns.put(
                call.column().id(), CollationDerivation.result(merged, call.column().type(), -1));
        return new AggregateCall(
                call.column(),
                CollationDerivation.checked(call.function(), merged),
                arguments,
                call.distinct(),
                keys(call.orderBy()),
                call.filter() == null ? null : derivation.derive(call.filter()).expression());
    }

    private WindowCall window(WindowCall window) {
        AggregateCall call = call(window.call());
        List<TypedExpression> partition = new ArrayList<>();
        for (TypedExpression key : window.partitionBy()) {
            CollationDerivation.Derived derived = derivation.derive(key);
            requireSortable(derived.collated(), key.type());
            partition.add(derived.expression());
        }
        List<SortKey> order = keys(window.orderBy());
        WindowCall offsets =
                LogicalNodes.mapWindow(window, key -> derivation.derive(key).expression());
        return new WindowCall(call, partition, order, offsets.frame());
    }

    private List<SortKey> keys(List<SortKey> keys) {
        List<SortKey> result = new ArrayList<>();
        for (SortKey key : keys) {
            CollationDerivation.Derived derived = derivation.derive(key.expression());
            requireSortable(derived.collated(), key.expression().type());
            result.add(new SortKey(derived.expression(), key.descending(), key.nullsFirst()));
        }
        return result;
    }

    private LogicalNode distinct(LogicalNode.Distinct distinct) {
        LogicalNode input = assign(distinct.input());
        if (distinct.on().isEmpty()) {
            for (OutputColumn column : input.columns()) {
                requireSortable(column(column.id(), column.type()), column.type());
            }
            return new LogicalNode.Distinct(input, List.of());
        }
        List<TypedExpression> on = new ArrayList<>();
        for (TypedExpression key : distinct.on()) {
            CollationDerivation.Derived derived = derivation.derive(key);
            requireSortable(derived.collated(), key.type());
            on.add(derived.expression());
        }
        return new LogicalNode.Distinct(input, on);
    }

    /// Refuses what rows are sorted or grouped by when its collation is not known.
    private static void requireSortable(Collated collated, SqlType type) {
        collated.requireOne();
        if (!collated.isKnown() && Collations.isCollatable(type)) {
            throw IndeterminateCollation.failure(IndeterminateCollation.COMPARISON);
        }
    }

    private LogicalNode setOperation(LogicalNode.SetOperation operation) {
        LogicalNode left = assign(operation.left());
        LogicalNode right = assign(operation.right());
        boolean plain = operation.all() && operation.kind() == LogicalNode.SetOperation.Kind.UNION;
        List<Collated> first = of(left.columns());
        List<Collated> second = of(right.columns());
        for (int i = 0; i < operation.columns().size(); i++) {
            Collated merged = first.get(i).with(second.get(i));
            if (!plain) {
                merged.requireOne();
            }
            columns.put(operation.columns().get(i).id(), merged.referenced(merged.position()));
        }
        return new LogicalNode.SetOperation(
                operation.kind(), operation.all(), left, right, operation.columns());
    }
}
