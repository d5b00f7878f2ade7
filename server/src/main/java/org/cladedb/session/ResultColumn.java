package org.cladedb.session;

import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.SqlType;

/// A column of a result as the client sees it.
///
/// @param type its type; json for nested results, whose cells hold JSON text
/// @param tableOid where it comes from unchanged; 0 for computed columns
/// @param columnNumber its number there; 0 for computed columns
public record ResultColumn(String name, SqlType type, int tableOid, int columnNumber) {
    /// A computed column.
    public static ResultColumn of(String name, SqlType type) {
        return new ResultColumn(name, type, 0, 0);
    }

    static ResultColumn of(OutputColumn column, SqlType type) {
        return new ResultColumn(column.name(), type, column.tableOid(), column.columnNumber());
    }
}
