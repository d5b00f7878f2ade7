package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.plan.ir.AggregateCall;
import org.cladedb.plan.ir.Assignment;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.physical.AccessPath;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.plan.physical.SystemKey;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Makes the operator of each node, inputs first, each compiled against the cells of those.
final class PlanTranslator {
    private final PlanState state;
    private final ExpressionCompiler expressions;
    private final CommonTables commonTables;
    private final @Nullable PlanProfile profile;

    /// @param profile where operators count what they do; null when nobody wants to know
    PlanTranslator(FunctionRegistry registry, PlanState state, @Nullable PlanProfile profile) {
        this.state = state;
        this.profile = profile;
        expressions = new ExpressionCompiler(registry, state, this);
        commonTables = new CommonTables(this, state);
    }

    /// @param outer the cells of enclosing queries
    Operator translate(PhysicalNode node, Scope outer) {
        Operator operator = operator(node, outer);
        return profile == null ? operator : new ProfiledOperator(operator, profile.start(node));
    }

    private Operator operator(PhysicalNode node, Scope outer) {
        return switch (node) {
            case PhysicalNode.SingleRow _ -> new SingleRowOperator();
            case PhysicalNode.Scan scan -> scan(scan, outer);
            case PhysicalNode.SystemScan scan -> {
                SystemKey key = scan.key();
                yield new SystemScanOperator(
                        scan, key == null ? null : expressions.compile(key.value(), outer));
            }
            case PhysicalNode.Values values -> values(values, outer);
            case PhysicalNode.FunctionScan scan -> functionScan(scan, outer);
            case PhysicalNode.Filter filter -> filter(filter, outer);
            case PhysicalNode.Project project -> project(project, outer);
            case PhysicalNode.ProjectSet project -> projectSet(project, outer);
            case PhysicalNode.HashJoin join -> hashJoin(join, outer);
            case PhysicalNode.NestedLoop join -> nestedLoop(join, outer);
            case PhysicalNode.HashLookup lookup -> hashLookup(lookup, outer);
            case PhysicalNode.GroupJoin join -> new GroupJoinOperator(join, expressions, outer);
            case PhysicalNode.NestedGroupScan scan ->
                    new NestedGroupScanOperator(scan, expressions, outer);
            case PhysicalNode.Aggregate aggregate -> aggregate(aggregate, outer);
            case PhysicalNode.Window window ->
                    new WindowCompiler(window, expressions, outer)
                            .compile(translate(window.input(), outer));
            case PhysicalNode.Sort sort -> sort(sort, outer);
            case PhysicalNode.Limit limit -> limit(limit, outer);
            case PhysicalNode.Distinct distinct -> distinct(distinct, outer);
            case PhysicalNode.Append append ->
                    new AppendOperator(
                            append.inputs().stream().map(input -> translate(input, outer)).toList(),
                            state);
            case PhysicalNode.SetDifference operation -> difference(operation, outer);
            case PhysicalNode.With with -> commonTables.with(with, outer);
            case PhysicalNode.CommonTableScan scan -> commonTables.scan(scan, outer);
            case PhysicalNode.Insert insert ->
                    new InsertOperator(
                            insert, translate(insert.input(), outer), expressions, outer);
            case PhysicalNode.Update update ->
                    new UpdateOperator(
                            update, translate(update.input(), outer), expressions, outer);
            case PhysicalNode.Delete delete ->
                    new DeleteOperator(
                            delete, translate(delete.input(), outer), expressions, outer);
        };
    }

    private Operator scan(PhysicalNode.Scan node, Scope outer) {
        if (node.path() instanceof AccessPath.Each each) {
            Datum key = new Datum();
            Scope inside = outer.with(each.keyColumnId(), key);
            Evaluator array = expressions.compile(each.array(), outer);
            Operator lookup = scan(node, each.template(), inside);
            DatumComparator order = DatumComparator.of(elementType(each.array().type()));
            boolean reverse = TableAccess.isReverse(each);
            return new EachScanOperator(
                    lookup,
                    array,
                    key,
                    reverse ? (first, second) -> order.compare(second, first) : order,
                    state);
        }
        return scan(node, node.path(), outer);
    }

