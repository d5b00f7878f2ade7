package org.cladedb.storage.group;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Table;
import org.cladedb.common.ByteWriter;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.encoding.KeyPart;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;
import org.jspecify.annotations.Nullable;

/// Writes rows of one table with their index entries; knows nothing of foreign keys except that the
/// grouping one says where a row lies. Owned by one thread, for one statement.
final class RowWriter {
    private static final Datum DROPPED = new Datum();
    private static final int NO_INDEX = -1;

    private final WriteContext context;
    final TableFormat format;
    private final @Nullable ParentKeys parents;
    private final RowDecoder decoder;
    private final boolean isReferenced;
    private final boolean hasChildTables;
    private final int[] positions;
    private final Datum[] stored;
    private final ByteWriter valueBytes = new ByteWriter(256);
    private final InsertRun run;

    /// Whether nobody else can write the table, so that keys need no locks; duplicates are then
    /// reported as by CREATE INDEX.
    private final boolean building;

    /// The unique index whose duplicates the caller handles; 0 for all of them.
    private int conflictIndexOid = NO_INDEX;

    RowWriter(WriteContext context, TableFormat format) {
        this(context, format, false);
    }

    private RowWriter(WriteContext context, TableFormat format, boolean building) {
        this.context = context;
        this.format = format;
        this.building = building;
        ForeignKey grouping = format.table.groupingForeignKey().orElse(null);
        parents = grouping == null ? null : parentKeys(context, format, grouping, building);
        decoder = RowDecoder.all(format);
        isReferenced = !format.references.isEmpty();
        hasChildTables = format.references.stream().anyMatch(each -> each.foreignKey().grouping());
        positions = new int[format.parts.length];
        stored = new Datum[format.table.columns().size()];
        run = new InsertRun(context, format, building);
    }

    private static ParentKeys parentKeys(
            WriteContext context, TableFormat format, ForeignKey grouping, boolean building) {
        return building
                ? ParentKeys.unguarded(context, format, grouping)
                : new ParentKeys(context, format, grouping);
    }

    /// For tables that are locked exclusively.
    static RowWriter building(WriteContext context, TableFormat format) {
        return new RowWriter(context, format, true);
    }

    /// Writes a row that was elsewhere before; its parent must be there.
    void build(Datum[] row) {
        requireParent(row);
        insert(row);
    }

    /// Says what to write for a row that was elsewhere before, without index entries; its parent
    /// must be there.
    void place(Datum[] row, BiConsumer<byte[], byte[]> target) {
        requireParent(row);
        target.accept(newKey(row), value(row));
    }

    private void requireParent(Datum[] row) {
        requireKey(format.table, row);
        ParentKeys above = parents;
        if (above != null
                && above.foreignKey.enforced()
                && !above.refersToNothing(row)
                && above.find(row) == null) {
            throw above.missing(row);
        }
    }

    /// The key that the row at `key` is to have, as its columns and its parent say.
    byte[] keyOf(byte[] key, Datum[] row) {
        return KeyBuilder.concat(parentKey(row), ownSegment(row, key, format.ownSegmentStart(key)));
    }

    private byte[] newKey(Datum[] row) {
        return KeyBuilder.concat(parentKey(row), ownSegment(row, null, 0));
    }

    /// Writes a changed row under its old key, without index entries.
    void rebuild(byte[] key, Datum[] row) {
        putRow(key, row);
    }

    private Index primary() {
        Index primary = format.primary;
        if (primary == null) {
            throw new IllegalStateException("the table has a primary key");
        }
        return primary;
    }

    /// @throws DatabaseException 23502 when a column of the primary key is NULL
    static void requireKey(Table table, Datum[] row) {
        table.primaryKey()
                .ifPresent(primary -> {
                    for (Index.IndexColumn column : primary.columns()) {
                        if (row[column.slot() - 1].isNull()) {
                            throw nullInKey(table, table.column(column.slot()));
                        }
                    }
                });
    }

    private static DatabaseException nullInKey(Table table, Column column) {
        return new DatabaseException(
                        SqlState.NOT_NULL_VIOLATION,
                        "column \""
                                + column.name()
                                + "\" of relation \""
                                + table.name()
                                + "\" contains null values")
                .withObject(table.schema(), table.name(), column.name(), null);
    }

