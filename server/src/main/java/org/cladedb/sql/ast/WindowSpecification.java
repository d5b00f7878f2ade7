package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows OVER, or a definition in the WINDOW clause.
///
/// @param name of `OVER name` when `reference`, else the existing window that is refined; null for
///   none
/// @param reference whether this is `OVER name` without parentheses
/// @param frame null for the default frame
public record WindowSpecification(
        @Nullable String name,
        boolean reference,
        List<Expression> partitionBy,
        List<OrderItem> orderBy,
        @Nullable Frame frame,
        int position) {
    public WindowSpecification {
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
    }

    /// A frame; without BETWEEN the end is CURRENT ROW.
    public record Frame(
            FrameUnit unit, FrameBound start, FrameBound end, Exclusion exclusion, int position) {}

    public enum FrameUnit {
        ROWS,
        RANGE,
        GROUPS
    }

    /// @param offset given for the kinds with OFFSET only
    public record FrameBound(FrameBoundKind kind, @Nullable Expression offset, int position) {}

    public enum FrameBoundKind {
        UNBOUNDED_PRECEDING,
        OFFSET_PRECEDING,
        CURRENT_ROW,
        OFFSET_FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }
}
