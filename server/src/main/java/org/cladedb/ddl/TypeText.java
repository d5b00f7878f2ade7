package org.cladedb.ddl;

import org.cladedb.types.SqlType;

/// Types as SQL text, with their modifiers.
final class TypeText {
    private TypeText() {}

    static String of(SqlType type) {
        return org.cladedb.types.TypeNames.format(type);
    }
}
