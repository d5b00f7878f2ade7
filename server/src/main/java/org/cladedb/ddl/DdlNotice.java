package org.cladedb.ddl;

import org.cladedb.error.Origin;
import org.cladedb.error.SqlState;
import org.jspecify.annotations.Nullable;

/// A NOTICE of a DDL statement.
public record DdlNotice(SqlState state, String message, @Nullable String detail, Origin origin) {}
