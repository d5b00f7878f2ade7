package org.cladedb.storage.group;

import java.util.List;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.BulkLoad;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.TransactionLoad;
import org.cladedb.types.Datum;

/// The entries of one index that has none yet, sorted and then written, or loaded if they are many.
/// Rows must be readable when it is written: those of duplicates are looked up. Owned by one
/// thread.
final class IndexLoad implements AutoCloseable {
    private final WriteContext context;
    private final IndexFormat format;
    private final boolean building;
    private final int[] positions;
    private final EntrySorter sorter;

    /// @param building whether duplicates are reported as by CREATE INDEX
    IndexLoad(WriteContext context, IndexFormat format, boolean building) {
        this.context = context;
        this.format = format;
        this.building = building;
        positions = new int[format.format.parts.length];
        sorter =
                new EntrySorter(
                        context.kv(),
                        range(),
                        context.loadLimits().sortBytesMax(),
                        this::throwDuplicate);
    }

    KeyRange range() {
        return KeyRange.prefix(format.spacePrefix());
    }

    /// Adds the entry of the row at `key`.
    void add(byte[] key, Datum[] row) {
        format.format.locateParts(key, 0, key.length, positions.length - 1, positions);
        IndexFormat.Entry entry = format.entry(row, key, positions);
        context.requireFits(entry.key(), entry.value(), format.index.name());
        sorter.add(entry.key(), entry.value());
    }

    /// Adds an entry that was made before.
    void add(byte[] key, byte[] value) {
        sorter.add(key, value);
    }

    /// Writes the entries into the transaction, in the way that suits their number.
    void write() {
        boolean isLarge = sorter.bytes() >= context.loadLimits().loadBytesMin();
        if (isLarge && context.kv().isUntouched(range())) {
            TransactionLoad load = context.kv().load(range(), this::drainTo);
            load.finish();
        } else {
            sorter.drain((key, value) -> context.put(key, value, format.index.name()));
        }
    }

    void drainTo(BulkLoad load) {
        sorter.drain(load::add);
    }

    private void throwDuplicate(byte[] key, byte[] value) {
        byte[] hkey = format.hkey(KeyBuilder.concat(key, value), TableFormat.SPACE_BYTES);
        byte[] found = context.kv().get(hkey);
        if (found == null) {
            throw new IllegalStateException("an index entry has a row");
        }
        Datum[] row = Datum.row(format.format.table.columns().size());
        RowDecoder.all(format.format).decode(hkey, found, row);
        throw duplicate(format.format.table, format.index, row, building);
    }

    /// 23505 for a row whose key in `index` another row has.
    static DatabaseException duplicate(Table table, Index index, Datum[] row, boolean building) {
        List<Integer> slots = index.columns().stream().map(Index.IndexColumn::slot).toList();
        String message =
                building
                        ? "could not create unique index \"" + index.name() + "\""
                        : "duplicate key value violates unique constraint \"" + index.name() + "\"";
        return new DatabaseException(SqlState.UNIQUE_VIOLATION, message)
                .withDetail(
                        "Key "
                                + TextOfKey.of(table, slots, row)
                                + (building ? " is duplicated." : " already exists."))
                .withObject(table.schema(), table.name(), null, index.name())
                .withRoutine(building ? "comparetup_index_btree_tiebreak" : "_bt_check_unique");
    }

    @Override
    public void close() {
        sorter.close();
    }
}
