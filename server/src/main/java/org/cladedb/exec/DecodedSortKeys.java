package org.cladedb.exec;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;
import org.cladedb.types.DatumComparator;
import org.jspecify.annotations.Nullable;

/// Sort keys of types that have an order but no key bytes, compared value by value.
final class DecodedSortKeys implements SortKeys {
    private final List<SortColumn> columns;
    private final DatumComparator[] comparators;
    private RowBuffer keys;
    private final Datum[] first;
    private final Datum[] second;
    // Made when it is needed.
    private @Nullable RowBytes bytes;

    DecodedSortKeys(List<SortColumn> columns, MemoryAccount memory) {
        this.columns = columns;
        comparators =
                columns.stream()
                        .map(column -> DatumComparator.of(column.type()))
                        .toArray(DatumComparator[]::new);
        keys = new RowBuffer(columns.stream().map(SortColumn::type).toList(), memory);
        first = Datum.row(columns.size());
        second = Datum.row(columns.size());
    }

    @Override
    public void add(Datum[] values) {
        keys.add(values);
    }

    @Override
    public void prepare() {}

    @Override
    public int compare(int left, int right) {
        keys.read(left, first);
        return compareTo(first, right);
    }

    @Override
    public int compareTo(Datum[] values, int right) {
        keys.read(right, second);
        return compareToSecond(values);
    }

    private int compareToSecond(Datum[] values) {
        for (int i = 0; i < comparators.length; i++) {
            int order = compareValues(i, values[i], second[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compareValues(int column, Datum left, Datum right) {
        if (left.isNull() || right.isNull()) {
            int order = Boolean.compare(left.isNull(), right.isNull());
            return columns.get(column).nullsFirst() ? -order : order;
        }
        int order = comparators[column].compare(left, right);
        return columns.get(column).descending() ? -order : order;
    }

    @Override
    public void write(int row, ByteWriter out) {
        keys.read(row, first);
        bytes().append(first, out);
    }

    private RowBytes bytes() {
        RowBytes made = bytes;
        if (made == null) {
            made = new RowBytes(columns.stream().map(SortColumn::type).toList());
            bytes = made;
        }
        return made;
    }

    @Override
    public int compareBytes(
            byte[] left,
            int leftOffset,
            int leftLength,
            byte[] right,
            int rightOffset,
            int rightLength) {
        bytes().read(left, leftOffset, first);
        bytes().read(right, rightOffset, second);
        return compareToSecond(first);
    }

    @Override
    public SortKeys keep(int[] numbers, int count) {
        keys = keys.keep(numbers, count);
        return this;
    }

    @Override
    public void clear() {
        keys.clear();
    }
}
