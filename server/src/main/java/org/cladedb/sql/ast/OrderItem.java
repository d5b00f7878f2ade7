package org.cladedb.sql.ast;

import org.jspecify.annotations.Nullable;

/// One key of an ORDER BY.
///
/// @param operator of `USING operator`, else null
public record OrderItem(
        Expression expression,
        Direction direction,
        NullsOrder nulls,
        @Nullable OperatorName operator,
        int position) {

    public enum Direction {
        DEFAULT,
        ASCENDING,
        DESCENDING
    }

    public enum NullsOrder {
        DEFAULT,
        FIRST,
        LAST
    }

    /// Whether the order descends; PostgreSQL's default is ascending.
    public boolean descending() {
        return direction == Direction.DESCENDING;
    }

    /// Whether nulls come first, with the default resolved: last, or first when descending.
    public boolean nullsFirst() {
        return switch (nulls) {
            case FIRST -> true;
            case LAST -> false;
            case DEFAULT -> descending();
        };
    }
}
