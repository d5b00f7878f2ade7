package org.cladedb.exec;

import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Sorts its input; with a limit it keeps only that many first rows.
final class SortOperator implements Operator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Operator input;
    private final Evaluator[] keys;
    private final @Nullable Evaluator limit;
    private final RowSorter sorter;
    private final Datum[] keyValues;
    private final Datum[] row;
    private int position;
    private int size;

    SortOperator(Operator input, Evaluator[] keys, @Nullable Evaluator limit, RowSorter sorter) {
        this.input = input;
        this.keys = keys;
        this.limit = limit;
        this.sorter = sorter;
        keyValues = new Datum[keys.length];
        row = Datum.row(input.row().length);
    }

    @Override
    public Datum[] row() {
        return row;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        sorter.begin(limit == null ? Long.MAX_VALUE : RowLimit.of(limit, context));
        input.open(context);
        int count = 0;
        while (input.next()) {
            if ((++count & CANCEL_CHECK_MASK) == 0) {
                context.checkCancelled();
            }
            for (int i = 0; i < keys.length; i++) {
                keyValues[i] = keys[i].evaluate(context);
            }
            sorter.add(input.row(), keyValues);
        }
        input.close();
        sorter.sort();
        size = sorter.size();
    }

    @Override
    public boolean next() {
        if (position == size) {
            return false;
        }
        sorter.read(position++, row);
        return true;
    }

    @Override
    public void close() {
        position = 0;
        size = 0;
        input.close();
        sorter.clear();
    }
}
