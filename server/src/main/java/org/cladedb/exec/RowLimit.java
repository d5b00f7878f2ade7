package org.cladedb.exec;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;

/// The values of LIMIT and OFFSET.
final class RowLimit {
    private RowLimit() {}

    /// LIMIT; NULL is no limit.
    static long of(Evaluator limit, ExecutionContext context) {
        Datum value = limit.evaluate(context);
        if (value.isNull()) {
            return Long.MAX_VALUE;
        }
        if (value.longValue() < 0) {
            throw new DatabaseException(
                    SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE, "LIMIT must not be negative");
        }
        return value.longValue();
    }

    /// FETCH FIRST … WITH TIES.
    static long withTies(Evaluator limit, ExecutionContext context) {
        if (limit.evaluate(context).isNull()) {
            throw new DatabaseException(
                    SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE,
                    "row count cannot be null in FETCH FIRST ... WITH TIES clause");
        }
        return of(limit, context);
    }

    /// OFFSET; NULL is none.
    static long ofOffset(Evaluator offset, ExecutionContext context) {
        Datum value = offset.evaluate(context);
        if (value.isNull()) {
            return 0;
        }
        if (value.longValue() < 0) {
            throw new DatabaseException(
                    SqlState.INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE,
                    "OFFSET must not be negative");
        }
        return value.longValue();
    }
}
