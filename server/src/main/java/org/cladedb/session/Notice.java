package org.cladedb.session;

import org.cladedb.error.ErrorFields;
import org.cladedb.error.Origin;
import org.cladedb.error.SqlState;

/// A message to the client that is no error.
///
/// @param origin where it came up
public record Notice(
        Severity severity, SqlState state, String message, ErrorFields fields, Origin origin) {
    /// In the order of `client_min_messages`.
    public enum Severity {
        DEBUG,
        LOG,
        NOTICE,
        WARNING,
        INFO
    }

    public static Notice warning(SqlState state, String message) {
        return new Notice(Severity.WARNING, state, message, ErrorFields.NONE, Origin.ofCaller());
    }

    public static Notice notice(String message) {
        return new Notice(
                Severity.NOTICE,
                SqlState.SUCCESSFUL_COMPLETION,
                message,
                ErrorFields.NONE,
                Origin.ofCaller());
    }
}
