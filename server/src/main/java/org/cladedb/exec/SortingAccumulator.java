package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.functions.AggregateFunction;
import org.cladedb.functions.EvaluationContext;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Keeps the rows of a group and aggregates them in the order of ORDER BY, then (for DISTINCT) of
/// the arguments; PostgreSQL gives distinct values in that order too.
///
/// Rows come as the arguments followed by the sort keys.
final class SortingAccumulator implements AggregateFunction.Accumulator {
    private final AggregateFunction function;
    private final RowSorter sorter;
    private final int argumentCount;
    private final Datum[] current;
    private final Datum[] keyValues;
    private final @Nullable RowSet seen;

    SortingAccumulator(
            AggregateFunction function,
            List<SqlType> argumentTypes,
            List<SortColumn> orderBy,
            boolean distinct,
            WorkSpace space) {
        this.function = function;
        argumentCount = argumentTypes.size();
        List<SortColumn> columns = new ArrayList<>(orderBy);
        if (distinct) {
            for (SqlType type : argumentTypes) {
                columns.add(new SortColumn(type, false, false));
            }
        }
        sorter = new RowSorter(argumentTypes, columns, space);
        current = Datum.row(argumentCount);
        keyValues = new Datum[columns.size()];
        seen = distinct ? new RowSet(argumentTypes, space.memory()) : null;
    }

    @Override
    public void add(Datum[] values, EvaluationContext context) {
        if (seen != null && !seen.add(values)) {
            return;
        }
        int orderCount = values.length - argumentCount;
        System.arraycopy(values, argumentCount, keyValues, 0, orderCount);
        System.arraycopy(values, 0, keyValues, orderCount, keyValues.length - orderCount);
        sorter.add(values, keyValues);
    }

    @Override
    public void result(Datum out, EvaluationContext context) {
        sorter.sort();
        AggregateFunction.Accumulator target = function.newAccumulator();
        while (sorter.next(current)) {
            target.add(current, context);
        }
        target.result(out, context);
    }
}
