package org.cladedb.plan.physical;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.plan.ir.LogicalNodes;
import org.cladedb.plan.ir.ModificationMapping;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.PlanNode;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.TypedExpression.FunctionCall;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Turns logical nodes into physical ones, bottom-up. One instance plans one statement.
public final class PhysicalPlanner {
    private final CatalogSnapshot catalog;
    private final AccessPathChooser chooser;
    private final NestedGroupBuilder nestedGroups;
    private final JoinPlanner joins;
    private final FirstRows firstRows;
    private final SystemLookups system;
    private final Statistics statistics;
    private final AlternativePaths alternatives;
    private final WindowPlanner windows;

    // Joins try their inputs in several ways: each is planned once.
    private final IdentityHashMap<LogicalNode, PhysicalNode> planned = new IdentityHashMap<>();

    public PhysicalPlanner(CatalogSnapshot catalog, Statistics statistics) {
        this.catalog = catalog;
        this.statistics = statistics;
        chooser = new AccessPathChooser(catalog, statistics);
        nestedGroups = new NestedGroupBuilder(this);
        joins = new JoinPlanner(this);
        firstRows = new FirstRows(this, joins);
        alternatives = new AlternativePaths(this);
        windows = new WindowPlanner(this, firstRows);
        system = new SystemLookups(this);
    }

    SystemLookups system() {
        return system;
    }

    WindowPlanner windows() {
        return windows;
    }

    /// How many rows a system table may have.
    double systemRows() {
        return Estimates.SYSTEM_ROWS + Estimates.SYSTEM_ROWS_PER_OBJECT * catalog.objectCount();
    }

    CatalogSnapshot catalog() {
        return catalog;
    }

    Statistics statistics() {
        return statistics;
    }

    AccessPathChooser chooser() {
        return chooser;
    }

    /// Plans one tree, subqueries in its expressions included.
    public PhysicalNode plan(LogicalNode node) {
        PhysicalNode known = planned.get(node);
        if (known == null) {
            known = planAnew(node);
            planned.put(node, known);
        }
        return known;
    }

    private PhysicalNode planAnew(LogicalNode node) {
        return switch (node) {
            case LogicalNode.SingleRow _ -> new PhysicalNode.SingleRow();
            case LogicalNode.TableScan scan -> scan(scan, List.of());
            case LogicalNode.SystemScan scan -> system.full(scan);
            case LogicalNode.Values values ->
                    new PhysicalNode.Values(
                            values.rows().stream().map(this::physicalList).toList(),
                            values.columns());
            case LogicalNode.FunctionScan scan ->
                    new PhysicalNode.FunctionScan(
                            physicalList(scan.calls()), scan.ordinality(), scan.columns());
            case LogicalNode.Filter filter -> filter(filter);
            case LogicalNode.Project project -> project(project);
            case LogicalNode.ProjectSet project ->
                    new PhysicalNode.ProjectSet(
                            plan(project.input()), assignments(project.assignments()));
            case LogicalNode.Join join -> joins.plan(join);
            case LogicalNode.Aggregate aggregate -> aggregate(aggregate);
            case LogicalNode.Window window -> windows.plan(window, List.of());
            case LogicalNode.Sort sort -> sort(sort);
            case LogicalNode.Limit limit -> limit(limit);
            case LogicalNode.Distinct distinct ->
                    new PhysicalNode.Distinct(plan(distinct.input()), physicalList(distinct.on()));
            case LogicalNode.SetOperation operation -> SetOperations.plan(operation, this);
            case LogicalNode.With with ->
                    new PhysicalNode.With(
                            with.tables().stream().map(this::commonTable).toList(),
                            plan(with.body()));
            case LogicalNode.CommonTableScan scan ->
                    new PhysicalNode.CommonTableScan(scan.id(), scan.name(), scan.columns());
            case LogicalNode.Insert insert ->
                    new PhysicalNode.Insert(
                            plan(insert.input()),
                            ModificationMapping.map(insert.modification(), this::physical));
            case LogicalNode.Update update ->
                    new PhysicalNode.Update(
                            plan(update.input()),
                            ModificationMapping.map(update.modification(), this::physical));
            case LogicalNode.Delete delete ->
                    new PhysicalNode.Delete(
                            plan(delete.input()),
                            ModificationMapping.map(delete.modification(), this::physical));
        };
    }