    private Operator scan(PhysicalNode.Scan node, AccessPath path, Scope outer) {
        TableAccess access =
                TableAccess.compile(node.table(), node.slots(), path, expressions, outer);
        return new ScanOperator(node, access, state);
    }

    private static SqlType elementType(SqlType type) {
        return type instanceof SqlType.Array array ? array.element() : type;
    }

    private Operator values(PhysicalNode.Values node, Scope outer) {
        Evaluator[][] rows =
                node.rows().stream()
                        .map(row -> expressions.compileAll(row, outer))
                        .toArray(Evaluator[][]::new);
        return new ValuesOperator(rows, node.columns().size(), state);
    }

    private Operator filter(PhysicalNode.Filter node, Scope outer) {
        Operator input = translate(node.input(), outer);
        if (node.once()) {
            return new OneTimeFilterOperator(
                    input, expressions.compileCondition(node.predicate(), outer));
        }
        Scope scope = outer.with(node.input().columns(), input.row());
        return new FilterOperator(
                input, expressions.compileCondition(node.predicate(), scope), state);
    }

    private Operator project(PhysicalNode.Project node, Scope outer) {
        Operator input = translate(node.input(), outer);
        Scope scope = outer.with(node.input().columns(), input.row());
        CellEvaluator[] columns =
                node.assignments().stream()
                        .map(column -> expressions.compileToCell(column.expression(), scope))
                        .toArray(CellEvaluator[]::new);
        return new ProjectOperator(input, columns, state);
    }

    private Operator hashJoin(PhysicalNode.HashJoin node, Scope outer) {
        Operator left = translate(node.left(), outer);
        Operator right = translate(node.right(), outer);
        Scope leftScope = outer.with(node.left().columns(), left.row());
        Scope rightScope = outer.with(node.right().columns(), right.row());
        JoinKeys leftKeys =
                new JoinKeys(
                        expressions.compileAll(node.leftKeys(), leftScope), types(node.leftKeys()));
        JoinBuild.Use use =
                switch (node.kind()) {
                    case RIGHT, FULL -> JoinBuild.Use.OUTER_JOIN;
                    case INNER, LEFT, SEMI, ANTI -> JoinBuild.Use.JOIN;
                };
        JoinBuild build =
                new JoinBuild(
                        right,
                        node.right().columns(),
                        types(node.rightKeys()),
                        expressions.compileAll(node.rightKeys(), rightScope),
                        use,
                        state.workSpace());
        Scope both = leftScope.with(node.right().columns(), build.row());
        RowBytes leftBytes = new RowBytes(columnTypes(node.left().columns()));
        return new HashJoinOperator(
                node.kind(),
                new JoinProbe(left, leftKeys, leftBytes),
                build,
                expressions.compileOptionalCondition(node.residual(), both),
                state);
    }

    private static List<SqlType> types(List<TypedExpression> expressions) {
        return expressions.stream().map(TypedExpression::type).toList();
    }

    private Operator hashLookup(PhysicalNode.HashLookup node, Scope outer) {
        Operator input = translate(node.input(), outer);
        Scope inside = outer.with(node.input().columns(), input.row());
        JoinBuild build =
                new JoinBuild(
                        input,
                        node.input().columns(),
                        types(node.keys()),
                        expressions.compileAll(node.keys(), inside),
                        JoinBuild.Use.LOOKUP,
                        state.workSpace());
        JoinKeys probes =
                new JoinKeys(expressions.compileAll(node.probes(), outer), types(node.probes()));
        Scope found = outer.with(node.input().columns(), build.row());
        return new HashLookupOperator(
                probes, build, expressions.compileOptionalCondition(node.residual(), found), state);
    }

    private Operator nestedLoop(PhysicalNode.NestedLoop node, Scope outer) {
        Operator left = translate(node.left(), outer);
        Scope leftScope = outer.with(node.left().columns(), left.row());
        Operator right = translate(node.right(), node.rescan() ? leftScope : outer);
        LoopRight loop =
                new LoopRight(right, node.right().columns(), node.rescan(), node.kind(), state);
        Scope both = leftScope.with(node.right().columns(), loop.candidate());
        return new NestedLoopOperator(
                node.kind(),
                left,
                loop,
                expressions.compileOptionalCondition(node.condition(), both),
                state);
    }

