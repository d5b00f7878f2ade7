package org.cladedb.exec;

import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// The rows that UPDATE or DELETE has met already: a join may give one more than once, and the
/// first time counts.
final class LocatorSet {
    private final boolean active;
    private final RowSet seen;
    private final Datum[] probe = new Datum[1];

    /// @param active false when the input cannot repeat a row: then nothing is kept
    LocatorSet(boolean active, PlanState state) {
        this.active = active;
        seen = RowSet.spilling(List.of(SqlType.BYTEA), state);
    }

    /// Whether the row is met for the first time.
    boolean add(Datum locator) {
        probe[0] = locator;
        return !active || seen.add(probe);
    }

    void clear() {
        seen.clear();
    }
}
