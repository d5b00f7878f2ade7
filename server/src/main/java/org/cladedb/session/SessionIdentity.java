package org.cladedb.session;

/// Who a session is for, as the client said at start-up.
///
/// @param clientAddress for display; empty when there is none
public record SessionIdentity(String user, String database, String clientAddress) {}
