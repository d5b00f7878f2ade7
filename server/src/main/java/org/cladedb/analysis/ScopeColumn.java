package org.cladedb.analysis;

import java.util.function.Supplier;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.types.SqlType;

/// A column that can be named.
///
/// @param tableOid the table it comes from unchanged, else 0
/// @param columnNumber its slot there, else 0
/// @param reader makes a new expression that reads it, and marks it as needed
record ScopeColumn(
        String name,
        SqlType type,
        int tableOid,
        int columnNumber,
        Supplier<TypedExpression> reader) {

    TypedExpression read() {
        return reader.get();
    }

    ScopeColumn named(String newName) {
        return new ScopeColumn(newName, type, tableOid, columnNumber, reader);
    }
}
