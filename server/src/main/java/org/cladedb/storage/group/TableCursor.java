package org.cladedb.storage.group;

import org.cladedb.types.Datum;

/// Rows of one table, one after the other. Owned by one thread.
public interface TableCursor extends AutoCloseable {
    /// Moves to the next row; false at the end.
    boolean next();

    /// Fills `out[i]` with the i-th of the slots the cursor was opened for. Cells may point into
    /// stored bytes: valid until the next call of `next` (for ever where the engine's values are
    /// stable).
    void read(Datum[] out);

    /// A copy of the current row's key in its group space, by which [TableWriter] finds it again.
    byte[] hkey();

    @Override
    void close();
}
