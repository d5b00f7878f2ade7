package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cladedb.catalog.TableGroup;
import org.cladedb.encoding.RowLayout;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.types.Datum;

/// Moves everything below a row to where the row has gone: rows, and the index entries that carry
/// parts of their hkeys.
///
/// Every row moved is locked and guarded first. Then the newest state is looked at: when others
/// have added or changed rows below after the snapshot, the statement must start again. Who adds a
/// row below later waits for the guards.
final class SubtreeMove {
    private final WriteContext context;
    private final TableGroup group;

    private record Row(byte[] key, byte[] value) {}

    SubtreeMove(WriteContext context, TableGroup group) {
        this.context = context;
        this.group = group;
    }

    void run(byte[] oldRoot, byte[] newRoot) {
        KeyRange below = KeyRange.prefix(oldRoot);
        List<Row> rows = readAll(context.kv(), below);
        for (Row row : rows) {
            if (!context.lockRow(group, row.key)) {
                throw context.stale();
            }
            RowGuards.exclude(context, group, row.key);
        }
        context.onNewest(view -> requireUnchanged(view, below, oldRoot));
        Map<Integer, Mover> movers = movers();
        for (Row row : rows) {
            byte[] tail = java.util.Arrays.copyOfRange(row.key, oldRoot.length, row.key.length);
            Mover mover = movers.get(RowLayout.ordinal(row.value, 0));
            if (mover == null) {
                throw new IllegalStateException("a row has the ordinal of no table of its group");
            }
            mover.move(row, KeyBuilder.concat(newRoot, tail));
        }
    }

    private static List<Row> readAll(ReadView view, KeyRange range) {
        List<Row> rows = new ArrayList<>();
        try (RangeCursor cursor = view.scan(range, ScanOptions.FORWARD)) {
            while (cursor.next()) {
                EntryBatch batch = cursor.batch();
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(new Row(batch.copyKey(i), batch.copyValue(i)));
                }
            }
        }
        return rows;
    }

    private void requireUnchanged(ReadView newest, KeyRange below, byte[] root) {
        try (RangeCursor cursor = newest.scan(below, ScanOptions.FORWARD)) {
            while (cursor.next()) {
                EntryBatch batch = cursor.batch();
                for (int i = 0; i < batch.size(); i++) {
                    byte[] key = batch.copyKey(i);
                    if (key.length > root.length && context.isChanged(key)) {
                        throw context.stale();
                    }
                }
            }
        }
    }

    private Map<Integer, Mover> movers() {
        Map<Integer, Mover> movers = new HashMap<>();
        for (int oid : group.members()) {
            TableFormat format = context.formats().of(oid);
            movers.put(format.ordinal(), new Mover(format));
        }
        return movers;
    }

    /// Moves rows of one table.
    private final class Mover {
        private final TableFormat format;
        private final RowDecoder decoder;
        private final Datum[] cells;
        private final int[] positions;

        Mover(TableFormat format) {
            this.format = format;
            decoder = RowDecoder.all(format);
            cells = Datum.row(format.table.columns().size());
            positions = new int[format.parts.length];
        }

        void move(Row row, byte[] newKey) {
            decoder.decode(row.key, row.value, cells);
            for (IndexFormat index : format.indexes) {
                IndexFormat.Entry before = entry(index, row.key);
                IndexFormat.Entry after = entry(index, newKey);
                if (!before.isSame(after)) {
                    context.kv().delete(before.key());
                    context.put(after.key(), after.value(), index.index.name());
                }
            }
            context.kv().delete(row.key);
            context.put(newKey, row.value, format.table.name());
        }

        private IndexFormat.Entry entry(IndexFormat index, byte[] key) {
            format.locateParts(key, 0, key.length, positions.length - 1, positions);
            return index.entry(cells, key, positions);
        }
    }
}
