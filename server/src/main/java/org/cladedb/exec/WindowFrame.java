package org.cladedb.exec;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.WindowCall;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// The rows that a window call looks at for each row: from [#start()] to [#end()] (exclusive).
final class WindowFrame {
    private final WindowCall.Frame frame;
    private final @Nullable Evaluator startOffset;
    private final @Nullable Evaluator endOffset;
    private final @Nullable WindowRange range;
    private final boolean movesBack;
    private int start;
    private int end;

    /// @param range finds bounds by value; null unless the frame is RANGE with an offset
    /// @param volatileOffsets whether offsets may change from row to row
    WindowFrame(
            WindowCall.Frame frame,
            @Nullable Evaluator startOffset,
            @Nullable Evaluator endOffset,
            @Nullable WindowRange range,
            boolean volatileOffsets) {
        this.frame = frame;
        // What is added to values may change their order (time zones).
        movesBack = range != null || volatileOffsets;
        this.startOffset = startOffset;
        this.endOffset = endOffset;
        this.range = range;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /// Whether every frame begins with the partition.
    boolean startsFirst() {
        return frame.start() == WindowCall.Bound.UNBOUNDED_PRECEDING;
    }

    /// The first row that frames of later rows may contain.
    int neededStart() {
        return movesBack ? 0 : start;
    }

    /// The first row that the frames of later rows may end with.
    int neededEnd() {
        return movesBack ? 0 : Math.max(end - 1, 0);
    }

    /// Computes the frame of the row at `position`.
    void locate(WindowOrder order, int position, ExecutionContext context) {
        start = bound(order, position, frame.start(), true, context);
        end = Math.max(bound(order, position, frame.end(), false, context), start);
    }

    private int bound(
            WindowOrder order,
            int position,
            WindowCall.Bound bound,
            boolean isStart,
            ExecutionContext context) {
        return switch (bound) {
            case UNBOUNDED_PRECEDING -> 0;
            case UNBOUNDED_FOLLOWING -> order.end();
            case CURRENT_ROW -> current(order, position, isStart);
            case PRECEDING -> offset(order, position, false, isStart, context);
            case FOLLOWING -> offset(order, position, true, isStart, context);
        };
    }

    private int current(WindowOrder order, int position, boolean isStart) {
        if (frame.mode() == WindowCall.Mode.ROWS) {
            return isStart ? position : position + 1;
        }
        int group = order.group(position);
        return isStart ? order.groupStart(group) : order.groupEnd(group);
    }

    private int offset(
            WindowOrder order,
            int position,
            boolean following,
            boolean isStart,
            ExecutionContext context) {
        Datum value = offsetValue(isStart, context);
        if (frame.mode() == WindowCall.Mode.RANGE) {
            if (range == null) {
                throw new IllegalStateException("a RANGE frame with an offset has no range");
            }
            return range.find(order, position, value, following, isStart, context);
        }
        if (value.longValue() < 0) {
            throw negative(isStart);
        }
        long distance = following ? value.longValue() : -value.longValue();
        if (frame.mode() == WindowCall.Mode.ROWS) {
            long row = position + clamp(distance);
            return order.clamp(isStart ? row : row + 1);
        }
        long group = order.group(position) + clamp(distance);
        if (group < 0) {
            return 0;
        }
        if (!order.hasGroup(group)) {
            return order.end();
        }
        return isStart ? order.groupStart((int) group) : order.groupEnd((int) group);
    }

    /// Further than any row is; such distances can be added without overflow.
    private static long clamp(long distance) {
        return Math.clamp(distance, (long) -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private Datum offsetValue(boolean isStart, ExecutionContext context) {
        Evaluator evaluator = isStart ? startOffset : endOffset;
        if (evaluator == null) {
            throw new IllegalStateException("a frame bound has no offset");
        }
        Datum value = evaluator.evaluate(context);
        if (value.isNull()) {
            throw new DatabaseException(
                    SqlState.NULL_VALUE_NOT_ALLOWED, name(isStart) + " offset must not be null");
        }
        return value;
    }

    static DatabaseException negative(boolean isStart) {
        return new DatabaseException(
                SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                name(isStart) + " offset must not be negative");
    }

    private static String name(boolean isStart) {
        return isStart ? "frame starting" : "frame ending";
    }
}
