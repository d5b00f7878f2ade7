package org.cladedb.sql.ast;

import org.jspecify.annotations.Nullable;

/// An operator symbol; `!=` is already `<>`. The schema is null unless `OPERATOR(schema.symbol)`.
public record OperatorName(@Nullable String schema, String symbol) {
    public static OperatorName of(String symbol) {
        return new OperatorName(null, symbol);
    }
}
