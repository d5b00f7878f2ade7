package org.cladedb.exec;

import java.util.Arrays;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.storage.group.TableCursor;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Rows of one table, found by one access path.
final class ScanOperator implements Operator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final TableAccess access;
    private final PlanState state;
    private final Datum[] row;
    private final Datum[] slotCells;
    private final @Nullable Datum locator;
    private @Nullable TableCursor cursor;
    private int count;

    ScanOperator(PhysicalNode.Scan node, TableAccess access, PlanState state) {
        this.access = access;
        this.state = state;
        row = Datum.row(node.columns().size());
        slotCells = Arrays.copyOf(row, node.slots().size());
        locator = node.locator() == null ? null : row[row.length - 1];
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        cursor = access.open(context);
    }

    @Override
    public boolean next() {
        TableCursor current = cursor;
        if (current == null) {
            return false;
        }
        if ((++count & CANCEL_CHECK_MASK) == 0) {
            state.context().checkCancelled();
        }
        if (!current.next()) {
            close();
            return false;
        }
        current.read(slotCells);
        if (locator != null) {
            locator.setBytes(current.hkey());
        }
        return true;
    }

    @Override
    public void close() {
        TableCursor current = cursor;
        if (current != null) {
            cursor = null;
            current.close();
        }
    }
}
