package org.cladedb.exec;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;

/// One lookup after the other, for the distinct elements of an array in key order.
final class EachScanOperator implements Operator {
    private final Operator lookup;
    private final Evaluator array;
    private final Datum key;
    private final DatumComparator order;
    private final PlanState state;
    private List<Datum> keys = List.of();
    private int position;
    private boolean lookupIsOpen;

    /// @param lookup a scan whose path reads the cell `key`
    /// @param order the order of keys in which the lookups run
    EachScanOperator(
            Operator lookup, Evaluator array, Datum key, DatumComparator order, PlanState state) {
        this.lookup = lookup;
        this.array = array;
        this.key = key;
        this.order = order;
        this.state = state;
    }

    @Override
    public Datum[] row() {
        return lookup.row();
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        Datum value = array.evaluate(context);
        keys = value.isNull() ? List.of() : distinct(value.arrayValue().elements());
        position = 0;
    }

    private List<Datum> distinct(List<Datum> elements) {
        List<Datum> sorted = new ArrayList<>(elements.size());
        for (Datum element : elements) {
            if (!element.isNull()) {
                sorted.add(element);
            }
        }
        sorted.sort(order::compare);
        List<Datum> distinct = new ArrayList<>(sorted.size());
        for (Datum element : sorted) {
            if (distinct.isEmpty() || order.compare(distinct.getLast(), element) != 0) {
                distinct.add(element);
            }
        }
        return distinct;
    }

    @Override
    public boolean next() {
        while (true) {
            if (lookupIsOpen && lookup.next()) {
                return true;
            }
            if (position == keys.size()) {
                close();
                return false;
            }
            state.context().checkCancelled();
            key.copyFrom(keys.get(position++));
            lookup.open(state.context());
            lookupIsOpen = true;
        }
    }

    @Override
    public void close() {
        lookupIsOpen = false;
        keys = List.of();
        position = 0;
        lookup.close();
    }
}
