package org.cladedb.session;

import org.cladedb.session.copy.CopyInput;
import org.cladedb.session.copy.CopyOutput;
import org.cladedb.types.Datum;
import org.cladedb.types.TypeContext;

/// Where the results of statements go: the other end of the connection.
///
/// For each statement: nothing or `startRows`, then rows; or a COPY; then one of the ends. Called
/// by the session's thread.
public interface ResultReceiver {
    /// Rows of this shape follow.
    ///
    /// @param announce whether the client has to be told the shape (simple queries)
    void startRows(ResultShape shape, TypeContext types, boolean announce);

    /// One row; the cells are read during the call.
    void row(Datum[] cells);

    /// The statement is complete.
    void complete(String commandTag);

    /// There was no statement in the text.
    void emptyQuery();

    /// The row limit was reached; the portal may have more.
    void suspended();

    void notice(Notice notice);

    /// Starts COPY FROM STDIN with this many columns.
    CopyInput copyIn(int columns, boolean binary);

    /// Starts COPY TO STDOUT with this many columns.
    CopyOutput copyOut(int columns, boolean binary);
}
