package org.cladedb.pgwire.message;

import org.cladedb.error.ErrorFields;

/// The content of an ErrorResponse or NoticeResponse.
///
/// @param severity ERROR, FATAL, WARNING, NOTICE, …
/// @param code SQLSTATE
/// @param fields the position counts characters (code points) from 0
public record Report(String severity, String code, String message, ErrorFields fields) {}
