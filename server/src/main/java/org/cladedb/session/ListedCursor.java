package org.cladedb.session;

/// A cursor as `pg_cursors` shows it.
public record ListedCursor(
        String name, String statement, boolean holdable, boolean binary, long createdMicros) {}
