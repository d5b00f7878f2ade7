package org.cladedb.exec;

import java.util.List;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;

/// The input rows of a window node, by number. Expressions of window calls are compiled against
/// [#cells()], into which any row can be loaded.
final class WindowRows {
    private final RowBuffer rows;
    private final Datum[] cells;

    WindowRows(List<OutputColumn> columns, PlanState state) {
        rows = RowBuffer.of(columns, state);
        cells = Datum.row(columns.size());
    }

    Datum[] cells() {
        return cells;
    }

    int size() {
        return rows.size();
    }

    void add(Datum[] row) {
        rows.add(row);
    }

    void load(int number) {
        rows.read(number, cells);
    }

    void clear() {
        rows.clear();
    }
}
