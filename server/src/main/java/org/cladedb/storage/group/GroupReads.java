package org.cladedb.storage.group;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.TableGroup;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.kv.KeyRange;
import org.cladedb.kv.ReadView;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// The reads of one statement: what it sees, the formats of its catalog, and where it counts its
/// work.
public final class GroupReads implements GroupStore {
    private static final byte[] NOTHING = {};

    /// How many children a row is believed to have, where nothing better is known.
    private static final double CHILDREN = 10;

    private final ReadView view;
    private final TableFormats formats;
    private final WorkCounters counters;
    private final Consumer<Table> onRead;

    /// @param onRead told of every table before it is read
    public GroupReads(
            ReadView view, TableFormats formats, WorkCounters counters, Consumer<Table> onRead) {
        this.view = view;
        this.formats = formats;
        this.counters = counters;
        this.onRead = onRead;
    }

    @Override
    public double estimateRows(Table table) {
        TableFormat format = formats.of(table);
        boolean alone = format.group.members().size() == 1;
        if (!alone && !format.indexes.isEmpty()) {
            return view.estimateEntries(KeyRange.prefix(format.indexes.getFirst().spacePrefix()));
        }
        double entries = view.estimateEntries(KeyRange.prefix(format.spacePrefix()));
        return alone ? entries : entries * share(table, format.group);
    }

    /// Which part of a group's rows are of one table, if each parent has as many children.
    private double share(Table table, TableGroup group) {
        double all = 0;
        for (int member : group.members()) {
            all += weight(formats.of(member).table);
        }
        return weight(table) / all;
    }

    private static double weight(Table table) {
        return Math.pow(CHILDREN, table.hkey().segments().size());
    }

    @Override
    public TableCursor scanTable(
            Table table, List<Integer> slots, ScanBounds bounds, boolean reverse) {
        onRead.accept(table);
        RowDecoder decoder = new RowDecoder(formats.of(table), slots);
        TableFormat format = decoder.format;
        if (bounds.equal().size() == format.parts.length && format.parts.length > 0) {
            if (!bounds.equalNulls() && anyNull(bounds.equal())) {
                return nothing(decoder);
            }
            return single(decoder, KeyBuilder.hkey(format, bounds.equal()));
        }
        KeyRange range = KeyBuilder.range(format, bounds);
        return range == null
                ? nothing(decoder)
                : new TableScan(view, range, reverse, decoder, counters);
    }

    @Override
    public TableCursor scanBelow(
            CatalogSnapshot catalog,
            Table table,
            List<Integer> slots,
            Table ancestor,
            List<Datum> ancestorKey,
            boolean reverse) {
        onRead.accept(table);
        RowDecoder decoder = new RowDecoder(formats.of(table), slots);
        if (anyNull(ancestorKey)) {
            return nothing(decoder);
        }
        TableFormat above = formats.of(ancestor);
        if (ancestor.oid() == table.oid()) {
            byte[] key = rowKey(above, ancestorKey);
            return key == null ? nothing(decoder) : single(decoder, key);
        }
        byte[] prefix = ancestorPrefix(above, ancestorKey);
        return new TableScan(view, KeyRange.prefix(prefix), reverse, decoder, counters);
    }

    @Override
    public TableCursor scanIndex(
            Table table, Index index, List<Integer> slots, ScanBounds bounds, boolean reverse) {
        if (index.isHkey()) {
            return scanTable(table, slots, bounds, reverse);
        }
        onRead.accept(table);
        TableFormat format = formats.of(table);
        IndexFormat indexFormat = indexFormat(format, index);
        KeyRange range = KeyBuilder.range(indexFormat, bounds);
        return range == null
                ? nothing(new RowDecoder(format, slots))
                : new IndexScan(view, range, reverse, indexFormat, slots, counters);
    }

    @Override
    public GroupCursor scanGroup(TableGroup group, List<MemberRead> members, ScanBounds bounds) {
        members.forEach(member -> onRead.accept(member.table()));
        KeyRange range = KeyBuilder.range(formats.of(members.getFirst().table()), bounds);
        return new GroupScan(view, orNothing(range), members, formats, counters);
    }

