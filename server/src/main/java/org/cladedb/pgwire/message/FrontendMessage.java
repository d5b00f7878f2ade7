package org.cladedb.pgwire.message;

/// A message from the client after start-up.
///
/// Arrays belong to the message alone; nobody changes them.
public sealed interface FrontendMessage {
    /// A simple query: any number of statements.
    record Query(String sql) implements FrontendMessage {}

    /// Prepares a statement; the empty name is the unnamed one.
    ///
    /// @param parameterTypes type OIDs, 0 where the client leaves the type open
    record Parse(String statement, String sql, int[] parameterTypes) implements FrontendMessage {}

    /// Makes a portal of a prepared statement.
    ///
    /// @param body where the parameter values are
    /// @param offsets the start of each value in `body`
    /// @param lengths the length of each value, -1 for NULL
    /// @param parameterFormats none (all text), one for all, or one each
    /// @param resultFormats likewise for the result columns
    record Bind(
            String portal,
            String statement,
            int[] parameterFormats,
            byte[] body,
            int[] offsets,
            int[] lengths,
            int[] resultFormats)
            implements FrontendMessage {}

    /// Asks for the description of a statement, or of a portal.
    record Describe(boolean isPortal, String name) implements FrontendMessage {}

    /// Runs a portal; `rowsMax` 0 means all rows.
    record Execute(String portal, int rowsMax) implements FrontendMessage {}

    /// Closes a statement or portal.
    record Close(boolean isPortal, String name) implements FrontendMessage {}

    /// Ends a series of extended messages.
    record Sync() implements FrontendMessage {}

    /// Asks for what is buffered.
    record Flush() implements FrontendMessage {}

    /// COPY data; the bytes are valid until the next message is read.
    record CopyData(byte[] buffer, int offset, int length) implements FrontendMessage {}

    /// The end of COPY data.
    record CopyDone() implements FrontendMessage {}

    /// The client gives up a COPY.
    record CopyFail(String message) implements FrontendMessage {}

    /// The obsolete call of a function by OID.
    record FunctionCall() implements FrontendMessage {}

    /// Good bye.
    record Terminate() implements FrontendMessage {}
}
