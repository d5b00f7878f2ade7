package org.cladedb.exec;

import org.cladedb.types.Datum;

/// Reads a common table from its beginning; inside the recursive part, the rows of the step before.
final class CommonTableScanOperator implements Operator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final CommonTableData table;
    private final boolean readsStep;
    private final PlanState state;
    private final Datum[] row;
    private int position;
    private int end;

    CommonTableScanOperator(CommonTableData table, int columnCount, PlanState state) {
        this.table = table;
        this.state = state;
        readsStep = table.isInsideRecursion();
        row = Datum.row(columnCount);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        position = readsStep ? table.stepStart() : 0;
        end = readsStep ? table.stepEnd() : Integer.MAX_VALUE;
    }

    @Override
    public boolean next() {
        if (position >= end || (!readsStep && !table.has(position))) {
            return false;
        }
        if ((position & CANCEL_CHECK_MASK) == CANCEL_CHECK_MASK) {
            state.context().checkCancelled();
        }
        table.read(position++, row);
        return true;
    }

    @Override
    public void close() {
        end = 0;
    }
}
