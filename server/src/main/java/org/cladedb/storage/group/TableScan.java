package org.cladedb.storage.group;

import org.cladedb.common.Cancellation;
import org.cladedb.encoding.RowLayout;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.types.Datum;

/// Reads the rows of one table from a range of its group's space.
///
/// Rows of other tables are passed over; when many come in a row, the cursor seeks past them.
final class TableScan implements TableCursor {
    /// So many rows of other tables cost about as much as a seek.
    private static final int FOREIGN_ROWS_MAX = 64;

    private final RowDecoder decoder;
    private final WorkCounters counters;
    private final RangeCursor cursor;
    private final EntryBatch batch;
    private final int ordinal;
    private final boolean alone;
    private final boolean reverse;

    private int index = -1;
    private int size;
    private int foreignRows;
    private boolean ended;

    TableScan(
            ReadView view,
            KeyRange range,
            boolean reverse,
            RowDecoder decoder,
            WorkCounters counters) {
        this.decoder = decoder;
        this.counters = counters;
        this.reverse = reverse;
        ordinal = decoder.format.ordinal();
        alone = decoder.format.alone;
        ScanOptions options = reverse ? ScanOptions.REVERSE : ScanOptions.FORWARD;
        cursor = view.scan(range, alone ? options : options.withTags(decoder.format.valueTag()));
        batch = cursor.batch();
        counters.rangesOpened++;
    }

    @Override
    public boolean next() {
        int at = index + 1;
        while (true) {
            if (at >= size) {
                if (!nextBatch()) {
                    return false;
                }
                at = 0;
            }
            if (alone
                    || RowLayout.ordinal(batch.valueArray(at), batch.valueOffset(at)) == ordinal) {
                index = at;
                foreignRows = 0;
                counters.rowsRead++;
                return true;
            }
            // An engine that leaves foreign rows out shows a single one for a long run.
            boolean longRun = ++foreignRows >= FOREIGN_ROWS_MAX || size == 1;
            if (longRun && skip(at)) {
                at = size;
            } else {
                at++;
            }
        }
    }

    private boolean nextBatch() {
        Cancellation.check();
        if (ended || !cursor.next()) {
            ended = true;
            index = 0;
            size = 0;
            return false;
        }
        size = batch.size();
        counters.keysRead += size;
        counters.bytesRead += bytes(batch);
        return true;
    }

    /// The bytes of all keys and values of a batch.
    static long bytes(EntryBatch entries) {
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.keyLength(i) + entries.valueLength(i);
        }
        return bytes;
    }

    /// Leaves a run of foreign rows by a seek; false when the wanted rows may follow right here.
    private boolean skip(int at) {
        foreignRows = 0;
        byte[] key = batch.copyKey(at);
        byte[] target =
                reverse
                        ? SubtreeSkip.reverse(decoder.format, key)
                        : SubtreeSkip.forward(decoder.format, key);
        if (target == null) {
            return false;
        }
        if (target.length == 0) {
            ended = true;
        } else {
            cursor.skipTo(target);
            counters.rangesOpened++;
        }
        return true;
    }

    @Override
    public void read(Datum[] out) {
        int at = index;
        decoder.decode(
                batch.keys(),
                batch.keyOffset(at),
                batch.keyLength(at),
                batch.valueArray(at),
                batch.valueOffset(at),
                batch.valueLength(at),
                out);
    }

    @Override
    public byte[] hkey() {
        return batch.copyKey(index);
    }

    @Override
    public void close() {
        ended = true;
        cursor.close();
    }
}