    @Override
    public GroupCursor scanGroupBelow(
            CatalogSnapshot catalog,
            TableGroup group,
            List<MemberRead> members,
            Table ancestor,
            List<Datum> ancestorKey) {
        members.forEach(member -> onRead.accept(member.table()));
        KeyRange range = null;
        if (!anyNull(ancestorKey)) {
            range = KeyRange.prefix(ancestorPrefix(formats.of(ancestor), ancestorKey));
        }
        return new GroupScan(view, orNothing(range), members, formats, counters);
    }

    private static KeyRange orNothing(@Nullable KeyRange range) {
        return range == null ? new KeyRange(new byte[] {0}, new byte[] {0}) : range;
    }

    private TableCursor nothing(RowDecoder decoder) {
        return new SingleRow(decoder, counters, NOTHING, null);
    }

    private TableCursor single(RowDecoder decoder, byte[] key) {
        byte[] value = view.get(key);
        counters.pointReads++;
        if (value != null) {
            counters.keysRead++;
            counters.bytesRead += key.length + value.length;
        }
        return new SingleRow(decoder, counters, key, value);
    }

    /// The key under which the row with this primary key, and all that refer to it, are found: also
    /// when the row itself is missing, and its children lie under NULLs.
    private byte[] ancestorPrefix(TableFormat format, List<Datum> primaryKey) {
        byte[] found = rowKey(format, primaryKey);
        return found != null ? found : keyWithNulls(format, primaryKey);
    }

    private byte @Nullable [] rowKey(TableFormat format, List<Datum> primaryKey) {
        if (format.primaryFormat != null) {
            counters.pointReads++;
        }
        return rowKeyByPrimaryKey(view, format, primaryKey);
    }

    /// The key of the row with this primary key, null when there is none; for a root table the key
    /// it would have.
    static byte @Nullable [] rowKeyByPrimaryKey(
            ReadView view, TableFormat format, List<Datum> primaryKey) {
        IndexFormat index = format.primaryFormat;
        return index == null
                ? keyWithNulls(format, primaryKey)
                : rowKeyByUnique(view, index, primaryKey);
    }

    /// The key of the row with these (not NULL) values of a unique index, null when there is none.
    static byte @Nullable [] rowKeyByUnique(ReadView view, IndexFormat index, List<Datum> values) {
        KeyBuilder key = new KeyBuilder(index.index.spaceId());
        for (int i = 0; i < index.columns.length; i++) {
            key.append(index.columns[i], values.get(i));
        }
        byte[] entryKey = key.toByteArray();
        byte[] rest = view.get(entryKey);
        return rest == null
                ? null
                : index.hkey(KeyBuilder.concat(entryKey, rest), TableFormat.SPACE_BYTES);
    }

    /// The key of a row with this primary key and NULL in every part that the table does not take
    /// from it.
    static byte[] keyWithNulls(TableFormat format, List<Datum> primaryKey) {
        Index primary = primaryIndex(format);
        Datum[] parts = Datum.row(format.parts.length);
        for (int part = 0; part < parts.length; part++) {
            for (int i = 0; i < primaryKey.size(); i++) {
                if (primary.columns().get(i).slot() == format.partSlots[part]) {
                    parts[part] = primaryKey.get(i);
                }
            }
        }
        return KeyBuilder.hkey(format, Arrays.asList(parts));
    }

    private static Index primaryIndex(TableFormat format) {
        Index primary = format.primary;
        if (primary == null) {
            throw new IllegalStateException(
                    "table \"" + format.table.name() + "\" has no primary key");
        }
        return primary;
    }

    private static boolean anyNull(List<Datum> values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isNull()) {
                return true;
            }
        }
        return false;
    }

    static IndexFormat indexFormat(TableFormat format, Index index) {
        for (IndexFormat candidate : format.indexes) {
            if (candidate.index.oid() == index.oid()) {
                return candidate;
            }
        }
        throw new IllegalStateException(
                "index \"" + index.name() + "\" is not one of the statement's catalog");
    }

    static DatabaseException missingRow(Index index) {
        return new DatabaseException(
                SqlState.DATA_CORRUPTED,
                "index \"" + index.name() + "\" has an entry for a row that is not there");
    }
}
