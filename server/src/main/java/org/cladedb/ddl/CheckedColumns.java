package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.Table;

/// The columns that a check mentions.
public final class CheckedColumns {
    private CheckedColumns() {}

    /// Their slots, each once, in the order they stand in the check.
    public static List<Integer> of(Table table, Constraints.CheckConstraint check) {
        List<Integer> slots = new ArrayList<>();
        for (String name : ExpressionColumns.names(check.expression())) {
            Column column = table.column(name);
            if (column != null) {
                slots.add(column.number());
            }
        }
        return slots;
    }
}