    /// The expression with the plans of its subqueries made physical.
    TypedExpression physical(TypedExpression expression) {
        return Expressions.mapChildren(expression, this::physical, this::physicalPlan);
    }

    private PlanNode physicalPlan(PlanNode plan) {
        return plan instanceof LogicalNode logical ? plan(logical) : plan;
    }

    List<TypedExpression> physicalList(List<TypedExpression> expressions) {
        return Expressions.mapList(expressions, this::physical);
    }

    /// The path with physical expressions.
    AccessPath physical(AccessPath path) {
        return switch (path) {
            case AccessPath.Full _ -> path;
            case AccessPath.KeyRange range ->
                    new AccessPath.KeyRange(physical(range.bounds()), range.reverse());
            case AccessPath.Below below ->
                    new AccessPath.Below(
                            below.ancestor(), physicalList(below.key()), below.reverse());
            case AccessPath.IndexRange range ->
                    new AccessPath.IndexRange(
                            range.index(), physical(range.bounds()), range.reverse());
            case AccessPath.Each each ->
                    new AccessPath.Each(
                            physical(each.array()), each.keyColumnId(), physical(each.template()));
        };
    }

    private AccessPath.Bounds physical(AccessPath.Bounds bounds) {
        TypedExpression lower = bounds.lower();
        TypedExpression upper = bounds.upper();
        return new AccessPath.Bounds(
                physicalList(bounds.equal()),
                lower == null ? null : physical(lower),
                bounds.lowerInclusive(),
                upper == null ? null : physical(upper),
                bounds.upperInclusive(),
                bounds.notNull());
    }

    private List<Assignment> assignments(List<Assignment> assignments) {
        return assignments.stream()
                .map(assignment ->
                        new Assignment(assignment.column(), physical(assignment.expression())))
                .toList();
    }

    private PhysicalNode.CommonTable commonTable(LogicalNode.CommonTable table) {
        LogicalNode recursive = table.recursive();
        return new PhysicalNode.CommonTable(
                table.id(),
                table.name(),
                plan(table.plan()),
                recursive == null ? null : plan(recursive),
                table.unionAll());
    }

    private PhysicalNode filter(LogicalNode.Filter filter) {
        ScanParts parts = ScanParts.of(filter);
        if (parts != null) {
            return scan(parts.scan(), parts.conditions());
        }
        PhysicalNode found = system.scan(filter);
        if (found != null) {
            return found;
        }
        return lookup(filter.input(), Expressions.conjuncts(filter.predicate()));
    }

    /// A scan under conditions by the best access path, what is left of the conditions above it.
    PhysicalNode scan(LogicalNode.TableScan scan, List<TypedExpression> conditions) {
        AccessPathChooser.Choice choice =
                chooser.choose(scan.table(), scan.slots(), scan.slotColumns(), conditions);
        if (choice.isFull()) {
            PhysicalNode parts = alternatives.plan(scan, conditions);
            return parts != null ? parts : lookup(scan, conditions);
        }
        return scan(scan, choice, conditions);
    }

    /// A scan by the path chosen, under those of `conditions` that the path does not fulfil.
    PhysicalNode scan(
            LogicalNode.TableScan scan,
            AccessPathChooser.Choice choice,
            List<TypedExpression> conditions) {
        List<TypedExpression> rest = new ArrayList<>(conditions);
        rest.removeAll(choice.used());
        return filtered(
                new PhysicalNode.Scan(
                        scan.table(),
                        scan.slots(),
                        scan.slotColumns(),
                        scan.locator(),
                        physical(choice.path()),
                        statistics.rows(scan.table())),
                rest);
    }

