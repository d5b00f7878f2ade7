package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Tells the first of equal rows from the others. When there are more than fit in memory, rows that
/// are not known are put off, and come again in later rounds.
///
/// Calls: any number of `add`; then `nextRound`, and for each row of `next` again `add`, until
/// `nextRound` is false; `clear`.
final class DistinctRows {
    private final RowSet seen;
    private final List<SqlType> types;
    private final WorkSpace space;
    private @Nullable DeferredRows deferred;
    private boolean full;

    DistinctRows(List<SqlType> types, WorkSpace space) {
        this.types = types;
        this.space = space;
        seen = new RowSet(types, space.memory());
    }

    /// Whether the row is the first of its kind; false as well when it is put off.
    boolean add(Datum[] row) {
        if (!full) {
            boolean first = seen.add(row);
            if (first && seen.hasGrown()) {
                full = space.isFullBy(seen.usedBytes());
            }
            return first;
        }
        if (seen.find(row) < 0) {
            defer(row);
        }
        return false;
    }

    /// Puts a row off; nobody has added one equal to it.
    void defer(Datum[] row) {
        DeferredRows rows = deferred;
        if (rows == null) {
            rows = new DeferredRows(types, space);
            deferred = rows;
        }
        rows.defer(seen.hash(row), row);
    }

    /// Starts with rows that were put off; false when there are none.
    boolean nextRound() {
        if (deferred == null || !deferred.nextRound()) {
            return false;
        }
        seen.clear();
        full = false;
        return true;
    }

    /// Reads the next row of the round; false at its end.
    boolean next(Datum[] out) {
        return deferred != null && deferred.next(out);
    }

    void clear() {
        seen.clear();
        if (deferred != null) {
            deferred.clear();
            deferred = null;
        }
        full = false;
    }
}
