package org.cladedb.exec;

import org.cladedb.functions.AggregateFunction.Accumulator;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// An aggregate over the frame. While frames only grow at their end, rows are added to one state;
/// else the frame is aggregated anew.
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
        if (state == null || frame.start() != start || frame.end() < end) {
            state = aggregate.newState();
            current = state;
            start = frame.start();
            end = start;
        }
        while (end < frame.end()) {
            if ((++work & CANCEL_CHECK_MASK) == 0) {
                context.checkCancelled();
            }
            order.load(end++);
            aggregate.add(state, context);
        }
        state.result(out, context);
    }
}
