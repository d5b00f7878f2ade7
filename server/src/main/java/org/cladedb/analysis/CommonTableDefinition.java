package org.cladedb.analysis;

import java.util.List;
import org.cladedb.plan.ir.OutputColumn;

/// A common table expression that queries may name.
///
/// @param columns with the names it is known by
/// @param inside whether its own recursive part is being analysed
/// @param hasRows whether it can be read: a modification without RETURNING cannot
record CommonTableDefinition(
        int id, String name, List<OutputColumn> columns, boolean inside, boolean hasRows) {
    CommonTableDefinition {
        columns = List.copyOf(columns);
    }
}
