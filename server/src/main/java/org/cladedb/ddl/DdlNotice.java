package org.cladedb.ddl;

import org.cladedb.error.Origin;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// A NOTICE or WARNING of a DDL statement.
public record DdlNotice(
        boolean warning, SqlState state, String message, @Nullable String detail, Origin origin) {}
