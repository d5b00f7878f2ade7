package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Reads rows of a table in the order of an index; from the index alone when that has all columns
/// wanted, else looking up rows by growing batches of hkeys.
final class IndexScan implements TableCursor {
    private static final int LOOKUPS_MAX = 64;

    private final ReadView view;
    private final IndexFormat index;
    private final RowDecoder decoder;
    private final @Nullable Covering covering;
    private final WorkCounters counters;
    private final RangeCursor cursor;
    private final EntryBatch batch;
    private int entryIndex;
    private int entryCount;
    private boolean ended;

    // Entries whose rows have been looked up, and the current one of them.
    private final List<byte[]> keys = new ArrayList<>();
    private List<byte @Nullable []> values = List.of();
    private int current = -1;
    private int lookups = 1;
    private byte[] entry = {};

    IndexScan(
            ReadView view,
            KeyRange range,
            boolean reverse,
            IndexFormat index,
            List<Integer> slots,
            WorkCounters counters) {
        this.view = view;
        this.index = index;
        this.counters = counters;
        decoder = new RowDecoder(index.format, slots);
        covering = Covering.of(index, slots);
        cursor = view.scan(range, reverse ? ScanOptions.REVERSE : ScanOptions.FORWARD);
        batch = cursor.batch();
        counters.rangesOpened++;
    }

    @Override
    public boolean next() {
        if (covering != null) {
            if (!nextEntry()) {
                return false;
            }
        } else if (++current >= keys.size() && !lookUp()) {
            return false;
        }
        counters.rowsRead++;
        return true;
    }

    /// Moves to the next index entry and puts it, key and value in one piece, into `entry`.
    private boolean nextEntry() {
        if (++entryIndex >= entryCount) {
            if (ended || !cursor.next()) {
                ended = true;
                return false;
            }
            entryIndex = 0;
            entryCount = batch.size();
            counters.keysRead += entryCount;
            counters.bytesRead += TableScan.bytes(batch);
        }
        int keyLength = batch.keyLength(entryIndex);
        int valueLength = batch.valueLength(entryIndex);
        byte[] whole = new byte[keyLength + valueLength];
        System.arraycopy(batch.keys(), batch.keyOffset(entryIndex), whole, 0, keyLength);
        System.arraycopy(
                batch.valueArray(entryIndex),
                batch.valueOffset(entryIndex),
                whole,
                keyLength,
                valueLength);
        entry = whole;
        return true;
    }

    private boolean lookUp() {
        keys.clear();
        current = 0;
        while (keys.size() < lookups && nextEntry()) {
            keys.add(index.hkey(entry, TableFormat.SPACE_BYTES));
        }
        lookups = Math.min(LOOKUPS_MAX, lookups * 4);
        if (keys.isEmpty()) {
            return false;
        }
        values = decoder.needsNoValue() ? List.of() : view.getAll(keys);
        counters.pointReads += values.size();
        return true;
    }

    @Override
    public void read(Datum[] out) {
        if (covering != null) {
            covering.decode(entry, out);
            return;
        }
        byte[] key = keys.get(current);
        byte[] value = NO_VALUE;
        if (!values.isEmpty()) {
            byte[] found = values.get(current);
            if (found == null) {
                throw GroupReads.missingRow(index.index);
            }
            value = found;
        }
        decoder.decode(key, value, out);
    }

    private static final byte[] NO_VALUE = {};

    @Override
    public byte[] hkey() {
        return covering != null
                ? index.hkey(entry, TableFormat.SPACE_BYTES)
                : keys.get(current).clone();
    }

    @Override
    public void close() {
        ended = true;
        cursor.close();
    }

    /// Decodes wanted columns from an entry that has them all.
    private record Covering(IndexFormat index, int[] outputOfColumn, int[] outputOfRest) {
        /// Null when the row is needed.
        static @Nullable Covering of(IndexFormat index, List<Integer> slots) {
            int[] outputOfColumn = new int[index.columns.length];
            int[] outputOfRest = new int[index.columnOfPart.length];
            java.util.Arrays.fill(outputOfColumn, -1);
            java.util.Arrays.fill(outputOfRest, -1);
            int found = 0;
            for (int i = 0; i < slots.size(); i++) {
                int slot = slots.get(i);
                int column = columnOf(index, slot);
                int part = slot > 0 ? index.format.partOfSlot[slot - 1] : -1;
                if (column >= 0 && outputOfColumn[column] < 0) {
                    outputOfColumn[column] = i;
                    found++;
                } else if (part >= 0 && index.columnOfPart[part] < 0 && outputOfRest[part] < 0) {
                    outputOfRest[part] = i;
                    found++;
                }
            }
            return found == slots.size() ? new Covering(index, outputOfColumn, outputOfRest) : null;
        }

        private static int columnOf(IndexFormat index, int slot) {
            for (int i = 0; i < index.slots.length; i++) {
                if (index.slots[i] == slot && KeyCodec.isLossless(index.columns[i].type())) {
                    return i;
                }
            }
            return -1;
        }

        void decode(byte[] entry, Datum[] out) {
            int position = TableFormat.SPACE_BYTES;
            for (int i = 0; i < outputOfColumn.length; i++) {
                position =
                        outputOfColumn[i] < 0
                                ? KeyCodec.skip(entry, position, index.columns[i])
                                : KeyCodec.decode(
                                        entry, position, index.columns[i], out[outputOfColumn[i]]);
            }
            for (int part = 0; part < outputOfRest.length; part++) {
                if (index.columnOfPart[part] >= 0) {
                    continue;
                }
                position =
                        outputOfRest[part] < 0
                                ? KeyCodec.skip(entry, position, index.format.parts[part])
                                : KeyCodec.decode(
                                        entry,
                                        position,
                                        index.format.parts[part],
                                        out[outputOfRest[part]]);
            }
        }
    }
}
