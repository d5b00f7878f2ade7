package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cladedb.kv.CommitRequest;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.TransactionLoad;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// What one statement inserts into one table, as long as it is a run of ascending keys: begun in
/// the transaction's buffer, and, when it has become long, continued as a bulk load of the rows and
/// of each index, if there were none of these before. Owned by one thread.
///
/// ```
///   buffer … buffer │ load … load │ buffer …
///           long enough      a key that does not ascend, or somebody reads
/// ```
final class InsertRun {
    private enum State {
        BUFFERING,
        LOADING,
        OVER
    }

    private final WriteContext context;
    private final TableFormat format;
    private final Transaction kv;
    private final boolean building;
    private List<IndexLoad> indexes = List.of();
    private List<TransactionLoad> loads = List.of();
    private State state = State.BUFFERING;
    private byte @Nullable [] last;
    private int rows;
    private long bytes;

    /// @param building whether duplicates are reported as by CREATE INDEX
    InsertRun(WriteContext context, TableFormat format, boolean building) {
        this.context = context;
        this.format = format;
        this.building = building;
        kv = context.kv();
    }

    /// A row was written to the transaction's buffer, with its index entries.
    void buffered(byte[] key, byte[] value) {
        if (state != State.BUFFERING) {
            return;
        }
        if (!ascends(key)) {
            state = State.OVER;
            return;
        }
        last = key;
        rows++;
        bytes += key.length + value.length;
        if (bytes >= context.loadLimits().loadBytesMin()) {
            state = mayLoad() ? State.LOADING : State.OVER;
            if (state == State.LOADING) {
                begin();
            }
        }
    }

    private boolean ascends(byte[] key) {
        byte[] before = last;
        return before == null || Arrays.compareUnsigned(before, key) < 0;
    }

    /// Whether all that is in the spaces was written by this run, and stays so.
    private boolean mayLoad() {
        // While a load goes on, its rows cannot be looked up.
        if (format.references.stream().anyMatch(each -> each.table().oid() == format.table.oid())) {
            return false;
        }
        List<KeyRange> ranges = new ArrayList<>();
        ranges.add(rowRange());
        format.indexes.forEach(index -> ranges.add(KeyRange.prefix(index.spacePrefix())));
        if (!ranges.stream().allMatch(range -> kv.hasOnlyWrites(range, rows))
                || !context.lockAlone(format.group)) {
            return false;
        }
        boolean[] stillEmpty = {true};
        context.onNewest(view ->
                stillEmpty[0] =
                        ranges.stream()
                                .allMatch(range -> kv.isCleared(range) || isEmpty(view, range)));
        return stillEmpty[0];
    }

    private KeyRange rowRange() {
        return KeyRange.prefix(format.spacePrefix());
    }

    private static boolean isEmpty(ReadView view, KeyRange range) {
        try (RangeCursor cursor = view.scan(range, ScanOptions.limit(1))) {
            return !cursor.next();
        }
    }

    private void begin() {
        indexes = new ArrayList<>();
        loads = new ArrayList<>();
        List<CommitRequest.Put> written = kv.takeWrites(rowRange());
        TransactionLoad rowLoad = kv.load(rowRange(), _ -> {});
        loads.add(rowLoad);
        written.forEach(put -> rowLoad.add(put.key(), put.value()));
        for (IndexFormat index : format.indexes) {
            IndexLoad load = new IndexLoad(context, index, building);
            List<CommitRequest.Put> entries = kv.takeWrites(load.range());
            loads.add(kv.load(load.range(), load::drainTo));
            entries.forEach(put -> load.add(put.key(), put.value()));
            indexes.add(load);
        }
        context.atStatementEnd(this::end);
    }

    /// Takes a row, unless it has to go the usual way.
    boolean load(byte[] key, byte[] value, Datum[] row) {
        if (state != State.LOADING) {
            return false;
        }
        if (isRead() || !ascends(key)) {
            end();
            return false;
        }
        context.requireFits(key, value, format.keyName());
        loads.getFirst().add(key, value);
        last = key;
        for (IndexLoad index : indexes) {
            index.add(key, row);
        }
        return true;
    }

    /// Whoever reads what is being loaded finishes it.
    private boolean isRead() {
        for (TransactionLoad load : loads) {
            if (load.isFinished()) {
                return true;
            }
        }
        return false;
    }

    /// Lets everybody read what was loaded. Idempotent.
    private void end() {
        state = State.OVER;
        // Rows first: duplicates in an index are reported by their rows.
        loads.forEach(TransactionLoad::finish);
    }
}