    private Operator aggregate(PhysicalNode.Aggregate node, Scope outer) {
        Operator input = translate(node.input(), outer);
        Scope scope = outer.with(node.input().columns(), input.row());
        Evaluator[] groups =
                expressions.compileAll(
                        node.groups().stream().map(Assignment::expression).toList(), scope);
        List<SqlType> types =
                node.groups().stream().map(Assignment::column).map(OutputColumn::type).toList();
        WorkSpace space = state.workSpace();
        CompiledAggregate[] calls = new CompiledAggregate[node.calls().size()];
        for (int i = 0; i < calls.length; i++) {
            AggregateCall call = node.calls().get(i);
            calls[i] = CompiledAggregate.compile(call, expressions, scope, space);
        }
        AggregateStates states = new AggregateStates(calls, space);
        int width = node.columns().size();
        KeyedRows rows = new KeyedRows(input.row(), columnTypes(node.input().columns()), types);
        return node.sorted() && groups.length > 0
                ? new SortedAggregateOperator(input, groups, types, states, width, state)
                : new HashAggregateOperator(
                        input,
                        new HashAggregateOperator.Grouping(groups, types, rows),
                        states,
                        width,
                        state);
    }

    private Operator sort(PhysicalNode.Sort node, Scope outer) {
        Operator input = translate(node.input(), outer);
        Scope scope = outer.with(node.input().columns(), input.row());
        WorkSpace space = state.workSpace();
        return new SortOperator(
                input,
                expressions.compileAll(keyExpressions(node.keys()), scope),
                expressions.compileOptional(node.limit(), outer),
                new RowSorter(columnTypes(node.columns()), SortColumn.of(node.keys()), space),
                space);
    }

    private static List<TypedExpression> keyExpressions(List<SortKey> keys) {
        return keys.stream().map(SortKey::expression).toList();
    }

    private Operator limit(PhysicalNode.Limit node, Scope outer) {
        Operator input = translate(node.input(), outer);
        Scope scope = outer.with(node.input().columns(), input.row());
        List<TypedExpression> tieKeys = keyExpressions(node.tieKeys());
        return new LimitOperator(
                input,
                expressions.compileOptional(node.count(), outer),
                expressions.compileOptional(node.offset(), outer),
                expressions.compileAll(tieKeys, scope),
                types(tieKeys),
                state);
    }

    private Operator functionScan(PhysicalNode.FunctionScan node, Scope outer) {
        List<FunctionRows> calls =
                node.calls().stream()
                        .map(call -> FunctionRows.compile(call, true, expressions, outer))
                        .toList();
        return new FunctionScanOperator(calls, node.ordinality(), state);
    }

    private Operator projectSet(PhysicalNode.ProjectSet node, Scope outer) {
        Operator input = translate(node.input(), outer);
        Scope scope = outer.with(node.input().columns(), input.row());
        List<ProjectSetOperator.Column> columns = new ArrayList<>();
        for (Assignment assignment : node.assignments()) {
            TypedExpression expression = assignment.expression();
            columns.add(
                    new ProjectSetOperator.Column(
                            FunctionRows.compile(expression, false, expressions, scope),
                            expression.type()));
        }
        return new ProjectSetOperator(input, columns, state);
    }

    private Operator distinct(PhysicalNode.Distinct node, Scope outer) {
        Operator input = translate(node.input(), outer);
        if (node.on().isEmpty()) {
            return new DistinctOperator(input, columnTypes(node.columns()), state.workSpace());
        }
        Scope scope = outer.with(node.input().columns(), input.row());
        return new DistinctOnOperator(
                input, expressions.compileAll(node.on(), scope), types(node.on()), state);
    }

    private Operator difference(PhysicalNode.SetDifference node, Scope outer) {
        SetDifferenceOperator.LogicalSet operation =
                new SetDifferenceOperator.LogicalSet(node.intersect(), node.all());
        return new SetDifferenceOperator(
                translate(node.left(), outer),
                translate(node.right(), outer),
                operation,
                columnTypes(node.columns()),
                state);
    }

    private static List<SqlType> columnTypes(List<OutputColumn> columns) {
        return columns.stream().map(OutputColumn::type).toList();
    }
}
