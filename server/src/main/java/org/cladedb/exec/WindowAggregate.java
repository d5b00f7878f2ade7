package org.cladedb.exec;

import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// An aggregate over the frame. While frames move forwards, rows are added to one state, and taken
/// back if the aggregate can do that; else the frame is aggregated anew.
final class WindowAggregate implements WindowFunction {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final CompiledAggregate aggregate;
    private final WindowFrame frame;
    private @Nullable Accumulator current;
    private int start;
    private int end;
    private int work;

    WindowAggregate(CompiledAggregate aggregate, WindowFrame frame) {
        this.aggregate = aggregate;
        this.frame = frame;
    }

    @Override
    public void startPartition(WindowOrder order, ExecutionContext context) {
        current = null;
    }

    @Override
    public void compute(WindowOrder order, int position, ExecutionContext context, Datum out) {
        frame.locate(order, position, context);
        Accumulator state = current;
        if (state == null || !moveStart(state, order, context)) {
            state = aggregate.newState();
            current = state;
            start = frame.start();
            end = start;
        }
        while (end < frame.end()) {
            countWork(context);
            order.load(end++);
            aggregate.add(state, context);
        }
        state.result(out, context);
    }

    /// Takes back the rows before the frame's start; false if the state cannot become the frame's.
    private boolean moveStart(Accumulator state, WindowOrder order, ExecutionContext context) {
        if (frame.start() < start || frame.start() > end || frame.end() < end) {
            return false;
        }
        while (start < frame.start()) {
            countWork(context);
            order.load(start);
            if (!aggregate.remove(state, context)) {
                return false;
            }
            start++;
        }
        return true;
    }

    /// Rows that were added are read again only where the frame's start moves.
    @Override
    public int needed(int position) {
        return Math.min(end, Math.min(frame.startsFirst() ? end : start, frame.neededEnd()));
    }

    private void countWork(ExecutionContext context) {
        if ((++work & CANCEL_CHECK_MASK) == 0) {
            context.checkCancelled();
        }
    }
}
