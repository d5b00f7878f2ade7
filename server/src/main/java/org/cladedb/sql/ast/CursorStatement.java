package org.cladedb.sql.ast;

import org.jspecify.annotations.Nullable;

/// Cursors of SQL.
public sealed interface CursorStatement extends Statement {
    /// @param scroll null if neither SCROLL nor NO SCROLL was written
    record Declare(
            String name,
            boolean binary,
            boolean insensitive,
            @Nullable Boolean scroll,
            boolean hold,
            SelectStatement query,
            int position)
            implements CursorStatement {}

    /// FETCH, or MOVE when `move`.
    ///
    /// @param count rows for FORWARD and BACKWARD, a row number for ABSOLUTE and RELATIVE;
    ///   [Long#MAX_VALUE] for ALL
    record Fetch(boolean move, FetchDirection direction, long count, String cursor, int position)
            implements CursorStatement {}

    enum FetchDirection {
        FORWARD,
        BACKWARD,
        ABSOLUTE,
        RELATIVE
    }

    /// @param cursor null for ALL
    record Close(@Nullable String cursor, int position) implements CursorStatement {}
}
