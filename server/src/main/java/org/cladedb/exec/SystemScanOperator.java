package org.cladedb.exec;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.plan.physical.SystemKey;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Rows of a system table.
final class SystemScanOperator implements Operator {
    private final PhysicalNode.SystemScan node;
    private final @Nullable Evaluator value;
    private final Datum[] row;
    private Iterator<List<Datum>> rows = Collections.emptyIterator();

    /// @param value of the node's key; null when it has none
    SystemScanOperator(PhysicalNode.SystemScan node, @Nullable Evaluator value) {
        this.node = node;
        this.value = value;
        row = Datum.row(node.columns().size());
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        SystemKey key = node.key();
        if (key == null || value == null) {
            rows = context.systemRows(node.table(), null).iterator();
            return;
        }
        List<Datum> values = values(value.evaluate(context), key.any());
        rows =
                values.isEmpty()
                        ? Collections.emptyIterator()
                        : context.systemRows(node.table(), new SystemSearch(key.slot(), values))
                                .iterator();
    }

    /// What the column may be; nothing equals NULL.
    private static List<Datum> values(Datum value, boolean any) {
        if (value.isNull()) {
            return List.of();
        }
        List<Datum> all =
                any && value.object() instanceof ArrayValue array
                        ? array.elements()
                        : List.of(value);
        return all.stream().filter(each -> !each.isNull()).toList();
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
