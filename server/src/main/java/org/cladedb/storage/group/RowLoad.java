package org.cladedb.storage.group;

import org.cladedb.kv.KeyRange;
import org.cladedb.kv.TransactionLoad;
import org.cladedb.types.Datum;

/// The rows of one table on their way into a space where nothing is yet: sorted and then written,
/// or loaded if they are many. Index entries are not its business. Owned by one thread.
final class RowLoad implements AutoCloseable {
    private final WriteContext context;
    private final TableFormat format;
    private final KeyRange range;
    private final EntrySorter sorter;

    RowLoad(WriteContext context, TableFormat format) {
        this.context = context;
        this.format = format;
        range = KeyRange.prefix(format.spacePrefix());
        sorter =
                new EntrySorter(
                        context.kv(),
                        range,
                        context.loadLimits().sortBytesMax(),
                        this::throwDuplicate);
    }

    void add(byte[] key, byte[] value) {
        context.requireFits(key, value, format.keyName());
        sorter.add(key, value);
    }

    /// Writes the rows into the transaction, in the way that suits their number.
    void write() {
        if (sorter.bytes() >= context.loadLimits().loadBytesMin()) {
            TransactionLoad load = context.kv().load(range, rows -> sorter.drain(rows::add));
            load.finish();
        } else {
            sorter.drain((key, value) -> context.put(key, value, format.keyName()));
        }
    }

    private void throwDuplicate(byte[] key, byte[] value) {
        if (format.primary == null) {
            throw new IllegalStateException("rows without a primary key have numbers");
        }
        Datum[] row = Datum.row(format.table.columns().size());
        RowDecoder.all(format).decode(key, value, row);
        throw IndexLoad.duplicate(format.table, format.primary, row, true);
    }

    @Override
    public void close() {
        sorter.close();
    }
}
