package org.cladedb.storage.group;

import java.util.List;
import org.cladedb.catalog.Table;
import org.cladedb.types.Datum;

/// What a table's definition asks of each of its rows by itself: defaults, generated columns, NOT
/// NULL and CHECK. Statements compute these for the rows that they write; this is for rows that
/// change on account of others. Owned by one thread, for one statement.
public interface RowRules {
    /// Gives the rules of tables. Expressions belong to layers above this package.
    @FunctionalInterface
    interface Source {
        RowRules of(Table table);
    }

    /// Fills these slots of `row` with their columns' defaults, computed anew.
    void setDefaults(Datum[] row, List<Integer> slots);

    /// Computes the generated columns of `row`, all other cells of which are filled, and checks it.
    ///
    /// @throws org.cladedb.error.DatabaseException 23502, 23514, or what an expression fails with
    void complete(Datum[] row);
}
