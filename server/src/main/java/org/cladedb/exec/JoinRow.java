package org.cladedb.exec;

import java.util.Arrays;
import org.cladedb.plan.ir.JoinKind;
import org.cladedb.types.Datum;

/// The output cells of a join: those of the left input (copies, where they must become NULL), then
/// those given for the right side.
final class JoinRow {
    private final boolean ownLeft;
    private final Datum[] left;
    private final Datum[] input;
    private final Datum[] cells;

    JoinRow(JoinKind kind, Datum[] leftInput, Datum[] right) {
        input = leftInput;
        ownLeft = kind == JoinKind.RIGHT || kind == JoinKind.FULL;
        left = ownLeft ? Datum.row(leftInput.length) : leftInput;
        if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
            cells = left;
        } else {
            cells = Arrays.copyOf(left, left.length + right.length);
            System.arraycopy(right, 0, cells, left.length, right.length);
        }
    }

    Datum[] cells() {
        return cells;
    }

    /// Takes over the current row of the left input.
    void takeLeft() {
        if (ownLeft) {
            for (int i = 0; i < left.length; i++) {
                left[i].copyFrom(input[i]);
            }
        }
    }

    void setLeftNull() {
        for (Datum cell : left) {
            cell.setNull();
        }
    }
}
