package org.cladedb.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A type as written. Spellings that the grammar knows are resolved to their `pg_catalog` names:
/// `int` is `pg_catalog.int4`, `character varying` is `pg_catalog.varchar`, `timestamp with time
/// zone` is `pg_catalog.timestamptz`, `float(24)` is `pg_catalog.float4`, `char` is
/// `pg_catalog.bpchar` with modifier 1. Any other name is kept as it is.
///
/// @param modifiers the expressions in parentheses, without interval fields
/// @param arrayDimensions one entry per dimension, the given bound or -1
/// @param intervalFields of `interval day to second`: `day to second`, null for none
public record TypeName(
        QualifiedName name,
        List<Expression> modifiers,
        List<Integer> arrayDimensions,
        @Nullable String intervalFields,
        int position) {
    public TypeName {
        modifiers = List.copyOf(modifiers);
        arrayDimensions = List.copyOf(arrayDimensions);
    }

    public static TypeName of(QualifiedName name) {
        return new TypeName(name, List.of(), List.of(), null, name.position());
    }

    public boolean isArray() {
        return !arrayDimensions.isEmpty();
    }
}
