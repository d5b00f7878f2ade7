package org.cladedb.storage.group;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.encoding.KeyPart;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.ReadView;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Finds the rows of a table that refer, by one foreign key, to a row: by hkey prefix for a
/// grouping key, by an index that starts with the key's columns, or by reading the whole table.
final class ReferencingRows {
    private final WorkCounters counters = new WorkCounters();
    private final TableFormat child;
    private final TableFormat parent;
    private final ForeignKey foreignKey;
    private final @Nullable IndexFormat index;

    ReferencingRows(TableFormat child, TableFormat parent, ForeignKey foreignKey) {
        this.child = child;
        this.parent = parent;
        this.foreignKey = foreignKey;
        index = foreignKey.grouping() ? null : suitableIndex();
    }

    private @Nullable IndexFormat suitableIndex() {
        List<Integer> wanted = foreignKey.columns().stream().sorted().toList();
        for (IndexFormat candidate : child.indexes) {
            boolean suits =
                    candidate.slots.length >= wanted.size()
                            && Arrays.stream(candidate.slots, 0, wanted.size())
                                    .sorted()
                                    .boxed()
                                    .toList()
                                    .equals(wanted);
            if (suits) {
                return candidate;
            }
        }
        return null;
    }

    /// Hands every row that refers to `parentRow`, which is or was at `parentKey`, to `work`: its
    /// key, and cells that stay valid.
    void forEach(
            ReadView view, byte[] parentKey, Datum[] parentRow, BiConsumer<byte[], Datum[]> work) {
        List<Datum> values = childValues(parentRow);
        if (values == null) {
            return;
        }
        byte[] wanted = key(values);
        List<Integer> slots =
                IntStream.rangeClosed(1, child.table.columns().size()).boxed().toList();
        try (TableCursor cursor = open(view, slots, parentKey, values)) {
            while (cursor.next()) {
                Datum[] row = Datum.row(slots.size());
                cursor.read(row);
                // Under a grouping parent's key there may be rows of another parent that has taken
                // the key since.
                if (Arrays.equals(wanted, key(ownValues(row)))) {
                    work.accept(cursor.hkey(), frozen(row));
                }
            }
        }
    }

    private TableCursor open(
            ReadView view, List<Integer> slots, byte[] parentKey, List<Datum> values) {
        IndexFormat byIndex = index;
        if (byIndex != null) {
            List<Datum> ordered = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                ordered.add(values.get(foreignKey.columns().indexOf(byIndex.slots[i])));
            }
            KeyRange range = KeyBuilder.range(byIndex, ScanBounds.equalTo(ordered));
            if (range == null) {
                throw new IllegalStateException("referenced values are not NULL");
            }
            return new IndexScan(view, range, false, byIndex, slots, counters);
        }
        KeyRange range = KeyRange.prefix(foreignKey.grouping() ? parentKey : child.spacePrefix());
        return new TableScan(view, range, false, new RowDecoder(child, slots), counters);
    }

    /// What the referring columns must hold; null when nothing can refer to the row.
    private @Nullable List<Datum> childValues(Datum[] parentRow) {
        List<Datum> values = new ArrayList<>();
        for (int i = 0; i < foreignKey.columns().size(); i++) {
            int slot = foreignKey.referencedColumns().get(i);
            Datum value =
                    KeyConversion.convert(
                            parent.table.column(slot).type(),
                            child.table.column(foreignKey.columns().get(i)).type(),
                            parentRow[slot - 1]);
            if (value == null || value.isNull()) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    private List<Datum> ownValues(Datum[] row) {
        return foreignKey.columns().stream().map(slot -> row[slot - 1]).toList();
    }

    private byte[] key(List<Datum> values) {
        KeyBuilder key = new KeyBuilder(0);
        for (int i = 0; i < values.size(); i++) {
            SqlType type = child.table.column(foreignKey.columns().get(i)).type();
            key.append(KeyPart.ascending(type), values.get(i));
        }
        return key.toByteArray();
    }

    private Datum[] frozen(Datum[] row) {
        Datum[] copy = new Datum[row.length];
        for (int i = 0; i < row.length; i++) {
            copy[i] = row[i].freeze(child.table.columns().get(i).type().form());
        }
        return copy;
    }
}
