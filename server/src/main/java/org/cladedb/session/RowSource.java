package org.cladedb.session;

import org.cladedb.types.Datum;

/// The rows of a portal, read once. Owned by the session's thread.
interface RowSource extends AutoCloseable {
    boolean next();

    /// The cells of the current row, valid until the next call of [#next()].
    Datum[] row();

    @Override
    void close();
}
