package org.cladedb.plan.ir;

import org.cladedb.types.SqlType;

/// A column that a plan node produces.
///
/// @param id unique in the statement
/// @param name as shown to the client
/// @param tableOid where it comes from unchanged, for RowDescription; 0 for computed columns
/// @param columnNumber its slot there; 0 for computed columns
public record OutputColumn(int id, String name, SqlType type, int tableOid, int columnNumber) {
    /// A computed column.
    public static OutputColumn computed(int id, String name, SqlType type) {
        return new OutputColumn(id, name, type, 0, 0);
    }

    public OutputColumn named(String newName) {
        return new OutputColumn(id, newName, type, tableOid, columnNumber);
    }

    /// An expression that reads this column.
    public TypedExpression.ColumnReference reference() {
        return new TypedExpression.ColumnReference(id, type, name);
    }
}