    /// Finds grouping parents; null for root tables.
    @Nullable ParentKeys parents() {
        return parents;
    }

    /// Inserts a row; returns its key.
    byte[] insert(Datum[] row) {
        byte[] key = newKey(row);
        byte[] value = value(row);
        if (run.load(key, value, row)) {
            return key;
        }
        if (!format.hasRowId() && isRootKeyed()) {
            claim(key, row, primary());
        }
        locate(key);
        for (IndexFormat index : format.indexes) {
            putEntry(index, row, index.entry(row, key, positions));
        }
        context.put(key, value, format.keyName());
        run.buffered(key, value);
        return key;
    }

    /// Whether the key of a row is unique by itself, being the primary key.
    private boolean isRootKeyed() {
        return format.table.isRoot();
    }

    byte @Nullable [] findConflict(Datum[] row, int indexOid) {
        conflictIndexOid = indexOid;
        for (Index index : format.table.indexes()) {
            if (!index.unique() || (indexOid != 0 && index.oid() != indexOid)) {
                continue;
            }
            List<Datum> values =
                    index.columns().stream().map(column -> row[column.slot() - 1]).toList();
            if (values.stream().anyMatch(Datum::isNull)) {
                continue;
            }
            byte[] found;
            if (index.isHkey()) {
                byte[] key = KeyBuilder.hkey(format, values);
                found = context.kv().get(key) == null ? null : key;
            } else {
                found =
                        GroupReads.rowKeyByUnique(
                                context.kv(), GroupReads.indexFormat(format, index), values);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    boolean read(byte[] key, Datum[] out) {
        byte[] value = context.kv().get(key);
        if (value == null) {
            return false;
        }
        decoder.decode(key, value, out);
        return true;
    }

    /// Replaces a row, moving it and what lies below it when its key changes; returns its key.
    byte[] update(byte[] key, Datum[] oldRow, Datum[] newRow) {
        lockRow(key);
        int ownStart = format.ownSegmentStart(key);
        byte[] newOwn = ownSegment(newRow, key, ownStart);
        ParentKeys above = parents;
        byte[] newParent =
                above == null || above.isSame(oldRow, newRow)
                        ? Arrays.copyOf(key, ownStart)
                        : parentKey(newRow);
        byte[] newKey = KeyBuilder.concat(newParent, newOwn);
        if (Arrays.equals(key, newKey)) {
            replaceEntries(key, oldRow, key, newRow);
            putRow(key, newRow);
        } else {
            // Rows below refer to the primary key: only while that stays are they still below.
            move(key, oldRow, newKey, newRow, hasChildTables && isSameKey(oldRow, newRow));
        }
        return newKey;
    }

    /// Gives a row, unchanged, the key that its parent's new place asks for; returns the key.
    byte[] replace(byte[] key, Datum[] row) {
        ParentKeys above = parents;
        if (above == null) {
            return key;
        }
        above.forget();
        int ownStart = format.ownSegmentStart(key);
        byte[] own = Arrays.copyOfRange(key, ownStart, key.length);
        byte[] newKey = KeyBuilder.concat(parentKey(row), own);
        if (!Arrays.equals(key, newKey)) {
            lockRow(key);
            move(key, row, newKey, row, hasChildTables);
        }
        return newKey;
    }

    private void move(
            byte[] key, Datum[] oldRow, byte[] newKey, Datum[] newRow, boolean withSubtree) {
        if (isReferenced) {
            RowGuards.exclude(context, format.group, key);
        }
        if (isRootKeyed() && !format.hasRowId()) {
            claim(newKey, newRow, primary());
        }
        replaceEntries(key, oldRow, newKey, newRow);
        context.kv().delete(key);
        putRow(newKey, newRow);
        if (withSubtree) {
            new SubtreeMove(context, format.group).run(key, newKey);
        }
    }

    private boolean isSameKey(Datum[] oldRow, Datum[] newRow) {
        for (Index.IndexColumn column : primary().columns()) {
            KeyPart part = KeyPart.ascending(format.table.column(column.slot()).type());
            byte[] before = new KeyBuilder(0).append(part, oldRow[column.slot() - 1]).toByteArray();
            byte[] after = new KeyBuilder(0).append(part, newRow[column.slot() - 1]).toByteArray();
            if (!Arrays.equals(before, after)) {
                return false;
            }
        }
        return true;
    }

    void delete(byte[] key, Datum[] row) {
        lockRow(key);
        if (isReferenced) {
            RowGuards.exclude(context, format.group, key);
        }
        locate(key);
        for (IndexFormat index : format.indexes) {
            deleteEntry(index, index.entry(row, key, positions));
        }
        context.kv().delete(key);
    }

    private void replaceEntries(byte[] oldKey, Datum[] oldRow, byte[] newKey, Datum[] newRow) {
        for (IndexFormat index : format.indexes) {
            locate(oldKey);
            IndexFormat.Entry before = index.entry(oldRow, oldKey, positions);
            locate(newKey);
            IndexFormat.Entry after = index.entry(newRow, newKey, positions);
            if (before.isSame(after)) {
                continue;
            }
            if (Arrays.equals(before.key(), after.key())) {
                context.put(after.key(), after.value(), index.index.name());
            } else {
                deleteEntry(index, before);
                putEntry(index, newRow, after);
            }
        }
    }

    private void deleteEntry(IndexFormat index, IndexFormat.Entry entry) {
        if (index.index.unique()) {
            // Who wants to use the key again waits to see whether it becomes free.
            context.lockRow(format.group, entry.key());
        }
        context.kv().delete(entry.key());
    }

    private void putEntry(IndexFormat index, Datum[] row, IndexFormat.Entry entry) {
        if (index.index.unique() && index.uniqueKey(row) != null) {
            claim(entry.key(), row, index.index);
        }
        context.put(entry.key(), entry.value(), index.index.name());
    }

    /// Makes `key`, which only one row may have, this transaction's; 23505 when another row has it.
    private void claim(byte[] key, Datum[] row, Index index) {
        if (!building && !context.claim(key)) {
            boolean isHandled = conflictIndexOid == 0 || conflictIndexOid == index.oid();
            if (!context.snapshotMoves() && !isHandled) {
                // PostgreSQL reports the duplicate, though the snapshot does not show it.
                context.onNewest(view -> {
                    if (view.get(key) != null) {
                        throw duplicate(row, index);
                    }
                });
            }
            throw context.stale();
        }
        if (context.kv().get(key) != null) {
            throw duplicate(row, index);
        }
    }

    private DatabaseException duplicate(Datum[] row, Index index) {
        return IndexLoad.duplicate(format.table, index, row, building);
    }

    private void lockRow(byte[] key) {
        if (!context.lockRow(format.group, key)) {
            throw context.stale();
        }
    }

    private void locate(byte[] key) {
        format.locateParts(key, 0, key.length, positions.length - 1, positions);
    }

    /// The part of the row's key before its own segment.
    private byte[] parentKey(Datum[] row) {
        ParentKeys above = parents;
        if (above == null) {
            return format.spacePrefix();
        }
        byte[] found = above.find(row);
        return found != null ? found : above.missingParent(row);
    }

    /// The row's own segment; a hidden row number is that of `oldKey`, or a new one.
    private byte[] ownSegment(Datum[] row, byte @Nullable [] oldKey, int ownStart) {
        if (format.hasRowId() && oldKey != null) {
            return Arrays.copyOfRange(oldKey, ownStart, oldKey.length);
        }
        int level = format.levels() - 1;
        ByteWriter out = new ByteWriter(32);
        out.writeBytes(format.ordinals[level]);
        for (int part = format.levelStarts[level]; part < format.parts.length; part++) {
            Datum value =
                    format.hasRowId()
                            ? Datum.ofLong(context.newRowId(format.table))
                            : row[format.partSlots[part] - 1];
            KeyCodec.append(out, format.parts[part], value);
        }
        return out.toByteArray();
    }

    private void putRow(byte[] key, Datum[] row) {
        context.put(key, value(row), format.keyName());
    }

    private byte[] value(Datum[] row) {
        List<Column> columns = format.table.columns();
        for (int i = 0; i < stored.length; i++) {
            stored[i] = columns.get(i).dropped() ? DROPPED : row[i];
        }
        valueBytes.clear();
        format.layout.encode(valueBytes, format.ordinal(), stored);
        return valueBytes.toByteArray();
    }
}
