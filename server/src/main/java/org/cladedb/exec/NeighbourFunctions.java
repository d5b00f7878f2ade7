package org.cladedb.exec;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Window functions that give a value of another row: of the partition (lag, lead) or of the frame
/// (first_value, last_value, nth_value).
final class NeighbourFunctions {
    private NeighbourFunctions() {}

    /// `lag` (direction -1) and `lead` (1). Offset and default are those of the current row.
    static final class Shifted implements WindowFunction {
        private final Evaluator value;
        private final @Nullable Evaluator offset;
        private final boolean fixed;
        private final @Nullable Evaluator otherwise;
        private final int direction;
        private long distance;

        /// @param fixed whether the offset is the same for all rows
        Shifted(
                Evaluator value,
                @Nullable Evaluator offset,
                boolean fixed,
                @Nullable Evaluator otherwise,
                int direction) {
            this.value = value;
            this.offset = offset;
            this.fixed = fixed;
            this.otherwise = otherwise;
            this.direction = direction;
        }

        @Override
        public void startPartition(WindowOrder order, ExecutionContext context) {
            distance = 1;
        }

        @Override
        public void compute(WindowOrder order, int position, ExecutionContext context, Datum out) {
            order.load(position);
            if (offset != null) {
                Datum given = offset.evaluate(context);
                if (given.isNull()) {
                    out.setNull();
                    return;
                }
                distance = given.longValue();
            }
            long target = position + direction * distance;
            if (order.has(target)) {
                order.load((int) target);
                out.copyFrom(value.evaluate(context));
            } else if (otherwise != null) {
                out.copyFrom(otherwise.evaluate(context));
            } else {
                out.setNull();
            }
        }

        @Override
        public int needed(int position) {
            if (!fixed) {
                return 0;
            }
            long next = position + 1L + direction * distance;
            return Math.clamp(next, 0, position + 1);
        }
    }

    /// Which row of the frame is meant.
    @FunctionalInterface
    interface Choice {
        /// The position, or -1 for none; the current row is loaded.
        int choose(WindowFrame frame, ExecutionContext context);
    }

    /// A value of a row of the frame.
    ///
    /// @param last whether it is always the last one
    record OfFrame(Evaluator value, WindowFrame frame, Choice choice, boolean last)
            implements WindowFunction {
        @Override
        public void startPartition(WindowOrder order, ExecutionContext context) {}

        @Override
        public void compute(WindowOrder order, int position, ExecutionContext context, Datum out) {
            frame.locate(order, position, context);
            order.load(position);
            int target = choice.choose(frame, context);
            if (target < 0) {
                out.setNull();
            } else {
                order.load(target);
                out.copyFrom(value.evaluate(context));
            }
        }

        @Override
        public int needed(int position) {
            return last ? frame.neededEnd() : frame.neededStart();
        }
    }

    static int first(WindowFrame frame) {
        return frame.start() < frame.end() ? frame.start() : -1;
    }

    static int last(WindowFrame frame) {
        return frame.start() < frame.end() ? frame.end() - 1 : -1;
    }

    static Choice nth(Evaluator number) {
        return (frame, context) -> {
            Datum value = number.evaluate(context);
            if (value.isNull()) {
                return -1;
            }
            if (value.longValue() <= 0) {
                throw new DatabaseException(
                        SqlState.INVALID_ARGUMENT_FOR_NTH_VALUE_FUNCTION,
                        "argument of nth_value must be greater than zero");
            }
            long position = frame.start() + value.longValue() - 1;
            return position < frame.end() ? (int) position : -1;
        };
    }
}
