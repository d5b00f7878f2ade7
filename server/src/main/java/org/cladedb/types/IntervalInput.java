package org.cladedb.types;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;

/// Reads intervals.
final class IntervalInput {
    private IntervalInput() {}

    static void read(String text, int modifier, TypeContext context, Datum out) {
        throw new DatabaseException(
                SqlState.FEATURE_NOT_SUPPORTED, "reading intervals is not supported yet");
    }
}
