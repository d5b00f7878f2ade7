package org.cladedb.storage.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.encoding.RowLayout;
import org.cladedb.kv.EntryBatch;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.RangeCursor;
import org.cladedb.kv.ReadView;
import org.cladedb.kv.ScanOptions;
import org.cladedb.txn.DatabaseTransaction;
import org.cladedb.types.Datum;

/// Checks the invariants of stored data: every row lies where its columns and its parent say, and
/// every index has exactly the entries of its table's rows.
final class IntegrityCheck {
    private final ReadView view;
    private final TableFormats formats;

    private IntegrityCheck(ReadView view, TableFormats formats) {
        this.view = view;
        this.formats = formats;
    }

    static void run(DatabaseTransaction transaction, String context) {
        TableFormats formats = new TableFormats(transaction.catalog());
        IntegrityCheck check = new IntegrityCheck(transaction.kv(), formats);
        for (TableGroup group : transaction.catalog().groups()) {
            check.group(group, context);
        }
    }

    private record Row(TableFormat format, byte[] key, Datum[] cells) {}

    private void group(TableGroup group, String context) {
        Map<Integer, TableFormat> byOrdinal = new HashMap<>();
        for (int oid : group.members()) {
            TableFormat format = formats.of(oid);
            byOrdinal.put(format.ordinal(), format);
        }
        List<Row> rows = new ArrayList<>();
        Map<String, String> expected = new TreeMap<>();
        for (Map.Entry<byte[], byte[]> entry : entries(group.spaceId())) {
            TableFormat format = byOrdinal.get(RowLayout.ordinal(entry.getValue(), 0));
            if (format == null) {
                throw new AssertionError("a row of no table " + context);
            }
            Datum[] cells = Datum.row(format.table.columns().size());
            RowDecoder.all(format).decode(entry.getKey(), entry.getValue(), cells);
            rows.add(new Row(format, entry.getKey(), cells));
        }
        for (Row row : rows) {
            assertThat(hex(row.key))
                    .as("place of " + Shop.text(row.format.table, row.cells) + " " + context)
                    .isEqualTo(hex(expectedKey(row, rows)));
            int[] positions = new int[row.format.parts.length];
            row.format.locateParts(row.key, 0, row.key.length, positions.length - 1, positions);
            for (IndexFormat index : row.format.indexes) {
                IndexFormat.Entry entry = index.entry(row.cells, row.key, positions);
                expected.put(hex(entry.key()), hex(entry.value()));
                assertThat(index.hkey(KeyBuilder.concat(entry.key(), entry.value()), 4))
                        .isEqualTo(row.key);
            }
        }
        Map<String, String> found = new TreeMap<>();
        for (int oid : group.members()) {
            for (IndexFormat index : formats.of(oid).indexes) {
                for (Map.Entry<byte[], byte[]> entry : entries(index.index.spaceId())) {
                    found.put(hex(entry.getKey()), hex(entry.getValue()));
                }
            }
        }
        assertThat(found).as("index entries " + context).isEqualTo(expected);
    }

    private static byte[] expectedKey(Row row, List<Row> rows) {
        Table table = row.format.table;
        byte[] own =
                Arrays.copyOfRange(row.key, row.format.ownSegmentStart(row.key), row.key.length);
        ForeignKey key = table.groupingForeignKey().orElse(null);
        if (key == null) {
            return KeyBuilder.concat(row.format.spacePrefix(), own);
        }
        for (Row parent : rows) {
            if (parent.format.table.oid() == key.referencedTableOid() && refers(row, parent, key)) {
                return KeyBuilder.concat(parent.key, own);
            }
        }
        List<Datum> parts = new ArrayList<>();
        for (int slot : row.format.partSlots) {
            parts.add(slot > 0 ? row.cells[slot - 1] : new Datum());
        }
        byte[] orphan = KeyBuilder.hkey(row.format, parts);
        int ownStart = row.format.ownSegmentStart(orphan);
        return KeyBuilder.concat(Arrays.copyOf(orphan, ownStart), own);
    }

    private static boolean refers(Row child, Row parent, ForeignKey key) {
        for (int i = 0; i < key.columns().size(); i++) {
            Datum value = child.cells[key.columns().get(i) - 1];
            Datum referenced = parent.cells[key.referencedColumns().get(i) - 1];
            if (value.isNull() || value.longValue() != referenced.longValue()) {
                return false;
            }
        }
        return true;
    }

    private List<Map.Entry<byte[], byte[]>> entries(int spaceId) {
        List<Map.Entry<byte[], byte[]>> entries = new ArrayList<>();
        KeyRange range = KeyRange.prefix(TableFormat.spacePrefix(spaceId));
        try (RangeCursor cursor = view.scan(range, ScanOptions.FORWARD)) {
            while (cursor.next()) {
                EntryBatch batch = cursor.batch();
                for (int i = 0; i < batch.size(); i++) {
                    entries.add(Map.entry(batch.copyKey(i), batch.copyValue(i)));
                }
            }
        }
        return entries;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
