package org.cladedb.plan.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A window function call: an aggregate or a [org.cladedb.functions.FunctionDefinition.Window].
public record WindowCall(
        AggregateCall call, List<TypedExpression> partitionBy, List<SortKey> orderBy, Frame frame) {
    public WindowCall {
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
    }

    /// The frame; bounds with an offset carry its expression.
    public record Frame(
            Mode mode,
            Bound start,
            @Nullable TypedExpression startOffset,
            Bound end,
            @Nullable TypedExpression endOffset) {
        /// RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW.
        public static final Frame DEFAULT =
                new Frame(Mode.RANGE, Bound.UNBOUNDED_PRECEDING, null, Bound.CURRENT_ROW, null);
    }

    /// How frame bounds count.
    public enum Mode {
        ROWS,
        RANGE,
        GROUPS
    }

    /// A frame bound.
    public enum Bound {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }
}
