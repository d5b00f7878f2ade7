package org.cladedb.storage.group;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.encoding.RowLayout;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ScanOptions;

/// Verifies that what is stored of a database is what its catalog allows: each row meets its
/// table's rules, refers to rows that are there and lies where its columns and its parent say, and
/// each index has exactly the entries of its table's rows. Reads rows in the order of their keys,
/// and looks up what belongs to each, in memory that does not grow with them. Owned by one thread.
public final class DataCheck {
    private final WriteContext context;
    private final Consumer<DataFault> faults;
    private final Runnable meanwhile;

    /// @param faults takes what is wrong; may throw to end the check
    /// @param meanwhile called now and then; what it throws ends the check
    public DataCheck(WriteContext context, Consumer<DataFault> faults, Runnable meanwhile) {
        this.context = context;
        this.faults = faults;
        this.meanwhile = meanwhile;
    }

    public void run() {
        for (TableGroup group : context.formats().catalog().groups()) {
            group(group);
        }
    }

    private void group(TableGroup group) {
        Map<Integer, RowCheck> tables = new HashMap<>();
        for (int oid : group.members()) {
            TableFormat format = context.formats().of(oid);
            tables.put(format.ordinal(), new RowCheck(context, format, faults));
        }
        forEach(
                group.spaceId(),
                (key, value) -> {
                    RowCheck table = tables.get(RowLayout.ordinal(value, 0));
                    if (table == null) {
                        faults.accept(
                                new DataFault(
                                        "",
                                        "",
                                        "",
                                        "a row that belongs to no table of its group",
                                        HexFormat.of().formatHex(key)));
                    } else {
                        table.check(key, value);
                    }
                });
        for (RowCheck table : tables.values()) {
            for (IndexFormat index : table.format.indexes) {
                countEntries(index, table.rows());
            }
        }
    }

    /// Every row has its entry, as was seen; so the index is right if it has no more.
    private void countEntries(IndexFormat index, long rows) {
        long[] entries = new long[1];
        forEach(index.index.spaceId(), (_, _) -> entries[0]++);
        if (entries[0] != rows) {
            Table table = index.format.table;
            faults.accept(
                    new DataFault(
                            table.schema(),
                            table.name(),
                            index.index.name(),
                            "the index has %d entries for %d rows".formatted(entries[0], rows),
                            ""));
        }
    }

    private interface EntryWork {
        void accept(byte[] key, byte[] value);
    }

    private void forEach(int spaceId, EntryWork work) {
        KeyRange range = KeyRange.prefix(TableFormat.spacePrefix(spaceId));
        try (RangeCursor cursor = context.kv().scan(range, ScanOptions.FORWARD)) {
            while (cursor.next()) {
                meanwhile.run();
                EntryBatch batch = cursor.batch();
                for (int i = 0; i < batch.size(); i++) {
                    work.accept(batch.copyKey(i), batch.copyValue(i));
                }
            }
        }
    }
}
