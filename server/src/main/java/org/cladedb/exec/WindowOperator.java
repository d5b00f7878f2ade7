package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Adds the columns of window calls to an input in their order. A row comes out as soon as what its
/// frames contain was read, and what no later frame contains is not kept.
final class WindowOperator implements Operator {
    private static final int FORGET_MASK = 1023;

    private final WindowOrder order;
    private final List<WindowFunction> functions;
    private final Datum[] results;
    private final Wanted wanted;
    private final PlanState state;
    private final Datum[] row;
    private boolean inPartition;
    private boolean finished;
    private boolean running;
    private int position;

    /// See [org.cladedb.plan.physical.PhysicalNode.Window.Wanted].
    ///
    /// @param onePartition whether nothing is wanted after the first partition's last row wanted
    record Wanted(@Nullable Evaluator first, @Nullable Evaluator run, boolean onePartition) {}

    /// @param results the cells of `row` that functions write, in their order
    WindowOperator(
            WindowOrder order,
            List<WindowFunction> functions,
            Datum[] results,
            Wanted wanted,
            PlanState state,
            Datum[] row) {
        this.order = order;
        this.functions = List.copyOf(functions);
        this.results = results;
        this.wanted = wanted;
        this.state = state;
        this.row = row;
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        order.open(context);
        finished = false;
    }

    @Override
    public boolean next() {
        ExecutionContext context = state.context();
        while (!finished) {
            if (inPartition && order.has(position)) {
                compute(context);
                if (isWanted(context)) {
                    return true;
                }
                finished = wanted.onePartition;
            }
            if (!finished) {
                startPartition(context);
            }
        }
        return false;
    }

    /// False once the row, and all that follow it in the partition, are not wanted.
    private boolean isWanted(ExecutionContext context) {
        if (wanted.first != null && !Evaluators.isTrue(wanted.first, context)) {
            return false;
        }
        if (wanted.run == null) {
            return true;
        }
        boolean before = running;
        running = Evaluators.isTrue(wanted.run, context);
        return running || !before;
    }

    private void startPartition(ExecutionContext context) {
        inPartition = order.nextPartition();
        finished = !inPartition;
        running = false;
        position = 0;
        if (inPartition) {
            for (WindowFunction function : functions) {
                function.startPartition(order, context);
            }
        }
    }

    private void compute(ExecutionContext context) {
        if ((position & FORGET_MASK) == FORGET_MASK) {
            forget();
        }
        for (int i = 0; i < results.length; i++) {
            functions.get(i).compute(order, position, context, results[i]);
        }
        order.load(position++);
    }

    private void forget() {
        int needed = position;
        for (WindowFunction function : functions) {
            needed = Math.min(needed, function.needed(position - 1));
        }
        order.forget(needed);
    }

    @Override
    public void close() {
        order.close();
        inPartition = false;
        finished = true;
        position = 0;
    }
}
