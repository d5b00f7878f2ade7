package org.cladedb.server;

import org.cladedb.error.SqlState;

/// A command cannot do what it should; the message says why, in one line for the user.
final class CommandFailure extends RuntimeException {
    private final String state;

    CommandFailure(String message) {
        this(message, "");
    }

    /// @param state the SQLSTATE when a server said so
    CommandFailure(String message, String state) {
        super(message);
        this.state = state;
    }

    boolean is(SqlState other) {
        return state.equals(other.code());
    }
}
