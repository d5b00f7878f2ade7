package org.cladedb.encoding;

import org.cladedb.types.SqlType;

/// One column of a key.
///
/// @param descending larger values first
/// @param nullsFirst NULLs before all values, whatever the direction of the values
public record KeyPart(SqlType type, boolean descending, boolean nullsFirst) {
    /// Ascending, NULLs last: the default of an index column and of primary keys.
    public static KeyPart ascending(SqlType type) {
        return new KeyPart(type, false, false);
    }
}
