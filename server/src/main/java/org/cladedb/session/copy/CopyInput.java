package org.cladedb.session.copy;

import org.jspecify.annotations.Nullable;

/// The data of COPY FROM STDIN, piece by piece as the client sends it.
public interface CopyInput {
    /// Waits for the next piece; false at the end of the data.
    ///
    /// @throws org.cladedb.error.DatabaseException 57014 when the client gave up
    boolean next();

    /// Holds the piece; valid until the next call of [#next()].
    byte[] buffer();

    int offset();

    int length();

    /// The connection is closed; nobody is there to be told anything.
    final class Gone extends RuntimeException {
        public Gone(String message, @Nullable Throwable cause) {
            super(message, cause, false, false);
        }
    }
}
