package org.cladedb.exec;

import org.cladedb.types.Datum;

/// One row of no columns.
final class SingleRowOperator implements Operator {
    private final Datum[] row = {};
    private boolean given;

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        given = false;
    }

    @Override
    public boolean next() {
        boolean first = !given;
        given = true;
        return first;
    }

    @Override
    public void close() {
        given = true;
    }
}
