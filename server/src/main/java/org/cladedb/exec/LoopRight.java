package org.cladedb.exec;

import java.util.List;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.types.Datum;

/// The right side of a nested loop: run again for each left row, or run once and kept.
final class LoopRight {
    private final Operator input;
    private final boolean rescan;
    private final RowBuffer rows;
    private final Datum[] candidate;
    private final Datum[] row;
    private final boolean copies;
    private boolean filled;
    private int position;

    LoopRight(
            Operator input,
            List<OutputColumn> columns,
            boolean rescan,
            JoinKind kind,
            PlanState state) {
        this.input = input;
        this.rescan = rescan;
        rows = RowBuffer.of(columns, state);
        candidate = rescan ? input.row() : Datum.row(columns.size());
        // A LEFT join sets its output to NULL, which the input's cells are not for.
        copies = rescan && kind == JoinKind.LEFT;
        row = copies ? Datum.row(columns.size()) : candidate;
    }

    /// The cells of the row that the condition is tried on.
    Datum[] candidate() {
        return candidate;
    }

    /// The cells given out.
    Datum[] row() {
        return row;
    }

    /// Starts for a new left row.
    void start(ExecutionContext context) {
        if (rescan) {
            input.open(context);
        } else {
            fill(context);
            position = 0;
        }
    }

    /// Reads the input, when it is kept and was not read yet.
    void fill(ExecutionContext context) {
        if (filled || rescan) {
            return;
        }
        input.open(context);
        while (input.next()) {
            rows.add(input.row());
        }
        input.close();
        filled = true;
    }

    boolean next() {
        if (rescan) {
            return input.next();
        }
        if (position == rows.size()) {
            return false;
        }
        rows.read(position++, candidate);
        return true;
    }

    /// The number of the current row; only where rows are kept.
    int number() {
        return position - 1;
    }

    int size() {
        return rows.size();
    }

    void read(int number) {
        rows.read(number, candidate);
    }

    void takeCandidate() {
        if (copies) {
            for (int i = 0; i < row.length; i++) {
                row[i].copyFrom(candidate[i]);
            }
        }
    }

    void setRowNull() {
        for (Datum cell : row) {
            cell.setNull();
        }
    }

    void close() {
        input.close();
        rows.clear();
        filled = false;
    }
}
