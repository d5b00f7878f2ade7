package org.cladedb.exec;

import java.util.Arrays;
import java.util.List;
import org.cladedb.functions.FunctionDefinition;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.plan.ir.Expressions;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Makes the operator of a window node.
final class WindowCompiler {
    private final ExpressionCompiler compiler;
    private final Scope outer;
    private final PhysicalNode.Window node;
    private final Datum[] row;
    private final Datum[] cells;
    private final Scope scope;

    WindowCompiler(PhysicalNode.Window node, ExpressionCompiler compiler, Scope outer) {
        this.compiler = compiler;
        this.outer = outer;
        this.node = node;
        row = Datum.row(node.columns().size());
        cells = Arrays.copyOf(row, node.input().columns().size());
        scope = outer.with(node.input().columns(), cells);
    }

    WindowOperator compile(Operator input) {
        WindowCall first = node.calls().getFirst();
        Scope inputScope = outer.with(node.input().columns(), input.row());
        WindowOrder order =
                new WindowOrder(
                        first,
                        input,
                        new WindowKeys(first, compiler, inputScope),
                        RowBuffer.of(node.input().columns(), compiler.state()),
                        cells,
                        this);
        Scope results = outer.with(node.columns(), row);
        WindowOperator.Wanted wanted =
                new WindowOperator.Wanted(
                        compiler.compileOptional(node.wanted().first(), results),
                        compiler.compileOptional(node.wanted().run(), results),
                        first.partitionBy().isEmpty());
        return new WindowOperator(
                order,
                node.calls().stream().map(this::function).toList(),
                Arrays.copyOfRange(row, cells.length, row.length),
                wanted,
                compiler.state(),
                row);
    }

    /// An account for what is known of groups of peers.
    MemoryAccount groupMemory() {
        return compiler.state().operatorMemory();
    }

    /// An expression of the input's columns, compiled to read other cells of them.
    Evaluator compile(TypedExpression expression, Datum[] from) {
        return compiler.compile(expression, outer.with(node.input().columns(), from));
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
            case LAG -> shifted(call, arguments, -1);
            case LEAD -> shifted(call, arguments, 1);
            case FIRST_VALUE ->
                    new NeighbourFunctions.OfFrame(
                            arguments[0],
                            frame(call),
                            (frame, _) -> NeighbourFunctions.first(frame),
                            false);
            case LAST_VALUE ->
                    new NeighbourFunctions.OfFrame(
                            arguments[0],
                            frame(call),
                            (frame, _) -> NeighbourFunctions.last(frame),
                            true);
            case NTH_VALUE ->
                    new NeighbourFunctions.OfFrame(
                            arguments[0], frame(call), NeighbourFunctions.nth(arguments[1]), false);
        };
    }

    private WindowFunction shifted(WindowCall call, Evaluator[] arguments, int direction) {
        List<TypedExpression> written = call.call().arguments();
        boolean fixed = written.size() < 2 || isFixed(written.get(1));
        return new NeighbourFunctions.Shifted(
                arguments[0], optional(arguments, 1), fixed, optional(arguments, 2), direction);
    }

    /// Whether the expression is the same for all rows of the input.
    private boolean isFixed(TypedExpression expression) {
        return !Expressions.refersTo(expression, node.input().columns())
                && !Expressions.isVolatile(expression);
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
                range,
                !isFixedOrAbsent(startOffset) || !isFixedOrAbsent(endOffset));
    }

    private boolean isFixedOrAbsent(@Nullable TypedExpression offset) {
        return offset == null || isFixed(offset);
    }
}
