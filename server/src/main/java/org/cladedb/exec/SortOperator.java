package org.cladedb.exec;

import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Sorts its input; with a limit it keeps only that many first rows.
final class SortOperator implements SpillingOperator {
    private static final int CANCEL_CHECK_MASK = 1023;

    private final Operator input;
    private final Evaluator[] keys;
    private final @Nullable Evaluator limit;
    private final RowSorter sorter;
    private final SpillCounters counters;
    private final Datum[] keyValues;
    private final Datum[] row;

    SortOperator(
            Operator input,
            Evaluator[] keys,
            @Nullable Evaluator limit,
            RowSorter sorter,
            WorkSpace space) {
        this.input = input;
        this.keys = keys;
        this.limit = limit;
        this.sorter = sorter;
        counters = space.counters();
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
        counters.clear();
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
    }

    @Override
    public SpillCounters spilled() {
        return counters;
    }

    @Override
    public boolean next() {
        return sorter.next(row);
    }

    @Override
    public void close() {
        input.close();
        sorter.clear();
    }
}
