package org.cladedb.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.plan.ir.SortKey;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Makes the operator of a window node.
final class WindowCompiler {
    private final ExpressionCompiler compiler;
    private final Scope outer;
    private final WindowRows rows;
    private final Scope scope;

    WindowCompiler(PhysicalNode.Window node, ExpressionCompiler compiler, Scope outer) {
        this.compiler = compiler;
        this.outer = outer;
        rows = new WindowRows(node.input().columns(), compiler.state());
        scope = outer.with(node.input().columns(), rows.cells());
    }

    private record Ordering(List<TypedExpression> partitionBy, List<SortKey> orderBy) {}

    WindowOperator compile(PhysicalNode.Window node, Operator input) {
        Datum[] row = Arrays.copyOf(rows.cells(), node.columns().size());
        Map<Ordering, List<Integer>> byOrdering = new LinkedHashMap<>();
        int first = rows.cells().length;
        for (int i = 0; i < node.calls().size(); i++) {
            WindowCall call = node.calls().get(i);
            row[first + i] = new Datum();
            Ordering ordering = new Ordering(call.partitionBy(), call.orderBy());
            byOrdering.computeIfAbsent(ordering, _ -> new ArrayList<>()).add(i);
        }
        List<WindowOperator.Stage> stages = new ArrayList<>();
        for (List<Integer> numbers : byOrdering.values()) {
            List<WindowCall> calls = numbers.stream().map(node.calls()::get).toList();
            Datum[] cells =
                    numbers.stream().map(number -> row[first + number]).toArray(Datum[]::new);
            stages.add(stage(calls, cells));
        }
        return new WindowOperator(input, rows, stages, row);
    }

    private WindowOperator.Stage stage(List<WindowCall> calls, Datum[] cells) {
        WindowOrder order = new WindowOrder(calls.getFirst(), rows, compiler, scope);
        List<SqlType> types = calls.stream().map(call -> call.call().column().type()).toList();
        return new WindowOperator.Stage(
                order, calls.stream().map(this::function).toList(), types, cells, compiler.state());
    }

    private WindowFunction function(WindowCall call) {
        if (call.call().function().definition().implementation()
                instanceof FunctionDefinition.Window window) {
            return windowFunction(window.kind(), call);
        }
        WorkSpace space = compiler.state().workSpace();
        compiler.state().whenClosed(space.memory()::releaseAll);
        return new WindowAggregate(
                CompiledAggregate.compile(call.call(), compiler, scope, space), frame(call));
    }

    private WindowFunction windowFunction(FunctionDefinition.WindowKind kind, WindowCall call) {
        Evaluator[] arguments = compiler.compileAll(call.call().arguments(), scope);
        return switch (kind) {
            case ROW_NUMBER -> RankFunctions.rowNumber();
            case RANK -> RankFunctions.rank();
            case DENSE_RANK -> RankFunctions.denseRank();
            case PERCENT_RANK -> RankFunctions.percentRank();
            case CUME_DIST -> RankFunctions.cumulativeDistribution();
            case NTILE -> new RankFunctions.Ntile(arguments[0]);
            case LAG -> shifted(arguments, -1);
            case LEAD -> shifted(arguments, 1);
            case FIRST_VALUE ->
                    new NeighbourFunctions.OfFrame(
                            arguments[0],
                            frame(call),
                            (frame, _) -> NeighbourFunctions.first(frame));
            case LAST_VALUE ->
                    new NeighbourFunctions.OfFrame(
                            arguments[0],
                            frame(call),
                            (frame, _) -> NeighbourFunctions.last(frame));
            case NTH_VALUE ->
                    new NeighbourFunctions.OfFrame(
                            arguments[0], frame(call), NeighbourFunctions.nth(arguments[1]));
        };
    }

    private static WindowFunction shifted(Evaluator[] arguments, int direction) {
        return new NeighbourFunctions.Shifted(
                arguments[0], optional(arguments, 1), optional(arguments, 2), direction);
    }

    private static @Nullable Evaluator optional(Evaluator[] arguments, int index) {
        return index < arguments.length ? arguments[index] : null;
    }

    private WindowFrame frame(WindowCall call) {
        WindowCall.Frame frame = call.frame();
        TypedExpression startOffset = frame.startOffset();
        TypedExpression endOffset = frame.endOffset();
        TypedExpression anyOffset = startOffset == null ? endOffset : startOffset;
        WindowRange range =
                frame.mode() == WindowCall.Mode.RANGE && anyOffset != null
                        ? new WindowRange(
                                call.orderBy().getFirst(),
                                anyOffset.type().withoutModifier(),
                                compiler)
                        : null;
        return new WindowFrame(
                frame,
                compiler.compileOptional(startOffset, outer),
                compiler.compileOptional(endOffset, outer),
                range);
    }
}
