package org.cladedb.exec;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.types.Datum;

/// Rows of a system table.
final class SystemScanOperator implements Operator {
    private final PhysicalNode.SystemScan node;
    private final Datum[] row;
    private Iterator<List<Datum>> rows = Collections.emptyIterator();

    SystemScanOperator(PhysicalNode.SystemScan node) {
        this.node = node;
        row = Datum.row(node.columns().size());
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        rows = context.systemRows(node.table()).iterator();
    }

    @Override
    public boolean next() {
        if (!rows.hasNext()) {
            return false;
        }
        List<Datum> values = rows.next();
        for (int i = 0; i < row.length; i++) {
            row[i].copyFrom(values.get(node.slots().get(i) - 1));
        }
        return true;
    }

    @Override
    public void close() {
        rows = Collections.emptyIterator();
    }
}
