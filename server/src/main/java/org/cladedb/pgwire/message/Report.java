package org.cladedb.pgwire.message;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.ErrorFields;
import org.cladedb.error.Origin;

/// The content of an ErrorResponse or NoticeResponse.
///
/// @param severity ERROR, FATAL, WARNING, NOTICE, …
/// @param code SQLSTATE
/// @param fields the position counts characters (code points) from 0
/// @param origin where it came up
public record Report(
        String severity, String code, String message, ErrorFields fields, Origin origin) {
    /// @param severity ERROR or FATAL
    public static Report of(String severity, DatabaseException failure) {
        return new Report(
                severity,
                failure.state().code(),
                failure.message(),
                failure.fields(),
                failure.origin());
    }
}
