package org.cladedb.txn;

/// What CREATE DATABASE asks for.
///
/// @param templateName the database to be copied
/// @param template whether the new one is protected as a template
/// @param connectionsMax -1 for no limit
public record NewDatabase(
        String name,
        String templateName,
        boolean template,
        boolean allowsConnections,
        int connectionsMax) {}
