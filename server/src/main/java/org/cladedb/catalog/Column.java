package org.cladedb.catalog;

import java.util.Set;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// A column of a table or view.
///
/// @param number 1-based slot (`attnum`), fixed for ever
/// @param defaultExpression SQL text; null for none; for GENERATED … STORED the generation
///   expression
/// @param dropped dropped columns keep their slot and read as NULL
/// @param missingValue what rows written before the column was added read as, in text form; null
///   for NULL
/// @param collation the name of an explicit collation, null for the default
public record Column(
        int number,
        String name,
        SqlType type,
        boolean notNull,
        @Nullable String defaultExpression,
        Generation generation,
        boolean dropped,
        @Nullable String missingValue,
        @Nullable String collation) {

    /// The names of PostgreSQL's system columns, which no other column may have.
    public static final Set<String> SYSTEM_NAMES =
            Set.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");

    /// How values come to be when the user gives none.
    public enum Generation {
        NONE,
        IDENTITY_ALWAYS,
        IDENTITY_BY_DEFAULT,
        STORED
    }

    /// A plain nullable column.
    public static Column of(int number, String name, SqlType type) {
        return new Column(number, name, type, false, null, Generation.NONE, false, null, null);
    }

    public boolean isIdentity() {
        return generation == Generation.IDENTITY_ALWAYS
                || generation == Generation.IDENTITY_BY_DEFAULT;
    }
}
