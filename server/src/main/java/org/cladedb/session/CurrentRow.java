package org.cladedb.session;

import java.util.List;
import org.cladedb.catalog.Table;
import org.cladedb.functions.SetFunction;
import org.cladedb.plan.ir.LogicalNode;
import org.cladedb.types.Datum;

/// One row of a table that a plan reads instead of the table. Owned by one thread.
final class CurrentRow {
    private Datum[] row;

    CurrentRow(Table table) {
        row = Datum.row(table.columns().size());
    }

    /// Sets the row by reference.
    void set(Datum[] newRow) {
        row = newRow;
    }

    /// What takes the place of `scan`.
    LogicalNode scan(LogicalNode.TableScan scan) {
        List<Integer> slots = scan.slots();
        return RowFunction.scan("current_row", () -> rows(slots), scan.slotColumns());
    }

    private SetFunction.Rows rows(List<Integer> slots) {
        return new SetFunction.Rows() {
            private boolean given;

            @Override
            public boolean next(Datum[] out) {
                if (given) {
                    return false;
                }
                given = true;
                for (int i = 0; i < slots.size(); i++) {
                    out[i].copyFrom(row[slots.get(i) - 1]);
                }
                return true;
            }
        };
    }
}
