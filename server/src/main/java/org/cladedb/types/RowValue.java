package org.cladedb.types;

import java.util.List;

/// An immutable row.
///
/// @param type the fields
/// @param values one detached cell a field
public record RowValue(SqlType.Row type, List<Datum> values) {
    public RowValue {
        values = List.copyOf(values);
    }
}
