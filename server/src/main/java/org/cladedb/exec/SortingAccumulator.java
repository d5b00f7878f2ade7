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
/// Rows come as the arguments followed by the sort keys. Equal ones are left out when they come, as
/// long as there is memory to know them, and otherwise when they follow one another in order.
final class SortingAccumulator implements AggregateFunction.Accumulator {
    private final AggregateFunction function;
    private final RowSorter sorter;
    private final int argumentCount;
    private final Datum[] current;
    private final Datum[] keyValues;
    private final List<SqlType> types;
    private final WorkSpace space;
    private final @Nullable RowEquality equality;
    private @Nullable RowSet seen;

    SortingAccumulator(
            AggregateFunction function,
            List<SqlType> argumentTypes,
            List<SortColumn> orderBy,
            boolean distinct,
            WorkSpace space) {
        this.function = function;
        this.space = space;
        types = List.copyOf(argumentTypes);
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
        equality = distinct ? new RowEquality(argumentTypes) : null;
        seen = distinct ? new RowSet(argumentTypes, space.memory()) : null;
    }

    @Override
    public void add(Datum[] values, EvaluationContext context) {
        if (isKnown(values)) {
            return;
        }
        int orderCount = values.length - argumentCount;
        System.arraycopy(values, argumentCount, keyValues, 0, orderCount);
        System.arraycopy(values, 0, keyValues, orderCount, keyValues.length - orderCount);
        sorter.add(values, keyValues);
    }

    private boolean isKnown(Datum[] values) {
        RowSet known = seen;
        if (known == null) {
            return false;
        }
        if (!known.add(values)) {
            return true;
        }
        if (known.hasGrown() && space.isFullBy(known.usedBytes())) {
            known.clear();
            seen = null;
        }
        return false;
    }

    @Override
    public void result(Datum out, EvaluationContext context) {
        sorter.sort();
        AggregateFunction.Accumulator target = function.newAccumulator();
        if (equality == null || seen != null) {
            while (sorter.next(current)) {
                target.add(current, context);
            }
        } else {
            addDistinct(equality, target, context);
        }
        target.result(out, context);
    }

    private void addDistinct(
            RowEquality same, AggregateFunction.Accumulator target, EvaluationContext context) {
        RowBuffer last = new RowBuffer(types, space.memory());
        Datum[] before = Datum.row(argumentCount);
        while (sorter.next(current)) {
            if (last.size() > 0) {
                last.read(0, before);
            }
            if (last.size() == 0 || !same.isEqual(before, current)) {
                target.add(current, context);
                last.clear();
                last.add(current);
            }
        }
        last.clear();
    }
}
