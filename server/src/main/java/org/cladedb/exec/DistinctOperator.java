package org.cladedb.exec;

import java.util.List;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;

/// Passes on each row when it first comes.
final class DistinctOperator implements Operator {
    private final Operator input;
    private final RowSet seen;

    DistinctOperator(Operator input, List<SqlType> types, MemoryAccount memory) {
        this.input = input;
        seen = new RowSet(types, memory);
    }

    @Override
    public Datum[] row() {
        return input.row();
    }

    @Override
    public void open(ExecutionContext context) {
        seen.clear();
        input.open(context);
    }

    @Override
    public boolean next() {
        while (input.next()) {
            if (seen.add(input.row())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        input.close();
        seen.clear();
    }
}
