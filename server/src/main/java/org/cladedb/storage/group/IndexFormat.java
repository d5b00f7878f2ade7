package org.cladedb.storage.group;

import java.util.Arrays;
import org.cladedb.catalog.Index;
import org.cladedb.common.ByteWriter;
import org.cladedb.encoding.KeyCodec;
import org.cladedb.encoding.KeyPart;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.Datum;

/// How entries of one index are laid out. Immutable, shared by threads.
///
/// An entry is the index columns followed by the "rest": the parts of the row's hkey that are not
/// among the columns. The rest stands in the value when the index is unique and no column is NULL
/// (so that equal keys meet in one entry), and at the end of the key otherwise; key and value
/// together are the same bytes in both cases.
final class IndexFormat {
    private static final byte[] EMPTY = {};

    final Index index;
    final TableFormat format;
    final KeyPart[] columns;

    /// By column: its slot.
    final int[] slots;

    /// By part of the hkey: the index column that equals it, or -1 when it is in the rest.
    final int[] columnOfPart;

    /// By column: whether its bytes in the index are those of the hkey.
    private final boolean[] sameBytes;

    IndexFormat(TableFormat format, Index index) {
        this.format = format;
        this.index = index;
        int count = index.columns().size();
        columns = new KeyPart[count];
        slots = new int[count];
        sameBytes = new boolean[count];
        for (int i = 0; i < count; i++) {
            Index.IndexColumn column = index.columns().get(i);
            if (column.slot() <= 0 || index.predicate() != null) {
                throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "indexes on expressions and partial indexes are not supported yet");
            }
            slots[i] = column.slot();
            columns[i] =
                    new KeyPart(
                            format.table.column(column.slot()).type(),
                            column.descending(),
                            column.nullsFirst());
            sameBytes[i] = !column.descending() && !column.nullsFirst();
        }
        columnOfPart = new int[format.parts.length];
        for (int part = 0; part < columnOfPart.length; part++) {
            columnOfPart[part] = columnOf(format.partSlots[part]);
        }
    }

    private int columnOf(int slot) {
        if (slot > 0) {
            for (int i = 0; i < slots.length; i++) {
                if (slots[i] == slot) {
                    return i;
                }
            }
        }
        return -1;
    }

    byte[] spacePrefix() {
        return TableFormat.spacePrefix(index.spaceId());
    }

    /// One entry.
    record Entry(byte[] key, byte[] value) {
        boolean isSame(Entry other) {
            return Arrays.equals(key, other.key) && Arrays.equals(value, other.value);
        }
    }

    /// The entry of a row with this hkey, whose parts start at `positions`.
    Entry entry(Datum[] row, byte[] hkey, int[] positions) {
        ByteWriter out = new ByteWriter();
        boolean anyNull = appendColumns(out, row);
        int columnsEnd = out.size();
        for (int part = 0; part < columnOfPart.length; part++) {
            if (columnOfPart[part] < 0) {
                int start = positions[part];
                int end = KeyCodec.skip(hkey, start, format.parts[part]);
                out.writeBytes(hkey, start, end - start);
            }
        }
        if (anyNull || !index.unique()) {
            return new Entry(out.toByteArray(), EMPTY);
        }
        return new Entry(
                Arrays.copyOf(out.array(), columnsEnd),
                Arrays.copyOfRange(out.array(), columnsEnd, out.size()));
    }

    /// The key under which a unique index holds the entry of `row`, null when a column is NULL.
    byte @org.jspecify.annotations.Nullable [] uniqueKey(Datum[] row) {
        ByteWriter out = new ByteWriter();
        return appendColumns(out, row) ? null : out.toByteArray();
    }

    /// Appends space and columns; says whether any was NULL.
    private boolean appendColumns(ByteWriter out, Datum[] row) {
        out.writeInt(index.spaceId());
        boolean anyNull = false;
        for (int i = 0; i < columns.length; i++) {
            Datum value = row[slots[i] - 1];
            anyNull |= value.isNull();
            KeyCodec.append(out, columns[i], value);
        }
        return anyNull;
    }

    /// Rebuilds the hkey from an entry, given as key and value in one piece, without the space.
    byte[] hkey(byte[] entry, int offset) {
        int[] starts = new int[columns.length + 1];
        int position = offset;
        for (int i = 0; i < columns.length; i++) {
            starts[i] = position;
            position = KeyCodec.skip(entry, position, columns[i]);
        }
        starts[columns.length] = position;
        ByteWriter out = new ByteWriter();
        out.writeInt(format.group.spaceId());
        for (int level = 0; level < format.levels(); level++) {
            out.writeBytes(format.ordinals[level]);
            for (int part = format.levelStarts[level];
                    part < format.levelStarts[level + 1];
                    part++) {
                int column = columnOfPart[part];
                if (column < 0) {
                    int end = KeyCodec.skip(entry, position, format.parts[part]);
                    out.writeBytes(entry, position, end - position);
                    position = end;
                } else {
                    appendColumnAsPart(out, entry, starts, column, part);
                }
            }
        }
        return out.toByteArray();
    }

    private void appendColumnAsPart(
            ByteWriter out, byte[] entry, int[] starts, int column, int part) {
        if (sameBytes[column]) {
            out.writeBytes(entry, starts[column], starts[column + 1] - starts[column]);
        } else {
            Datum value = new Datum();
            KeyCodec.decode(entry, starts[column], columns[column], value);
            KeyCodec.append(out, format.parts[part], value);
        }
    }
}
