package org.cladedb.exec;

import java.util.List;
import org.cladedb.common.ByteWriter;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.memory.MemoryAccount;
import org.cladedb.types.Datum;

/// The sort keys of numbered rows, in a form that compares fast.
sealed interface SortKeys permits NormalizedSortKeys, DecodedSortKeys {
    /// Takes the keys of the next row.
    void add(Datum[] values);

    /// No more keys come before the rows were sorted: makes their comparison as fast as it can be.
    void prepare();

    /// Compares the keys of two rows.
    int compare(int left, int right);

    /// Compares keys that were not added with those of a row.
    int compareTo(Datum[] values, int right);

    /// Appends the keys of a row as bytes that [#compareBytes] can compare.
    void write(int row, ByteWriter out);

    /// Compares keys that were written.
    int compareBytes(
            byte[] left,
            int leftOffset,
            int leftLength,
            byte[] right,
            int rightOffset,
            int rightLength);

    /// The keys of some rows, numbered anew in the order given; this object is empty afterwards.
    SortKeys keep(int[] numbers, int count);

    void clear();

    static SortKeys of(List<SortColumn> columns, MemoryAccount memory) {
        boolean indexable =
                columns.stream().allMatch(column -> KeyCodec.isIndexable(column.type()));
        return indexable
                ? new NormalizedSortKeys(columns, memory)
                : new DecodedSortKeys(columns, memory);
    }
}
