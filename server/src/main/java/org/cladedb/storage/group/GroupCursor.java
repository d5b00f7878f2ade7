package org.cladedb.storage.group;

import org.cladedb.types.Datum;

/// Rows of several tables of a group in hkey order: each row right before its descendants. Owned by
/// one thread.
public interface GroupCursor extends AutoCloseable {
    /// Moves to the next row of any of the tables asked for; false at the end.
    boolean next();

    /// Which table the current row is of: an index into the list the cursor was opened with.
    int member();

    /// Fills `out[i]` with the i-th of the slots asked for of the current row's table.
    void read(Datum[] out);

    /// Whether the current row is a descendant of the row last seen of `ancestorMember` (false for
    /// orphans, and when none was seen).
    boolean isBelow(int ancestorMember);

    /// Passes over all descendants of the current row.
    void skipDescendants();

    @Override
    void close();
}
