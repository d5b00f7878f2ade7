package org.cladedb.sql.ast;

import org.jspecify.annotations.Nullable;

/// One item of a SELECT list or RETURNING; the alias is null where none was written.
public record SelectItem(Expression expression, @Nullable String alias, int position) {}