    /// The rows that satisfy the conditions; those that do not depend on the row come first.
    PhysicalNode filtered(PhysicalNode input, List<TypedExpression> conditions) {
        List<TypedExpression> once = new ArrayList<>();
        List<TypedExpression> each = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            boolean fixed =
                    isNeverTrue(condition)
                            || (!Expressions.refersTo(condition, input.columns())
                                    && !Expressions.isVolatile(condition));
            (fixed ? once : each).add(condition);
        }
        TypedExpression predicate = Expressions.and(each);
        PhysicalNode filtered =
                predicate == null ? input : new PhysicalNode.Filter(input, physical(predicate));
        TypedExpression first =
                once.stream().anyMatch(PhysicalPlanner::isNeverTrue)
                        ? new TypedExpression.Constant(new Datum(), SqlType.BOOLEAN)
                        : Expressions.and(once);
        return first == null ? filtered : new PhysicalNode.Filter(filtered, physical(first), true);
    }

    /// Whether the condition is NULL because an argument is.
    private static boolean isNeverTrue(TypedExpression condition) {
        return condition instanceof FunctionCall call
                && call.function().definition().strict()
                && call.arguments().stream()
                        .anyMatch(argument ->
                                argument instanceof TypedExpression.Constant constant
                                        && constant.value().isNull());
    }

    /// Filters `input`; where equalities with outer columns are among the conditions and the input
    /// itself depends on nothing outside, by a hash table made once.
    private PhysicalNode lookup(LogicalNode input, List<TypedExpression> conditions) {
        PhysicalNode found = hashLookup(input, conditions);
        if (found != null) {
            return found;
        }
        PhysicalNode all =
                input instanceof LogicalNode.Window window
                        ? windows.plan(window, conditions)
                        : unfiltered(input);
        return filtered(all, conditions);
    }

    /// The rows of `input` that satisfy the conditions, out of a hash table made once; null when no
    /// condition is an equality with outer columns, or the input itself depends on something
    /// outside.
    @Nullable PhysicalNode hashLookup(LogicalNode input, List<TypedExpression> conditions) {
        List<OutputColumn> columns = input.columns();
        List<TypedExpression> keys = new ArrayList<>();
        List<TypedExpression> probes = new ArrayList<>();
        List<TypedExpression> own = new ArrayList<>();
        List<TypedExpression> once = new ArrayList<>();
        List<TypedExpression> residual = new ArrayList<>();
        for (TypedExpression condition : conditions) {
            if (!isOuter(condition, columns)) {
                own.add(condition);
            } else if (!Expressions.refersTo(condition, columns)) {
                once.add(condition);
            } else if (!addEquality(condition, columns, keys, probes)) {
                residual.add(condition);
            }
        }
        if (keys.isEmpty()
                || !isSelfContained(input)
                || own.stream().anyMatch(Expressions::hasSubquery)) {
            return null;
        }
        TypedExpression rest = Expressions.and(residual);
        return filtered(
                new PhysicalNode.HashLookup(
                        filtered(unfiltered(input), own),
                        physicalList(keys),
                        physicalList(probes),
                        rest == null ? null : physical(rest)),
                once);
    }

    private PhysicalNode unfiltered(LogicalNode input) {
        return input instanceof LogicalNode.TableScan scan
                ? new PhysicalNode.Scan(
                        scan.table(),
                        scan.slots(),
                        scan.slotColumns(),
                        scan.locator(),
                        new AccessPath.Full(false),
                        statistics.rows(scan.table()))
                : plan(input);
    }

    private static boolean isOuter(TypedExpression condition, List<OutputColumn> columns) {
        Set<Integer> references =
                LogicalNodes.outerReferences(
                        new LogicalNode.Filter(new LogicalNode.SingleRow(), condition));
        columns.forEach(column -> references.remove(column.id()));
        return !references.isEmpty();
    }

    private static boolean isSelfContained(LogicalNode input) {
        return LogicalNodes.outerReferences(input).isEmpty() && !readsCommonTable(input);
    }

    private static boolean readsCommonTable(LogicalNode node) {
        boolean[] found = {node instanceof LogicalNode.CommonTableScan};
        LogicalNodes.mapChildren(
                node,
                child -> {
                    found[0] |= readsCommonTable(child);
                    return child;
                });
        return found[0];
    }

    private static boolean addEquality(
            TypedExpression condition,
            List<OutputColumn> columns,
            List<TypedExpression> keys,
            List<TypedExpression> probes) {
        if (!(condition instanceof FunctionCall call)
                || call.arguments().size() != 2
                || !call.function().definition().name().equals("=")) {
            return false;
        }
        TypedExpression left = call.arguments().get(0);
        TypedExpression right = call.arguments().get(1);
        if (!Condition.sameEncoding(left.type(), right.type())
                || Expressions.isVolatile(condition)) {
            return false;
        }
        boolean leftOwn = Expressions.refersTo(left, columns);
        boolean rightOwn = Expressions.refersTo(right, columns);
        if (leftOwn == rightOwn) {
            return false;
        }
        TypedExpression key = leftOwn ? left : right;
        if (isOuter(key, columns)) {
            return false;
        }
        keys.add(key);
        probes.add(leftOwn ? right : left);
        return true;
    }

    private PhysicalNode project(LogicalNode.Project project) {
        PhysicalNode nested = nestedGroups.build(project);
        return nested != null ? nested : projected(plan(project.input()), project);
    }

    /// Whether the nested results of `project` come with its rows, in one scan of a group.
    boolean isOneGroupScan(LogicalNode.Project project) {
        return nestedGroups.build(project) != null;
    }

    /// What `project` computes from a plan of its input.
    PhysicalNode projected(PhysicalNode input, LogicalNode.Project project) {
        return new PhysicalNode.Project(input, assignments(project.assignments()));
    }

    private PhysicalNode aggregate(LogicalNode.Aggregate aggregate) {
        PhysicalNode input = plan(aggregate.input());
        PhysicalNode extremes = firstRows.extremes(aggregate, input);
        if (extremes != null) {
            return extremes;
        }
        List<SortKey> keys = new ArrayList<>();
        for (Assignment group : aggregate.groups()) {
            keys.add(new SortKey(group.expression(), false, false));
        }
        boolean sorted = !keys.isEmpty() && KeyOrder.of(input).satisfies(keys);
        return new PhysicalNode.Aggregate(
                input,
                assignments(aggregate.groups()),
                aggregate.calls().stream()
                        .map(call -> LogicalNodes.mapCall(call, this::physical))
                        .toList(),
                sorted);
    }

    private PhysicalNode sort(LogicalNode.Sort sort) {
        PhysicalNode input = plan(sort.input());
        return KeyOrder.of(input).satisfies(sort.keys()) ? input : sorted(input, sort, null);
    }

    private PhysicalNode sorted(
            PhysicalNode input, LogicalNode.Sort sort, @Nullable TypedExpression limit) {
        return new PhysicalNode.Sort(
                input,
                LogicalNodes.mapKeys(sort.keys(), this::physical),
                limit == null ? null : physical(limit));
    }

    /// Sorts what only the first rows of are read.
    ///
    /// @param limit how many at most, where the sort need not know more; null otherwise
    private PhysicalNode first(
            LogicalNode.Sort sort, double wanted, @Nullable TypedExpression limit) {
        PhysicalNode input = plan(sort.input());
        boolean few = limit != null || wanted < Estimates.TABLE_ROWS;
        PhysicalNode ordered =
                few
                        ? FirstRows.ordered(input, sort.keys())
                        : KeyOrder.of(input).satisfies(sort.keys()) ? input : null;
        PhysicalNode ordinary = ordered != null ? ordered : sorted(input, sort, limit);
        return firstRows.orOrdinary(ordinary, sort.input(), sort.keys(), wanted);
    }

    private PhysicalNode limit(LogicalNode.Limit limit) {
        TypedExpression count = limit.count();
        TypedExpression offset = limit.offset();
        List<SortKey> keys = List.of();
        LogicalNode.Sort sort = sortBelow(limit.input());
        if (sort != null && limit.withTies()) {
            keys = LogicalNodes.mapKeys(sort.keys(), this::physical);
        }
        TypedExpression first = offset == null && !limit.withTies() ? count : null;
        double wanted = FirstRows.wanted(count, offset);
        PhysicalNode input =
                sort == null
                        ? firstRows.orOrdinary(plan(limit.input()), limit.input(), keys, wanted)
                        : first(limit.input(), wanted, first);
        return new PhysicalNode.Limit(
                input,
                count == null ? null : physical(count),
                offset == null ? null : physical(offset),
                keys);
    }

    private static LogicalNode.@Nullable Sort sortBelow(LogicalNode node) {
        return switch (node) {
            case LogicalNode.Sort sort -> sort;
            case LogicalNode.Project project -> sortBelow(project.input());
            case LogicalNode.ProjectSet project -> sortBelow(project.input());
            case LogicalNode _ -> null;
        };
    }

    /// Plans what is above a sort of which only the first rows are read.
    private PhysicalNode first(LogicalNode node, double wanted, @Nullable TypedExpression limit) {
        return switch (node) {
            case LogicalNode.Sort sort -> first(sort, wanted, limit);
            case LogicalNode.Project project when sortBelow(project) != null ->
                    projected(first(project.input(), wanted, limit), project);
            case LogicalNode other -> plan(other);
        };
    }
}
