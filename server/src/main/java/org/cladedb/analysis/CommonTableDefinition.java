package org.cladedb.analysis;

import org.cladedb.plan.ir.OutputColumn;

import java.util.List;

/// A common table expression that queries may name.
///
/// @param columns with the names it is known by
record CommonTableDefinition(int id, String name, List<OutputColumn> columns) {
    CommonTableDefinition {
        columns = List.copyOf(columns);
    }
}
